import { resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { gatewayStatus, type Routing, routeStatus, routingOf } from '../../../analysis/routes/index.ts';
import { readInventory } from '../../../inventory/index.ts';
import { askGateway } from './cluster.ts';

const HOST = 'agentweaver.placeholder.westus2.aksapp.io';

let cluster: Routing;

beforeAll(async () => {
  const dist = resolve(import.meta.dirname, '../../../dist/agentweaver/default');
  cluster = routingOf(await readInventory([dist]));
});

function answerFor(path: string, host = HOST) {
  return askGateway(cluster, 'agentweaver', 'agentweaver-gateway', { path, host }, 443);
}

describe('agentweaver sends', () => {
  const frontend = 'agentweaver-frontend:80';
  const api = 'agentweaver-api:8080';
  const mcp = 'agentweaver-mcp:8080';
  test.each([
    ...['/', '/docs/x', '/projects/1'].map((path) => [path, frontend]),
    ...['/api', '/api/ping', '/api/projects'].map((path) => [path, api]),
    ...['/apiary', '/authx', '/oauthx', '/mcpx'].map((path) => [path, frontend]),
    ...['/auth/github/login', '/auth/github/callback'].map((path) => [path, api]),
    ...['/oauth', '/oauth/token', '/oauth/jwks'].map((path) => [path, api]),
    ...['/mcp', '/mcp/', '/mcp/tools', '/mcp/health/x', '/mcp/health'].map((path) => [path, mcp]),
    ...['', '/mcp'].flatMap((end) => [
      [`/.well-known/oauth-authorization-server${end}`, api],
      [`/.well-known/openid-configuration${end}`, api],
      [`/.well-known/oauth-protected-resource${end}`, mcp],
    ]),
    ...['/.well-known/other', '/.well-known/oauth-authorization-server/'].map((path) => [path, frontend]),
    ...['/configure', '/a2a/agent/v1/card', '/healthz'].map((path) => [path, frontend]),
  ])('%s to %s', (path = '', expected = '') => {
    const { status, backends, request } = answerFor(path);
    expect({ status, backends: backends.map(({ name, port }) => `${name}:${port}`) }).toEqual({
      status: 200,
      backends: [expected],
    });
    expect(request?.path).toBe(path === '/mcp/health' ? '/healthz' : path);
  });

  test('nothing for another host', () => {
    expect(answerFor('/', 'elsewhere.example')).toMatchObject({ status: 404, backends: [] });
  });
});

test('every route of agentweaver is accepted and finds its backends', () => {
  const [gateway] = cluster.inventory.ofKind('Gateway');
  const statuses = cluster.inventory.ofKind('HTTPRoute').flatMap((object) => {
    const route = cluster.routeOf(object);
    return route === undefined ? [] : routeStatus(cluster, route);
  });
  expect(statuses).toHaveLength(3);
  for (const status of statuses) expect(status).toMatchObject({ accepted: true, resolvedRefs: true });
  expect(gateway && gatewayStatus(cluster, gateway).listeners[0]).toMatchObject({ attachedRoutes: 3 });
});
