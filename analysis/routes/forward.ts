import type { Json } from '../../core/manifest.ts';
import { textAt, valueAt } from '../../inventory/index.ts';
import type { BackendShare, ForwardedRequest, RouteAnswer, Unknown } from './answer.ts';
import { type Backend, failureOf, type RuleBackend } from './backend.ts';
import { corsAnswer } from './cors.ts';
import { type Headers, modified, removedBy } from './headers.ts';
import { modifiedTarget } from './path-modifier.ts';
import { type Entrance, redirectOf } from './redirect.ts';
import type { HttpRequest } from './request.ts';
import type { RequestMatch } from './request-match.ts';
import type { Routing } from './routing.ts';
import { filterType, settingsOf } from './rule.ts';
import type { Entry } from './table.ts';

/** A request on its way through the filters. */
interface Passing {
  target: string;
  authority: string | undefined;
  headers: Headers;
  responseHeaders: Headers;
  removed: readonly string[];
}

/** What a matched rule makes of a request: its filters in order, then its backends. */
export function forward(
  routing: Routing,
  { route, rule, match, matchIndex }: Entry,
  request: HttpRequest,
  entrance: Entrance,
): RouteAnswer | Unknown {
  const { kind, namespace, name } = route;
  const found = {
    route: { kind, namespace, name },
    rule: rule.index,
    ...(rule.name === undefined ? {} : { ruleName: rule.name }),
    match: matchIndex,
  };
  const passing: Passing = {
    target: request.target,
    authority: request.authority,
    headers: request.headers,
    responseHeaders: new Map(),
    removed: [],
  };
  const mirrors: (Backend & { readonly percent: number })[] = [];
  for (const filter of rule.filters) {
    const settings = settingsOf(filter) ?? null;
    switch (filterType(filter)) {
      case 'RequestRedirect': {
        const redirect = redirectOf(settings, request, passing.target, match, entrance);
        return { status: redirect.status, backends: [], ...found, ...responseOf(passing), redirect };
      }
      case 'CORS': {
        const { preflight, headers } = corsAnswer(settings, request);
        passing.responseHeaders = new Map([...passing.responseHeaders, ...headers]);
        if (preflight) return { status: 204, backends: [], ...found, ...responseOf(passing) };
        break;
      }
      case 'RequestMirror': {
        const reference = valueAt(settings, 'backendRef') ?? null;
        const { backend, problem } = routing.backends.resolve(route, reference, entrance.mesh);
        if (problem === undefined) mirrors.push({ ...backend, percent: percentOf(settings) });
        break;
      }
      default: {
        const unknown = pass(filter, settings, passing, match);
        if (unknown !== undefined) return unknown;
      }
    }
  }
  const backends = routing.backendsOf(rule, entrance.mesh);
  const shared = shareOut(backends, passing, request, match);
  if ('unknown' in shared) return shared;
  const { shares, failing } = shared;
  const status = shares.length > 0 ? 200 : 500;
  const [only] = shares;
  // the only backend that can get the request tells what is seen of it
  const single = shares.length === 1 && failing.length === 0 ? only : undefined;
  return {
    status,
    ...(request.grpc ? { grpcStatus: status === 200 ? 0 : 14 } : {}),
    ...(status === 200 ? {} : { reason: noBackend(backends) }),
    backends: shares,
    ...(failing.length === 0 ? {} : { failing }),
    ...(mirrors.length === 0 ? {} : { mirrors }),
    ...found,
    ...(status === 200 ? { request: single?.request ?? seen(request, passing) } : {}),
    ...responseOf(passing),
    ...(single?.responseHeaders === undefined ? {} : { responseHeaders: single.responseHeaders }),
  };
}

/** Filters that change a request or its response and let it pass. */
function pass(filter: Json, settings: Json, passing: Passing, match: RequestMatch): Unknown | undefined {
  const type = filterType(filter);
  if (type === 'RequestHeaderModifier') {
    const host =
      passing.authority === undefined ? [] : [['host', { name: 'host', value: passing.authority }] as const];
    const headers = new Map(modified(new Map([...passing.headers, ...host]), settings));
    passing.authority = headers.get('host')?.value;
    headers.delete('host');
    passing.headers = headers;
  } else if (type === 'ResponseHeaderModifier') {
    const removed = removedBy(settings);
    passing.responseHeaders = modified(passing.responseHeaders, settings);
    passing.removed = [...passing.removed, ...removed];
  } else if (type === 'URLRewrite') {
    passing.authority = textAt(settings, 'hostname') ?? passing.authority;
    passing.target = modifiedTarget(passing.target, valueAt(settings, 'path'), match);
  } else {
    return { unknown: `what the filter ${type} does is left to the implementation` };
  }
  return undefined;
}

function shareOut(
  backends: readonly RuleBackend[],
  passing: Passing,
  request: HttpRequest,
  match: RequestMatch,
):
  | { readonly shares: BackendShare[]; readonly failing: NonNullable<RouteAnswer['failing']>[number][] }
  | Unknown {
  const shares: BackendShare[] = [];
  const failing: NonNullable<RouteAnswer['failing']>[number][] = [];
  for (const item of backends) {
    const { backend, weight, filters } = item;
    const reason = failureOf(item);
    if (weight === 0) continue;
    if (reason !== undefined) {
      failing.push({ ...backend, weight, status: 500, reason });
      continue;
    }
    const own = { ...passing };
    for (const filter of filters) {
      const unknown = pass(filter, settingsOf(filter) ?? null, own, match);
      if (unknown !== undefined) return unknown;
    }
    const changes = filters.length === 0 ? {} : { request: seen(request, own), ...responseOf(own) };
    shares.push({ ...backend, weight, ...changes });
  }
  return { shares, failing };
}

function noBackend(backends: readonly RuleBackend[]): string {
  if (backends.length === 0) return 'the rule has no backends';
  const weighted = backends.filter(({ weight }) => weight > 0);
  if (weighted.length === 0) return 'every backend has weight 0';
  return weighted
    .map((item) => `${item.backend.kind} ${item.backend.namespace}/${item.backend.name}: ${failureOf(item)}`)
    .join('; ');
}

function seen(request: HttpRequest, { target, authority, headers }: Passing): ForwardedRequest {
  return {
    method: request.method,
    path: target,
    ...(authority === undefined ? {} : { host: authority }),
    headers: plain(headers),
  };
}

function responseOf({
  responseHeaders,
  removed,
}: Passing): Pick<RouteAnswer, 'responseHeaders' | 'removedResponseHeaders'> {
  return {
    responseHeaders: plain(responseHeaders),
    ...(removed.length === 0 ? {} : { removedResponseHeaders: removed }),
  };
}

function plain(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers.values()].map(({ name, value }) => [name, value]));
}

function percentOf(settings: Json): number {
  const percent = valueAt(settings, 'percent');
  if (typeof percent === 'number') return percent;
  const numerator = valueAt(settings, 'fraction', 'numerator');
  const denominator = valueAt(settings, 'fraction', 'denominator') ?? 100;
  if (typeof numerator !== 'number' || typeof denominator !== 'number') return 100;
  return (100 * numerator) / denominator;
}
