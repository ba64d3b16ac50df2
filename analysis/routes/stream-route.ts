import { listAt } from '../../inventory/index.ts';
import { at, type RouteAnswer } from './answer.ts';
import { failureOf } from './backend.ts';
import { compareSpecificity, hostMatches } from './hostname.ts';
import type { Listener } from './listener.ts';
import { compareAge } from './route.ts';
import type { AttachedRoute, Routing } from './routing.ts';

/**
 * What becomes of a connection that is routed as a whole, by a TLSRoute, TCPRoute or UDPRoute: one route gets it, the
 * one with the most specific hostname, of several the oldest.
 *
 * @param serverName of the TLS handshake, in lower case; undefined for protocols without
 */
export function streamRoute(
  routing: Routing,
  listener: Listener,
  serverName: string | undefined,
): RouteAnswer {
  const candidates = routing
    .attachedRoutes(listener)
    .flatMap((attached) => hostnamesFor(attached, serverName).map((hostname) => ({ ...attached, hostname })))
    .sort(
      (first, second) =>
        compareSpecificity(first.hostname, second.hostname) || compareAge(first.route, second.route),
    );
  const route = candidates[0]?.route;
  if (route === undefined)
    return {
      status: 404,
      reason: 'no route takes the connection, which is closed',
      backends: [],
      ...at(listener),
    };
  const { kind, namespace, name } = route;
  const resolved = listAt(route.object.manifest, 'spec', 'rules', 0, 'backendRefs')
    .map((reference) => routing.backends.resolve(route, reference, false))
    .filter(({ weight }) => weight > 0);
  const backends = resolved
    .filter((item) => failureOf(item) === undefined)
    .map(({ backend, weight }) => ({ ...backend, weight }));
  const failing = resolved.flatMap((item) => {
    const reason = failureOf(item);
    return reason === undefined
      ? []
      : [{ ...item.backend, weight: item.weight, status: 500 as const, reason }];
  });
  return {
    status: backends.length > 0 ? 200 : 500,
    ...(backends.length > 0 ? {} : { reason: 'no backend can take the connection, which is closed' }),
    backends,
    ...(failing.length === 0 ? {} : { failing }),
    ...at(listener),
    route: { kind, namespace, name },
    rule: 0,
  };
}

function hostnamesFor({ hostnames }: AttachedRoute, serverName: string | undefined): (string | undefined)[] {
  return serverName === undefined
    ? [undefined]
    : hostnames.filter((hostname) => hostMatches(hostname, serverName));
}
