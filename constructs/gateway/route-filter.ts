import { defined } from '../defined.ts';
import type { FilterManifest } from './path-match.ts';

/** What is done to a request or response on its way. */
export type RouteFilter = FilterManifest;

/** Replaces the whole path before the backend sees it. */
export function rewritePath(path: string): RouteFilter {
  return { type: 'URLRewrite', urlRewrite: { path: { type: 'ReplaceFullPath', replaceFullPath: path } } };
}

/** Replaces the matched prefix before the backend sees it. */
export function rewritePrefix(prefix: string): RouteFilter {
  return {
    type: 'URLRewrite',
    urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: prefix } },
  };
}

/** Where a client is sent. */
export interface Redirect {
  /** @default as asked */
  readonly scheme?: 'http' | 'https';
  /** @default as asked */
  readonly hostname?: string;
  /** The new path. @default as asked */
  readonly path?: string;
  /** @default 302 */
  readonly statusCode?: 301 | 302;
}

/** Answers with a redirect; such a rule has no backend. */
export function redirect({ scheme, hostname, path, statusCode }: Redirect): RouteFilter {
  const requestRedirect = defined<NonNullable<FilterManifest['requestRedirect']>>({
    scheme,
    hostname,
    statusCode,
    path: path === undefined ? undefined : { type: 'ReplaceFullPath', replaceFullPath: path },
  });
  return { type: 'RequestRedirect', requestRedirect };
}

/** Changes of headers. */
export interface HeaderChanges {
  /** Headers replaced or made. @default none */
  readonly set?: Readonly<Record<string, string>>;
  /** Values added to headers. @default none */
  readonly add?: Readonly<Record<string, string>>;
  /** Headers taken out. @default none */
  readonly remove?: readonly string[];
}

/** Changes a request's headers before the backend sees them. */
export function requestHeaders(changes: HeaderChanges): RouteFilter {
  return { type: 'RequestHeaderModifier', requestHeaderModifier: headerManifest(changes) };
}

/** Changes a response's headers before the client sees them. */
export function responseHeaders(changes: HeaderChanges): RouteFilter {
  return { type: 'ResponseHeaderModifier', responseHeaderModifier: headerManifest(changes) };
}

function headerManifest({ set, add, remove }: HeaderChanges) {
  return defined<NonNullable<FilterManifest['requestHeaderModifier']>>({
    set: set && list(set),
    add: add && list(add),
    remove: remove && [...remove],
  });
}

function list(headers: Readonly<Record<string, string>>) {
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}
