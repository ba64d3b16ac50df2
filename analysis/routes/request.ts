import { hostOf } from './hostname.ts';
import { queryParameters, splitTarget } from './path.ts';

/** A header with its name as sent. */
export interface Header {
  readonly name: string;
  readonly value: string;
}

/** A request as its client sends it, as far as the asker says. */
export interface RequestLine {
  /** @default GET, and POST for gRPC */
  readonly method?: string | undefined;
  /** With its query. @default / */
  readonly path?: string | undefined;
  /** The authority, perhaps with a port. */
  readonly host?: string | undefined;
  /** Several values of one header are joined by commas. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>> | undefined;
  /** The server name of the TLS handshake. @default the host */
  readonly sni?: string | undefined;
  /** Whether the client speaks TLS. @default as the listener expects */
  readonly tls?: boolean | undefined;
  /** Makes it a gRPC request. */
  readonly grpc?: { readonly service: string; readonly method: string } | undefined;
}

/** A request with what routing needs of it. */
export interface HttpRequest {
  readonly method: string;
  readonly target: string;
  readonly path: string;
  /** The authority as sent; undefined where the asker gives none. */
  readonly authority: string | undefined;
  /** Lower case, without port; empty where the asker gives none. */
  readonly host: string;
  /** By name in lower case. */
  readonly headers: ReadonlyMap<string, Header>;
  readonly grpc: boolean;
  /** Parsed when the first match asks for it. */
  query(): ReadonlyMap<string, string>;
}

export function httpRequest(line: RequestLine): HttpRequest {
  const target = line.grpc === undefined ? (line.path ?? '/') : `/${line.grpc.service}/${line.grpc.method}`;
  const { path, query } = splitTarget(target);
  const headers = new Map<string, Header>();
  for (const [name, value] of Object.entries(line.headers ?? {}))
    headers.set(name.toLowerCase(), { name, value: typeof value === 'string' ? value : value.join(',') });
  const authority = line.host ?? headers.get('host')?.value;
  headers.delete('host');
  let parameters: ReadonlyMap<string, string> | undefined;
  return {
    method: line.method ?? (line.grpc === undefined ? 'GET' : 'POST'),
    target,
    path: path === '' ? '/' : path,
    authority,
    host: authority === undefined ? '' : hostOf(authority),
    headers,
    grpc:
      line.grpc !== undefined || headers.get('content-type')?.value.startsWith('application/grpc') === true,
    query: () => {
      parameters ??= queryParameters(query);
      return parameters;
    },
  };
}

/** @returns the server name that the client asks for in the TLS handshake; an IP address is none. */
export function serverNameOf(line: RequestLine): string | undefined {
  const name = line.sni ?? (line.host === undefined ? undefined : hostOf(line.host));
  if (name === undefined || name === '' || name.startsWith('[') || name.includes(':')) return undefined;
  return /^[\d.]+$/.test(name) ? undefined : name.toLowerCase();
}
