import type { Json } from '../../../core/manifest.ts';
import { add, change, type Mutations } from './mutation.ts';

const MCP = 'Deployment agentweaver-mcp';
const CONTAINER = '/spec/template/spec/containers/0';

// put together here, so that no file holds what looks like a credential
const PASSWORD = ['q7', 'Xw', '2p', 'Lk', '9v'].join('');
const TOKEN = ['ghp', 'A1b2C3d4E5f6'.repeat(3)].join('_');
const PEM = ['-----BEGIN', 'PRIVATE KEY-----'].join(' ');

const variable = (name: string, value: Json) => change(MCP, { [`${CONTAINER}/env/-`]: { name, value } });
const setting = (key: string, value: string) =>
  add({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'settings', namespace: 'agentweaver' },
    data: { [key]: value },
  });
const secret = (type: string, stringData: Record<string, string>) =>
  add({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'stored',
      namespace: 'agentweaver',
      annotations: { 'kubernetes.io/service-account.name': 'agentweaver-api' },
    },
    type,
    stringData,
  });

export const SECRETS: Mutations = {
  'secrets-account-token': secret('kubernetes.io/service-account-token', {}),
  'secrets-argument-literal': change(MCP, { [`${CONTAINER}/args`]: [`--password=${PASSWORD}`] }),
  'secrets-config-map-literal': setting('DB_PASSWORD', PASSWORD),
  'secrets-connection-string': variable('DATABASE', `Host=db;Username=app;Password=${PASSWORD}`),
  'secrets-credential-file': setting('kubeconfig', `users:\n- user:\n    client-key-data: ${PASSWORD}\n`),
  'secrets-env-exposure': change(MCP, {
    [`${CONTAINER}/env/-`]: { name: 'A', valueFrom: { secretKeyRef: { name: 'stored', key: 'a' } } },
  }),
  'secrets-env-literal': variable('DB_PASSWORD', PASSWORD),
  'secrets-private-key': setting('server.pem', `${PEM}\n${PASSWORD}\n`),
  'secrets-secret-values': secret('Opaque', { password: PASSWORD }),
  'secrets-token': variable('SETTING', TOKEN),
};
