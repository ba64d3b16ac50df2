import type { JsonObject } from '../../../core/manifest.ts';
import { add, change, type Mutations, remove } from './mutation.ts';

const ROLE = 'Role agentweaver-api-sandbox';
const BINDING = 'RoleBinding agentweaver-api-sandbox';
const RBAC = 'rbac.authorization.k8s.io';

/** Adds a rule to the platform's role. */
const grant = (group: string, resource: string, ...verbs: string[]) =>
  change(ROLE, { '/rules/-': { apiGroups: [group], resources: [resource], verbs } });

/** Adds a subject to the platform's binding. */
const bind = (subject: JsonObject) => change(BINDING, { '/subjects/-': subject });

/** Adds a role for the whole cluster. */
const grantEverywhere = (group: string, resource: string, ...verbs: string[]) =>
  add({
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRole',
    metadata: { name: 'broad' },
    rules: [{ apiGroups: [group], resources: [resource], verbs }],
  });

export const PERMISSIONS: Mutations = {
  'rbac-admission-write': grantEverywhere(
    'admissionregistration.k8s.io',
    'validatingwebhookconfigurations',
    'create',
  ),
  'rbac-anonymous-subject': bind({ kind: 'User', apiGroup: RBAC, name: 'system:anonymous' }),
  'rbac-certificate-approval': grantEverywhere('certificates.k8s.io', 'signers', 'approve'),
  'rbac-cluster-admin': change(BINDING, {
    '/roleRef': { apiGroup: RBAC, kind: 'ClusterRole', name: 'cluster-admin' },
  }),
  'rbac-default-account-subject': bind({ kind: 'ServiceAccount', name: 'default', namespace: 'agentweaver' }),
  'rbac-escalation-verbs': grant(RBAC, 'roles', 'escalate'),
  'rbac-everybody-subject': bind({ kind: 'Group', apiGroup: RBAC, name: 'system:authenticated' }),
  'rbac-masters-group': bind({ kind: 'Group', apiGroup: RBAC, name: 'system:masters' }),
  'rbac-namespace-write': grantEverywhere('', 'namespaces', 'patch'),
  'rbac-node-proxy': grantEverywhere('', 'nodes/proxy', 'get'),
  'rbac-persistent-volume-write': grantEverywhere('', 'persistentvolumes', 'create'),
  'rbac-pod-exec': grant('', 'pods/exec', 'create', 'get'),
  'rbac-rbac-write': grant(RBAC, 'rolebindings', 'create'),
  'rbac-role-bound': remove(BINDING, { blames: ROLE }),
  'rbac-secrets-read': grant('', 'secrets', 'get'),
  'rbac-secrets-write': grant('', 'secrets', 'update'),
  'rbac-subject-namespace': add({
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: { name: 'broad' },
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'view' },
    subjects: [{ kind: 'ServiceAccount', name: 'agentweaver-api' }],
  }),
  'rbac-token-request': grant('', 'serviceaccounts/token', 'create'),
  'rbac-wildcard-groups': grant('*', 'sandboxes', 'get'),
  'rbac-wildcard-resources': grant('', '*', 'get'),
  'rbac-wildcard-verbs': grant('', 'configmaps', '*'),
  'rbac-workload-write': grantEverywhere('apps', 'deployments', 'create'),
};
