import type { JsonObject } from '../../../core/manifest.ts';
import { add, addBlaming, change, type Mutations, together } from './mutation.ts';

const GATEWAY = 'Gateway agentweaver-gateway';
const API_ROUTE = 'HTTPRoute agentweaver-api-route';
const FRONTEND_ROUTE = 'HTTPRoute agentweaver-frontend-route';
const SERVICE = 'Service agentweaver-api';

const PATH = {
  path: '/',
  pathType: 'Prefix',
  backend: { service: { name: 'agentweaver-frontend', port: { number: 80 } } },
};

const ingress = (name: string, rest: JsonObject = {}): JsonObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name, namespace: 'agentweaver' },
  spec: { ingressClassName: 'web', rules: [{ host: 'web.example.com', http: { paths: [PATH] } }] },
  ...rest,
});

export const GATEWAYS: Mutations = {
  'gateway-allowed-routes': change(GATEWAY, {
    '/spec/listeners/0/allowedRoutes': { namespaces: { from: 'All' } },
  }),
  'gateway-backend-weight': change(API_ROUTE, { '/spec/rules/0/backendRefs/0/weight': 0 }),
  'gateway-duplicate-match': change(
    API_ROUTE,
    { '/spec/rules/0/matches/-': { path: { type: 'PathPrefix', value: '/mcp' } } },
    { blames: 'HTTPRoute agentweaver-mcp-route' },
  ),
  'gateway-external-ips': change(SERVICE, { '/spec/externalIPs': ['192.0.2.7'] }),
  'gateway-host-named': together(
    change(GATEWAY, { '/spec/listeners/0/hostname': undefined }),
    change(API_ROUTE, { '/spec/hostnames': undefined }),
  ),
  'gateway-hostname-covered': change(API_ROUTE, { '/spec/hostnames': ['other.example.com'] }),
  'gateway-ingress-duplicate': addBlaming('Ingress two', ingress('one'), ingress('two')),
  'gateway-ingress-snippet': add(
    ingress('web', {
      metadata: {
        name: 'web',
        namespace: 'agentweaver',
        annotations: { 'nginx.ingress.kubernetes.io/server-snippet': 'deny all;' },
      },
    }),
  ),
  'gateway-ingress-tls': add(ingress('web')),
  'gateway-listener-conflict': change(GATEWAY, {
    '/spec/listeners/-': { name: 'raw', port: 443, protocol: 'TCP' },
  }),
  'gateway-plain-http': change(GATEWAY, {
    '/spec/listeners/-': { name: 'http', port: 80, protocol: 'HTTP' },
  }),
  'gateway-prefix-rewrite': change(API_ROUTE, {
    '/spec/rules/0/filters': [
      { type: 'URLRewrite', urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/v1' } } },
    ],
  }),
  'gateway-reference-grant-named': add({
    apiVersion: 'gateway.networking.k8s.io/v1beta1',
    kind: 'ReferenceGrant',
    metadata: { name: 'all', namespace: 'agentweaver' },
    spec: {
      from: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'shared' }],
      to: [{ group: '', kind: 'Secret' }],
    },
  }),
  'gateway-regex-match': change(API_ROUTE, {
    '/spec/rules/0/matches/-': { path: { type: 'RegularExpression', value: '/v[0-9]+/.*' } },
  }),
  'gateway-route-has-parent': change(FRONTEND_ROUTE, { '/spec/parentRefs': undefined }),
  'gateway-rule-has-backend': change(FRONTEND_ROUTE, { '/spec/rules/0/backendRefs': undefined }),
  'gateway-service-exposure': change(SERVICE, { '/spec/type': 'LoadBalancer' }),
  'gateway-tls-certificate': change(GATEWAY, { '/spec/listeners/0/tls/certificateRefs': undefined }),
};
