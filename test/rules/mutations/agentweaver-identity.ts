import { add, change, type Mutations, remove } from './mutation.ts';

const API = 'Deployment agentweaver-api';
const MCP = 'Deployment agentweaver-mcp';
const WORKER = 'Deployment agentweaver-worker';
const SANDBOX = 'SandboxTemplate agentweaver-sandbox';
const AGENT_HOST = 'SandboxTemplate agentweaver-agent-host';
const PROVIDER = 'SecretProviderClass agentweaver-secrets';
const ROLE = 'Role agentweaver-api-sandbox';

/** Identities, secrets, permissions and the hardening of pods. */
export const IDENTITY: Mutations = {
  'agentweaver-sandbox-run-settings': change(AGENT_HOST, {
    '/spec/podTemplate/spec/containers/0/env/-': { name: 'AgentHost__RunId', value: 'run-1' },
  }),
  'agentweaver-agent-host-identity': change(AGENT_HOST, {
    '/spec/podTemplate/spec/volumes/-': { name: 'vault', csi: { driver: 'secrets-store.csi.k8s.io' } },
  }),
  'agentweaver-service-account-identity': change('ServiceAccount agentweaver-agent-host', {
    '/metadata/annotations/azure.workload.identity~1client-id': 'another-identity',
  }),
  'agentweaver-workload-identity-pairing': change('Job ef-migrate-postgres', {
    '/spec/template/spec/serviceAccountName': 'agentweaver-api',
    '/spec/template/metadata/labels/azure.workload.identity~1use': undefined,
  }),
  'agentweaver-vault-objects': change(PROVIDER, {
    '/spec/parameters/objects': 'array:\n  - |\n    objectName: github-client-id\n    objectType: secret\n',
  }),
  'agentweaver-secret-files': change(WORKER, {
    '/spec/template/spec/containers/0/command/2': 'cat /mnt/secrets-store/another-file',
  }),
  'agentweaver-app-secrets-as-files': change(API, {
    '/spec/template/spec/containers/0/env/-': {
      name: 'GitHub__ClientSecret',
      valueFrom: { secretKeyRef: { name: 'agentweaver-secrets', key: 'github-client-secret' } },
    },
  }),
  'agentweaver-mcp-no-secrets': change(MCP, {
    '/spec/template/spec/containers/0/env/-': { name: 'MCP_BEARER_KEY', value: 'placeholder' },
  }),
  'agentweaver-no-credentials': add({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'agentweaver-postgres', namespace: 'agentweaver' },
    stringData: { connectionstring: 'placeholder' },
  }),
  'agentweaver-declared-secrets': change(API, {
    '/spec/template/spec/containers/0/env/ConnectionStrings__Postgres/valueFrom/secretKeyRef/name': 'another',
  }),
  'agentweaver-secret-rotation': change(API, {
    '/spec/template/metadata/annotations/secrets-store.csi.k8s.io~1rotation-poll-interval': '1h',
  }),
  'agentweaver-secret-file-mode': change(WORKER, {
    '/spec/template/spec/volumes/a2a-client-tls/secret/defaultMode': 400,
  }),
  'agentweaver-role-scope': change(ROLE, {
    '/rules/-': { apiGroups: [''], resources: ['secrets'], verbs: ['get'] },
  }),
  'agentweaver-role-sandbox-templates': change(ROLE, {
    '/rules/-': {
      apiGroups: ['extensions.agents.x-k8s.io'],
      resources: ['sandboxtemplates'],
      verbs: ['create'],
    },
  }),
  'agentweaver-web-pods-non-root': change('Deployment agentweaver-frontend', {
    '/spec/template/spec/securityContext/runAsUser': 101,
  }),
  'agentweaver-api-privilege-escalation': change(API, {
    '/spec/template/spec/containers/0/securityContext/allowPrivilegeEscalation': true,
  }),
  'agentweaver-containers-hardened': change(WORKER, {
    '/spec/template/spec/initContainers/0/securityContext/capabilities/drop': ['NET_RAW'],
  }),
  'agentweaver-host-isolation': change(SANDBOX, { '/spec/podTemplate/spec/hostNetwork': true }),
  'agentweaver-read-only-root': change(MCP, {
    '/spec/template/spec/containers/0/securityContext/readOnlyRootFilesystem': undefined,
  }),
  'agentweaver-generic-sandbox-identity': change(SANDBOX, {
    '/spec/podTemplate/spec/automountServiceAccountToken': undefined,
  }),
  'agentweaver-sandbox-seccomp': change(SANDBOX, {
    '/spec/podTemplate/spec/containers/0/securityContext/seccompProfile': { type: 'Unconfined' },
  }),
  'agentweaver-sandbox-tolerations': change(API, {
    '/spec/template/spec/tolerations': [{ operator: 'Exists' }],
  }),
  'agentweaver-no-mesh': change('Namespace agentweaver', { '/metadata/labels/istio-injection': 'enabled' }),
  'agentweaver-sandbox-runtime-class': change(SANDBOX, {
    '/spec/podTemplate/spec/runtimeClassName': undefined,
  }),
  'agentweaver-sandbox-policy-management': change(AGENT_HOST, {
    '/spec/networkPolicyManagement': undefined,
  }),
  'agentweaver-worker-execution-mode': change(WORKER, {
    '/spec/template/spec/containers/0/env/Sandbox__AgentExecutionMode/value': 'in-process',
  }),
  'agentweaver-name-policy-pairing': remove('CiliumNetworkPolicy sandbox-egress-fqdn-allowlist', {
    blames: 'NetworkPolicy sandbox-egress-allowlist',
  }),
};
