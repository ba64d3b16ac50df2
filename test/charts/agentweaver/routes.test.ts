import { describe, expect, test } from 'vitest';
import { type Rendered, render, renderEnvironment } from './render.ts';

interface Match {
  readonly path: { readonly type: 'PathPrefix' | 'Exact'; readonly value: string };
}
interface RouteRule {
  readonly matches: readonly Match[];
  readonly filters?: readonly object[];
  readonly backendRefs: readonly { readonly name: string; readonly port: number }[];
}

/** The rule that takes a path: exact before prefix, longer before shorter, prefixes by whole segments. */
function routed(of: Rendered, path: string): { backend: string; filters: readonly object[] | undefined } {
  const rules = of
    .ofKind('HTTPRoute')
    .flatMap(({ spec }) => (spec as unknown as { rules: RouteRule[] }).rules);
  const taken = rules
    .flatMap((rule) => rule.matches.map(({ path: { type, value } }) => ({ rule, type, value })))
    .filter(({ type, value }) =>
      type === 'Exact' ? path === value : value === '/' || path === value || path.startsWith(`${value}/`),
    )
    .sort(
      (a, b) => Number(b.type === 'Exact') - Number(a.type === 'Exact') || b.value.length - a.value.length,
    );
  const rule = taken[0]?.rule;
  const [backend] = rule?.backendRefs ?? [];
  return { backend: `${backend?.name.replace('agentweaver-', '')}:${backend?.port}`, filters: rule?.filters };
}

const byDefault = await renderEnvironment('default');
const full = await renderEnvironment('full');

describe('the path', () => {
  const wellKnown = '/.well-known';
  test.each([
    ['frontend:80', ['/', '/docs/x', '/projects/1', '/apiary', '/authx', '/oauthx', '/mcpx']],
    ['frontend:80', [`${wellKnown}/other`, `${wellKnown}/oauth-authorization-server/`]],
    ['frontend:80', ['/configure', '/a2a/agent/v1/card', '/healthz']],
    ['api:8080', ['/api', '/api/ping', '/api/projects', '/auth/github/login', '/auth/github/callback']],
    ['api:8080', ['/oauth', '/oauth/token', '/oauth/jwks']],
    ['api:8080', [`${wellKnown}/oauth-authorization-server`, `${wellKnown}/oauth-authorization-server/mcp`]],
    ['api:8080', [`${wellKnown}/openid-configuration`, `${wellKnown}/openid-configuration/mcp`]],
    ['mcp:8080', ['/mcp', '/mcp/', '/mcp/tools', '/mcp/health/x', '/mcp/health']],
    ['mcp:8080', [`${wellKnown}/oauth-protected-resource`, `${wellKnown}/oauth-protected-resource/mcp`]],
  ])('of %s', (backend, paths) => {
    for (const path of paths) expect([path, routed(byDefault, path).backend]).toEqual([path, backend]);
  });

  test('/mcp/health reaches MCP as /healthz, and no other path is rewritten', () => {
    expect(routed(byDefault, '/mcp/health').filters).toEqual([
      { type: 'URLRewrite', urlRewrite: { path: { type: 'ReplaceFullPath', replaceFullPath: '/healthz' } } },
    ]);
    expect(routed(byDefault, '/mcp/tools').filters).toBeUndefined();
  });
});

describe('a gateway', () => {
  const listener = (hostname: string) => ({
    name: 'https',
    hostname,
    port: 443,
    protocol: 'HTTPS',
    tls: { mode: 'Terminate', certificateRefs: [{ kind: 'Secret', name: 'agentweaver-tls' }] },
    allowedRoutes: { namespaces: { from: 'Same' } },
  });

  test('listens on HTTPS for the one host', () => {
    expect(byDefault.ofKind('Gateway').map(({ spec }) => spec)).toEqual([
      {
        gatewayClassName: 'approuting-istio',
        listeners: [listener('agentweaver.placeholder.westus2.aksapp.io')],
      },
    ]);
  });

  test('for previews listens for all hosts of the zone', () => {
    expect(full.get('Gateway', 'agentweaver-preview-gateway')['spec']).toEqual({
      gatewayClassName: 'approuting-istio',
      listeners: [listener('*.placeholder.westus2.aksapp.io')],
    });
  });

  test('takes its certificate from the default domain when asked', () => {
    expect(full.get('DefaultDomainCertificate', 'cert')['spec']).toEqual({
      target: { secret: 'agentweaver-tls' },
    });
  });

  test('is the only parent of every route, and its host their only host', () => {
    for (const { spec } of byDefault.ofKind('HTTPRoute')) {
      expect(spec).toMatchObject({
        parentRefs: [{ name: 'agentweaver-gateway' }],
        hostnames: ['agentweaver.placeholder.westus2.aksapp.io'],
      });
    }
  });
});

describe('a Service', () => {
  test.each([
    ['agentweaver-api', 8080],
    ['agentweaver-frontend', 80],
    ['agentweaver-mcp', 8080],
  ])('%s answers on %i', (name, port) => {
    expect(byDefault.at('Service', name, 'spec')).toMatchObject({
      type: 'ClusterIP',
      selector: { app: name },
      ports: [{ name: 'http', protocol: 'TCP', port, targetPort: 8080 }],
    });
  });

  test('keeps clients of the API at one replica unless told not to', () => {
    const affinity = {
      sessionAffinity: 'ClientIP',
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 10800 } },
    };
    expect(byDefault.at('Service', 'agentweaver-api', 'spec')).toMatchObject(affinity);
    expect(
      render('apiSessionAffinity: false').at('Service', 'agentweaver-api', 'spec', 'sessionAffinity'),
    ).toBeUndefined();
    expect(byDefault.at('Service', 'agentweaver-mcp', 'spec', 'sessionAffinity')).toBeUndefined();
  });
});
