import type { RequestLine } from '../analysis/routes/index.ts';
import { routeRequest, routingOf } from '../analysis/routes/index.ts';
import { buildInventory, parseManifests } from '../inventory/index.ts';

const API = 'gateway.networking.k8s.io/v1';

/** A Gateway with one HTTPS listener for each of 20 domains, and HTTPRoutes of ten rules with two matches each. */
function manifests(routes: number): string {
  const objects: object[] = [
    {
      apiVersion: API,
      kind: 'Gateway',
      metadata: { namespace: 'infra', name: 'edge' },
      spec: {
        gatewayClassName: 'any',
        listeners: Array.from({ length: 20 }, (_, index) => ({
          name: `domain-${index}`,
          port: 443,
          protocol: 'HTTPS',
          hostname: `*.domain-${index}.example`,
          allowedRoutes: { namespaces: { from: 'All' } },
        })),
      },
    },
  ];
  for (let index = 0; index < routes; index++) {
    const namespace = `team-${index % 100}`;
    const name = `app-${index}`;
    objects.push(
      { apiVersion: 'v1', kind: 'Service', metadata: { namespace, name }, spec: { ports: [{ port: 80 }] } },
      {
        apiVersion: API,
        kind: 'HTTPRoute',
        metadata: { namespace, name },
        spec: {
          parentRefs: [{ namespace: 'infra', name: 'edge' }],
          // half of the routes share a hostname with others
          hostnames: [`app-${index % 2 === 0 ? index : index % 500}.domain-${index % 20}.example`],
          rules: Array.from({ length: 10 }, (_, rule) => ({
            matches: [
              { path: { type: 'PathPrefix', value: `/${name}/v${rule}` } },
              {
                path: { type: 'Exact', value: `/${name}/exact/${rule}` },
                headers: [{ name: 'x-team', value: namespace }],
              },
            ],
            backendRefs: [{ name, port: 80 }],
          })),
        },
      },
    );
  }
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
}

function requests(routes: number, count: number): RequestLine[] {
  return Array.from({ length: count }, (_, index) => {
    // a fixed stride visits the routes in no order of theirs
    const app = (index * 7919) % routes;
    const host = `app-${app % 2 === 0 ? app : app % 500}.domain-${app % 20}.example`;
    const path = index % 3 === 0 ? `/app-${app}/exact/3` : `/app-${app}/v${index % 12}/item?id=${index}`;
    return { host, path, headers: { 'x-team': `team-${app % 100}`, accept: '*/*' } };
  });
}

function milliseconds(step: () => void): number {
  const start = performance.now();
  step();
  return performance.now() - start;
}

console.log('routes | matches | first answer after reading | requests a second | forwarded');
for (const routes of [100, 1000, 10_000]) {
  const inventory = buildInventory(
    parseManifests(manifests(routes), 'routes.json', { maxDocumentBytes: 1e9 }),
  );
  const [gateway] = inventory.ofKind('Gateway');
  if (gateway === undefined) throw new Error('the Gateway is not there');
  const lines = requests(routes, 200_000);
  const routing = routingOf(inventory);
  const setup = milliseconds(() => {
    for (let domain = 0; domain < 20; domain++)
      routeRequest(routing, gateway, 443, { host: `x.domain-${domain}.example` });
  });
  let forwarded = 0;
  const run = () => {
    forwarded = 0;
    for (const line of lines) {
      const answer = routeRequest(routing, gateway, 443, line);
      if ('status' in answer && answer.status === 200) forwarded += 1;
    }
  };
  const time = Math.min(...Array.from({ length: 3 }, () => milliseconds(run)));
  const rate = Math.round((lines.length / time) * 1000).toLocaleString('en');
  console.log(
    `${routes} | ${routes * 20} | ${setup.toFixed(0)} ms | ${rate} | ${((100 * forwarded) / lines.length).toFixed(0)} %`,
  );
}
