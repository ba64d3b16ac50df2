import type { InventoryObject } from '../../inventory/index.ts';
import { at, type RouteAnswer, type Unknown } from './answer.ts';
import { forward } from './forward.ts';
import type { HostMap } from './hostname.ts';
import type { Listener } from './listener.ts';
import { type HttpRequest, httpRequest, type RequestLine, serverNameOf } from './request.ts';
import type { Routing } from './routing.ts';
import { streamRoute } from './stream-route.ts';

/**
 * What becomes of a request that reaches a Gateway at one of its ports.
 *
 * The listener is the one with the most specific hostname, by the server name of the handshake where it speaks TLS; a
 * request is never routed by routes of another listener.
 */
export function routeRequest(
  routing: Routing,
  object: InventoryObject,
  port: number,
  line: RequestLine,
): RouteAnswer | Unknown {
  const listeners = routing.listenersAt(object, port);
  const request = httpRequest(line);
  if (listeners.encrypted !== undefined) {
    if (line.tls === false) return refused(request, `port ${port} speaks TLS, and the client does not`);
    return routeEncrypted(routing, listeners.encrypted, listeners.https, line, request);
  }
  if (listeners.http !== undefined) {
    if (line.tls === true) return refused(request, `port ${port} does not speak TLS, and the client does`);
    const [listener] = listeners.http.matching(request.host);
    if (listener === undefined) return refused(request, 'no listener has this hostname');
    return routeHttp(routing, listener, request, 'http');
  }
  const { stream } = listeners;
  if (stream === undefined) return refused(request, `the Gateway does not listen on port ${port}`);
  return streamRoute(routing, stream, undefined);
}

function routeEncrypted(
  routing: Routing,
  encrypted: HostMap<Listener>,
  https: HostMap<Listener> | undefined,
  line: RequestLine,
  request: HttpRequest,
): RouteAnswer | Unknown {
  const serverName = serverNameOf(line) ?? '';
  const [listener] = encrypted.matching(serverName);
  if (listener === undefined) return refused(request, `no listener has the server name ${serverName}`);
  if (listener.protocol === 'TLS') return streamRoute(routing, listener, serverName);
  // a connection may be used for another host than the one of its handshake
  const [expected] = https?.matching(request.host) ?? [];
  if (expected === undefined) return refused(request, 'no listener has this hostname');
  if (expected !== listener)
    return {
      status: 421,
      reason: `host ${request.host} belongs to listener ${expected.name}, the connection to ${listener.name}`,
      backends: [],
      ...at(listener),
    };
  return routeHttp(routing, listener, request, 'https');
}

function routeHttp(
  routing: Routing,
  listener: Listener,
  request: HttpRequest,
  scheme: 'http' | 'https',
): RouteAnswer | Unknown {
  const entry = routing.table(listener).find(request);
  if (entry === undefined) return { ...refused(request, 'no route matches'), ...at(listener) };
  const answer = forward(routing, entry, request, { scheme, port: listener.port, mesh: false });
  return 'unknown' in answer ? answer : { ...answer, ...at(listener) };
}

function refused(request: HttpRequest, reason: string): RouteAnswer {
  return { status: 404, ...(request.grpc ? { grpcStatus: 12 } : {}), reason, backends: [] };
}
