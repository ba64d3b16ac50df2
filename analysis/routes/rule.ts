import type { Json } from '../../core/manifest.ts';
import { listAt, textAt, valueAt } from '../../inventory/index.ts';
import { grpcMatch, httpMatch, type RequestMatch } from './request-match.ts';
import type { Route } from './route.ts';

/** A rule of an HTTPRoute or GRPCRoute, its backends not yet resolved. */
export interface Rule {
  readonly route: Route;
  readonly index: number;
  readonly name?: string;
  /** At least one. */
  readonly matches: readonly RequestMatch[];
  /** As written. */
  readonly filters: readonly Json[];
  readonly backendRefs: readonly Json[];
}

/** Rules of a route; `invalid` says why the API server or the controller would refuse the whole route. */
export interface Rules {
  readonly rules: readonly Rule[];
  readonly invalid?: string;
}

export function rulesOf(route: Route): Rules {
  const rules: Rule[] = [];
  const written = listAt(route.object.manifest, 'spec', 'rules');
  // an HTTPRoute without rules has one that forwards everything to nowhere
  const defaults = route.kind === 'HTTPRoute' && written.length === 0 ? [{}] : written;
  for (const [index, rule] of defaults.entries()) {
    const where = `rules[${index}]`;
    const matches: RequestMatch[] = [];
    const list = listAt(rule, 'matches');
    for (const match of list.length === 0 ? [{}] : list) {
      const read = route.kind === 'GRPCRoute' ? grpcMatch(match) : httpMatch(match);
      if (typeof read === 'string') return { rules: [], invalid: `${where}: ${read}` };
      matches.push(read);
    }
    const filters = listAt(rule, 'filters');
    const backendRefs = listAt(rule, 'backendRefs');
    const invalid =
      filtersProblem(filters, matches) ??
      (backendRefs.length > 0 && filters.some((filter) => filterType(filter) === 'RequestRedirect')
        ? 'a redirect and backends'
        : backendRefs
            .map((backend) => backendProblem(backend) ?? filtersProblem(listAt(backend, 'filters'), matches))
            .find((problem) => problem !== undefined));
    if (invalid !== undefined) return { rules: [], invalid: `${where}: ${invalid}` };
    const name = textAt(rule, 'name');
    rules.push({ route, index, matches, filters, backendRefs, ...(name === undefined ? {} : { name }) });
  }
  return { rules };
}

/** The field that a filter type has its settings in. */
const FILTER_FIELDS: Readonly<Record<string, string>> = {
  RequestHeaderModifier: 'requestHeaderModifier',
  ResponseHeaderModifier: 'responseHeaderModifier',
  RequestMirror: 'requestMirror',
  RequestRedirect: 'requestRedirect',
  URLRewrite: 'urlRewrite',
  CORS: 'cors',
  ExternalAuth: 'externalAuth',
  ExtensionRef: 'extensionRef',
};

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

const REPEATABLE = new Set(['RequestMirror', 'ExtensionRef']);

export function filterType(filter: Json): string {
  return textAt(filter, 'type') ?? '';
}

/** @returns the settings of a filter. */
export function settingsOf(filter: Json): Json | undefined {
  const type = filterType(filter);
  return Object.hasOwn(FILTER_FIELDS, type) ? valueAt(filter, FILTER_FIELDS[type] ?? '') : undefined;
}

function filtersProblem(filters: readonly Json[], matches: readonly RequestMatch[]): string | undefined {
  const seen = new Set<string>();
  for (const filter of filters) {
    const type = filterType(filter);
    if (!Object.hasOwn(FILTER_FIELDS, type)) return `unknown filter type ${JSON.stringify(type)}`;
    const settings = settingsOf(filter);
    if (settings === undefined) return `a ${type} filter without its settings`;
    if (seen.has(type) && !REPEATABLE.has(type)) return `the filter ${type} twice`;
    seen.add(type);
    const path = valueAt(settings, 'path', 'type');
    if (path !== undefined && path !== 'ReplaceFullPath' && path !== 'ReplacePrefixMatch')
      return `unknown path modifier ${JSON.stringify(path)}`;
    const unknown = type === 'RequestRedirect' ? redirectProblem(settings) : undefined;
    if (unknown !== undefined) return unknown;
    if (path === 'ReplacePrefixMatch' && (matches.length !== 1 || matches[0]?.path.type !== 'prefix'))
      return 'ReplacePrefixMatch without exactly one PathPrefix match';
  }
  return seen.has('RequestRedirect') && seen.has('URLRewrite') ? 'a redirect and a rewrite' : undefined;
}

function redirectProblem(settings: Json): string | undefined {
  const scheme = valueAt(settings, 'scheme') ?? 'http';
  if (scheme !== 'http' && scheme !== 'https') return `redirect scheme ${JSON.stringify(scheme)}`;
  const status = valueAt(settings, 'statusCode') ?? 302;
  return typeof status === 'number' && REDIRECTS.has(status)
    ? undefined
    : `redirect status ${JSON.stringify(status)}`;
}

function backendProblem(backend: Json): string | undefined {
  const service =
    (valueAt(backend, 'group') ?? '') === '' && (valueAt(backend, 'kind') ?? 'Service') === 'Service';
  if (service && typeof valueAt(backend, 'port') !== 'number') return 'a Service as backend without a port';
  const weight = valueAt(backend, 'weight');
  return weight === undefined || (typeof weight === 'number' && weight >= 0 && weight <= 1_000_000)
    ? undefined
    : `weight ${JSON.stringify(weight)}`;
}
