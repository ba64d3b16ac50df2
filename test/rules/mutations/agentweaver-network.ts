import { add, change, type Mutations } from './mutation.ts';

const ALLOW_LIST = 'NetworkPolicy sandbox-egress-allowlist';
const BY_NAME = 'CiliumNetworkPolicy sandbox-egress-fqdn-allowlist';
const GATEWAY = 'Gateway agentweaver-gateway';
const API_ROUTE = 'HTTPRoute agentweaver-api-route';
const MCP_ROUTE = 'HTTPRoute agentweaver-mcp-route';

/** Network policies, gateways and routes. */
export const NETWORK: Mutations = {
  'agentweaver-policy-table': change('NetworkPolicy sandbox-deny-ingress', {
    '/spec/ingress': [{ from: [{ podSelector: { matchLabels: { app: 'agentweaver-frontend' } } }] }],
  }),
  'agentweaver-default-deny-ingress': change('NetworkPolicy default-deny-ingress', {
    '/spec/podSelector/matchExpressions': undefined,
  }),
  'agentweaver-pods-covered': change(
    'NetworkPolicy jobs-egress-allowlist',
    { '/spec/podSelector': { matchLabels: { app: 'another' } } },
    { blames: 'Job ef-migrate-postgres' },
  ),
  'agentweaver-turn-port-ingress': change('NetworkPolicy sandbox-allow-preview-ingress', {
    '/spec/ingress/0/ports': [{ protocol: 'TCP', port: 3000, endPort: 9000 }],
  }),
  'agentweaver-sandbox-egress-addresses': change(ALLOW_LIST, {
    '/spec/egress/1/to/-': { ipBlock: { cidr: '192.0.2.0/24' } },
  }),
  'agentweaver-sandbox-private-addresses': change(ALLOW_LIST, {
    '/spec/egress/1/to/-': { ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } },
  }),
  'agentweaver-names-need-dns': change(BY_NAME, {
    '/spec/egress': [{ toFQDNs: [{ matchName: 'api.github.com' }] }],
  }),
  'agentweaver-names-are-narrow': change(BY_NAME, {
    '/spec/egress/-': { toFQDNs: [{ matchPattern: '*' }] },
  }),
  'agentweaver-policy-peers': change('NetworkPolicy allow-app-dns-egress', {
    '/spec/egress/0/to/0/podSelector': undefined,
  }),
  'agentweaver-route-matches-distinct': change(MCP_ROUTE, {
    '/spec/rules/-': {
      matches: [{ path: { type: 'PathPrefix', value: '/mcp' } }],
      backendRefs: [{ name: 'agentweaver-mcp', port: 8080 }],
    },
  }),
  'agentweaver-root-route': change('HTTPRoute agentweaver-frontend-route', {
    '/spec/rules/0/backendRefs/0/name': 'agentweaver-api',
  }),
  'agentweaver-route-parents': change(API_ROUTE, { '/spec/hostnames': ['other.example.com'] }),
  'agentweaver-route-backends': change(API_ROUTE, { '/spec/rules/0/backendRefs/0/port': 80 }),
  'agentweaver-https-listeners': change(GATEWAY, {
    '/spec/listeners/-': { name: 'http', port: 80, protocol: 'HTTP' },
  }),
  'agentweaver-sandboxes-unrouted': add({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'agentweaver-worker', namespace: 'agentweaver' },
    spec: { selector: { app: 'agentweaver-worker' }, ports: [{ port: 8081 }] },
  }),
  'agentweaver-gateway-label': change(
    GATEWAY,
    { '/metadata/name': 'main' },
    { blames: 'NetworkPolicy allow-gateway-to-api' },
  ),
  'agentweaver-gateway-class': change(GATEWAY, { '/spec/gatewayClassName': 'istio' }),
  'agentweaver-routing-table': change(API_ROUTE, {
    '/spec/rules/-': {
      matches: [{ path: { type: 'PathPrefix', value: '/mcp/tools' } }],
      backendRefs: [{ name: 'agentweaver-api', port: 8080 }],
    },
  }),
};
