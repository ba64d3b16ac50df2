import type { Construct } from 'constructs';
import type { Gateway } from '../../constructs/gateway/gateway.ts';
import { HttpRoute } from '../../constructs/gateway/http-route.ts';
import { pathExact, pathPrefix } from '../../constructs/gateway/path-match.ts';
import { rewritePath } from '../../constructs/gateway/route-filter.ts';
import { PORTS } from './names.ts';
import type { Services } from './services.ts';

const WELL_KNOWN = '/.well-known';

/** Which paths of the host lead where; the longest match wins, so the front end's `/` takes only the rest. */
export function composeRoutes(area: Construct, gateway: Gateway, { api, frontend, mcp }: Services): void {
  new HttpRoute(area, 'agentweaver-api-route', {
    gateway,
    rules: [
      {
        // beyond the original's /api: sign-in starts at /auth, and MCP clients discover and use OAuth at the others
        matches: [
          pathPrefix('/api'),
          pathPrefix('/auth'),
          pathExact(`${WELL_KNOWN}/oauth-authorization-server`),
          pathExact(`${WELL_KNOWN}/oauth-authorization-server/mcp`),
          pathExact(`${WELL_KNOWN}/openid-configuration`),
          pathExact(`${WELL_KNOWN}/openid-configuration/mcp`),
          pathPrefix('/oauth'),
        ],
        backends: [api.backend(PORTS.api)],
      },
    ],
  });
  const backends = [mcp.backend(PORTS.mcp)];
  new HttpRoute(area, 'agentweaver-mcp-route', {
    gateway,
    rules: [
      { matches: [pathExact('/mcp/health')], filters: [rewritePath('/healthz')], backends },
      {
        matches: [
          pathExact(`${WELL_KNOWN}/oauth-protected-resource`),
          pathExact(`${WELL_KNOWN}/oauth-protected-resource/mcp`),
        ],
        backends,
      },
      { matches: [pathPrefix('/mcp')], backends },
    ],
  });
  new HttpRoute(area, 'agentweaver-frontend-route', {
    gateway,
    rules: [{ matches: [pathPrefix('/')], backends: [frontend.backend(PORTS.frontend)] }],
  });
}
