import type { Json } from '../../core/manifest.ts';
import { listAt, textAt, valueAt } from '../../inventory/index.ts';
import { prefixKey } from './path.ts';
import { type Pattern, patternOf } from './pattern.ts';
import type { HttpRequest } from './request.ts';

/** What a match says about the path. */
export type PathMatch =
  | { readonly type: 'exact'; readonly path: string }
  | { readonly type: 'prefix'; readonly prefix: string }
  | { readonly type: 'pattern'; readonly matches: (path: string) => boolean; readonly length: number }
  /** A gRPC method of any service. */
  | { readonly type: 'method'; readonly method: string };

/** A header or query parameter with a value; header names in lower case. */
interface ValueMatch {
  readonly name: string;
  readonly value: string;
  readonly pattern?: Pattern;
}

/** One match of a rule, with defaults filled in. */
export interface RequestMatch {
  readonly path: PathMatch;
  readonly method?: string;
  readonly headers: readonly ValueMatch[];
  readonly query: readonly ValueMatch[];
}

/**
 * Reads a match of an HTTPRoute.
 *
 * @returns why it is invalid, as text
 */
export function httpMatch(match: Json): RequestMatch | string {
  const path = httpPath(valueAt(match, 'path'));
  if (typeof path === 'string') return path;
  const headers = valueMatches(listAt(match, 'headers'), 'header', (name) => name.toLowerCase());
  if (typeof headers === 'string') return headers;
  const query = valueMatches(listAt(match, 'queryParams'), 'query parameter', (name) => name);
  if (typeof query === 'string') return query;
  const method = textAt(match, 'method');
  if (method !== undefined && !METHODS.has(method)) return `unknown method ${method}`;
  return { path, headers, query, ...(method === undefined ? {} : { method }) };
}

/** As `httpMatch`, of a GRPCRoute: service and method are a path of two segments. */
export function grpcMatch(match: Json): RequestMatch | string {
  const path = grpcPath(valueAt(match, 'method'));
  if (typeof path === 'string') return path;
  const headers = valueMatches(listAt(match, 'headers'), 'header', (name) => name.toLowerCase());
  return typeof headers === 'string' ? headers : { path, headers, query: [] };
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH']);

const PATH_CHARACTERS = /^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+$/;

function httpPath(path: Json | undefined): PathMatch | string {
  const type = valueAt(path, 'type') ?? 'PathPrefix';
  const value = valueAt(path, 'value') ?? '/';
  if (typeof value !== 'string') return 'a path value that is no text';
  if (type === 'RegularExpression') {
    const pattern = patternOf(value);
    if (pattern === undefined) return `path ${value} is no regular expression`;
    return { type: 'pattern', matches: (text) => pattern.matches(text), length: value.length };
  }
  if (type !== 'Exact' && type !== 'PathPrefix') return `unknown path type ${JSON.stringify(type)}`;
  if (!value.startsWith('/') || !PATH_CHARACTERS.test(value) || /\/\/|\/\.\.?(?:\/|$)|%2f/i.test(value))
    return `path ${value} is not an absolute path in canonical form`;
  return type === 'Exact' ? { type: 'exact', path: value } : { type: 'prefix', prefix: prefixKey(value) };
}

function grpcPath(method: Json | undefined): PathMatch | string {
  const type = valueAt(method, 'type') ?? 'Exact';
  const service = textAt(method, 'service');
  const name = textAt(method, 'method');
  if (method === undefined) return { type: 'prefix', prefix: '' };
  if (service === undefined && name === undefined) return 'a method match with neither service nor method';
  if (type === 'RegularExpression') {
    const services = patternOf(service ?? '.*');
    const methods = patternOf(name ?? '.*');
    if (services === undefined || methods === undefined)
      return 'a method match that is no regular expression';
    return {
      type: 'pattern',
      matches: (path) => {
        const [, first = '', second = '', ...more] = path.split('/');
        return more.length === 0 && services.matches(first) && methods.matches(second);
      },
      length: (service?.length ?? 0) + (name?.length ?? 0),
    };
  }
  if (type !== 'Exact') return `unknown method match type ${JSON.stringify(type)}`;
  if (service === undefined) return { type: 'method', method: name ?? '' };
  return name === undefined
    ? { type: 'prefix', prefix: `/${service}` }
    : { type: 'exact', path: `/${service}/${name}` };
}

function valueMatches(
  list: readonly Json[],
  what: string,
  canonical: (name: string) => string,
): ValueMatch[] | string {
  const matches = new Map<string, ValueMatch>();
  for (const item of list) {
    const name = canonical(textAt(item, 'name') ?? '');
    const type = valueAt(item, 'type') ?? 'Exact';
    const value = valueAt(item, 'value');
    if (name === '' || typeof value !== 'string') return `a ${what} match without name or value`;
    if (type !== 'Exact' && type !== 'RegularExpression')
      return `unknown ${what} match type ${JSON.stringify(type)}`;
    const pattern = type === 'Exact' ? undefined : patternOf(value);
    if (type !== 'Exact' && pattern === undefined)
      return `${what} ${name}: ${value} is no regular expression`;
    // of several with one name only the first counts
    if (!matches.has(name)) matches.set(name, { name, value, ...(pattern === undefined ? {} : { pattern }) });
  }
  return [...matches.values()];
}

/** @returns whether everything but the path holds, which the table of routes has looked up already. */
export function matchesBesidePath(match: RequestMatch, request: HttpRequest): boolean {
  return (
    (match.method === undefined || match.method === request.method) &&
    match.headers.every((header) => holds(header, headerOf(request, header.name))) &&
    (match.query.length === 0 || match.query.every((item) => holds(item, request.query().get(item.name))))
  );
}

function headerOf(request: HttpRequest, name: string): string | undefined {
  return name === 'host' ? request.authority : request.headers.get(name)?.value;
}

function holds(expected: ValueMatch, actual: string | undefined): boolean {
  if (actual === undefined) return false;
  return expected.pattern === undefined ? actual === expected.value : expected.pattern.matches(actual);
}
