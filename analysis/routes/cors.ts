import type { Json } from '../../core/manifest.ts';
import { listAt, valueAt } from '../../inventory/index.ts';
import type { Headers } from './headers.ts';
import type { Header, HttpRequest } from './request.ts';

/** What a CORS filter makes of a request. */
export interface CorsAnswer {
  /** Whether the gateway answers itself, since the request is a preflight. */
  readonly preflight: boolean;
  /** Headers of the response. */
  readonly headers: Headers;
}

/** In seconds, where the filter says nothing. */
const DEFAULT_MAX_AGE = 5;

/** The CORS protocol of browsers, with the settings of a filter. */
export function corsAnswer(settings: Json, request: HttpRequest): CorsAnswer {
  const origin = request.headers.get('origin')?.value;
  const requestedMethod = request.headers.get('access-control-request-method')?.value;
  const preflight = request.method === 'OPTIONS' && origin !== undefined && requestedMethod !== undefined;
  const headers = new Map<string, Header>();
  const put = (name: string, value: string | undefined): void => {
    if (value !== undefined && value !== '') headers.set(name, { name, value });
  };
  if (
    origin === undefined ||
    !texts(settings, 'allowOrigins').some((allowed) => originMatches(allowed, origin))
  )
    return { preflight, headers };
  const credentials = valueAt(settings, 'allowCredentials') === true;
  put('access-control-allow-origin', origin);
  if (credentials) put('access-control-allow-credentials', 'true');
  const exposed = texts(settings, 'exposeHeaders').filter((name) => name !== '*' || !credentials);
  put('access-control-expose-headers', exposed.join(', '));
  if (!preflight) return { preflight, headers };
  put('access-control-allow-methods', listed(texts(settings, 'allowMethods'), requestedMethod));
  const requestedHeaders = request.headers.get('access-control-request-headers')?.value;
  put('access-control-allow-headers', listed(texts(settings, 'allowHeaders'), requestedHeaders));
  const maxAge = valueAt(settings, 'maxAge');
  put('access-control-max-age', String(typeof maxAge === 'number' ? maxAge : DEFAULT_MAX_AGE));
  return { preflight, headers };
}

/** Where everything is allowed, what was asked for is. */
function listed(allowed: readonly string[], requested: string | undefined): string | undefined {
  return allowed.includes('*') ? requested : allowed.join(', ');
}

function texts(settings: Json, field: string): string[] {
  return listAt(settings, field).filter((item) => typeof item === 'string');
}

/** A `*` stands for any characters to the left, dots included; a port that is not written is the one of the scheme. */
function originMatches(allowed: string, origin: string): boolean {
  if (allowed === '*') return true;
  const expected = originParts(allowed);
  const actual = originParts(origin);
  if (expected === undefined || actual === undefined) return false;
  if (expected.scheme !== actual.scheme || expected.port !== actual.port) return false;
  if (!expected.host.startsWith('*')) return expected.host === actual.host;
  const rest = expected.host.slice(1);
  return actual.host.length > rest.length && actual.host.endsWith(rest);
}

function originParts(
  origin: string,
): { readonly scheme: string; readonly host: string; readonly port: string } | undefined {
  const match = /^(https?):\/\/(.+?)(?::(\d+|\*))?$/.exec(origin.toLowerCase());
  if (match === null) return undefined;
  const [, scheme = '', host = '', port = scheme === 'https' ? '443' : '80'] = match;
  return { scheme, host, port };
}
