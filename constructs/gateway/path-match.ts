import type { IHTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1';

type Rule = NonNullable<NonNullable<IHTTPRoute['spec']>['rules']>[number];

/** A match as the API has it. */
export type MatchManifest = NonNullable<Rule['matches']>[number];

/** A filter as the API has it. */
export type FilterManifest = NonNullable<Rule['filters']>[number];

/** How a request is told: by its path and, if wanted, its method and headers. */
export interface RouteMatch {
  readonly type: 'PathPrefix' | 'Exact';
  /** Absolute path. */
  readonly path: string;
  /** @default any */
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'CONNECT' | 'OPTIONS' | 'TRACE' | 'PATCH';
  /** Headers that must have exactly these values. @default any */
  readonly headers?: Readonly<Record<string, string>>;
}

type MatchOptions = Pick<RouteMatch, 'method' | 'headers'>;

/** Requests at or below a path, by whole segments: `/api` does not match `/apiary`. */
export function pathPrefix(path: string, options: MatchOptions = {}): RouteMatch {
  return { type: 'PathPrefix', path, ...options };
}

/** Requests for exactly this path. */
export function pathExact(path: string, options: MatchOptions = {}): RouteMatch {
  return { type: 'Exact', path, ...options };
}

/** @returns a match as the API has it */
export function matchManifest({ type, path, method, headers }: RouteMatch): MatchManifest {
  const entries = Object.entries(headers ?? {});
  return {
    path: { type, value: path },
    ...(method === undefined ? {} : { method }),
    ...(entries.length === 0
      ? {}
      : { headers: entries.map(([name, value]) => ({ type: 'Exact' as const, name, value })) }),
  };
}
