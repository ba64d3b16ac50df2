import type { Construct } from 'constructs';
import type { ResourceRule } from '../../constructs/rbac/policy-rule.ts';
import { Role } from '../../constructs/rbac/role.ts';
import { RoleBinding } from '../../constructs/rbac/role-binding.ts';
import type { Identities } from './identity.ts';
import type { Installation } from './installation.ts';

/** What the API and the worker may do in the namespace. */
export function composeAccess(area: Construct, { parameters }: Installation, identities: Identities): void {
  const preview = parameters.preview.enabled;
  const role = new Role(area, 'role', {
    name: 'agentweaver-api-sandbox',
    rules: [
      {
        apiGroup: 'extensions.agents.x-k8s.io',
        resources: ['sandboxclaims'],
        verbs: ['get', 'list', 'create', 'delete'],
      },
      // corrected: create and delete served clones of templates and pools per run, which are gone
      {
        apiGroup: 'extensions.agents.x-k8s.io',
        resources: ['sandboxtemplates', 'sandboxwarmpools'],
        verbs: ['get', 'list'],
      },
      // corrected: no claim creates a pod; patch only labels a pod for its preview
      { apiGroup: '', resources: ['pods'], verbs: preview ? ['get', 'list', 'patch'] : ['get', 'list'] },
      { apiGroup: '', resources: ['pods/exec'], verbs: ['create'] },
      // the check for headroom before a launch
      { apiGroup: '', resources: ['resourcequotas'], verbs: ['get'] },
      ...(preview ? PREVIEW_RULES : []),
      // corrected: nothing on secretproviderclasses, since no run makes one any more
    ],
  });
  new RoleBinding(area, 'role-binding', { name: role.name, role, subjects: [identities.api] });
}

/** A preview is a Service and an HTTPRoute that the API makes and removes. */
const PREVIEW_RULES: readonly ResourceRule[] = [
  { apiGroup: '', resources: ['services'], verbs: ['get', 'list', 'create', 'delete', 'patch', 'update'] },
  {
    apiGroup: 'gateway.networking.k8s.io',
    resources: ['httproutes'],
    verbs: ['get', 'list', 'create', 'delete', 'patch', 'update'],
  },
];
