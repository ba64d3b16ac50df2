import type { Backend } from './backend.ts';
import type { Listener } from './listener.ts';

/** A request as a backend sees it. */
export interface ForwardedRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly host?: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A backend and its part of the requests. */
export interface BackendShare extends Backend {
  /** Relative to the sum over all backends, the failing ones included. */
  readonly weight: number;
  /** Where filters of its own change the request for this backend alone. */
  readonly request?: ForwardedRequest;
  readonly responseHeaders?: Readonly<Record<string, string>>;
}

export interface Redirect {
  readonly scheme: string;
  /** Absent where the request names no host. */
  readonly host?: string;
  readonly port: number;
  /** With its query. */
  readonly path: string;
  readonly status: number;
  /** The `Location` header, which leaves out the usual port of the scheme. */
  readonly location: string;
}

/** What becomes of a request. */
export interface RouteAnswer {
  /**
   * 200 where the request is forwarded (or the connection, for protocols without HTTP), 204 for a CORS preflight that
   * the gateway answers, a redirect's own, 404, 421 or 500 otherwise.
   */
  readonly status: number;
  /** For gRPC: 0 forwarded, 12 (unimplemented) no route, 14 (unavailable) no backend. */
  readonly grpcStatus?: number;
  /** Why the request is not forwarded, or what else is to be known. */
  readonly reason?: string;
  /** Backends that may get the request; those of weight 0 do not. */
  readonly backends: readonly BackendShare[];
  /** Backends that cannot be reached: their part of the requests gets status 500. */
  readonly failing?: readonly (BackendShare & { readonly status: 500; readonly reason: string })[];
  /** Backends that get a copy. */
  readonly mirrors?: readonly (Backend & { readonly percent: number })[];
  readonly listener?: {
    readonly kind: string;
    readonly namespace: string;
    readonly name: string;
    readonly sectionName: string;
  };
  readonly route?: { readonly kind: string; readonly namespace: string; readonly name: string };
  /** Place of the rule in the route, from 0. */
  readonly rule?: number;
  readonly ruleName?: string;
  /** Place of the match in the rule, from 0. */
  readonly match?: number;
  readonly request?: ForwardedRequest;
  /** Headers that the route sets in the response, or adds to it. */
  readonly responseHeaders?: Readonly<Record<string, string>>;
  /** Headers that the route takes out of the backend's response. */
  readonly removedResponseHeaders?: readonly string[];
  readonly redirect?: Redirect;
}

/** A question that manifests alone do not answer exactly. */
export interface Unknown {
  readonly unknown: string;
}

export function isUnknown(answer: RouteAnswer | Unknown): answer is Unknown {
  return 'unknown' in answer;
}

/** Names the listener in an answer. */
export function at({ owner, name }: Listener): Pick<RouteAnswer, 'listener'> {
  const { kind, namespace = 'default', name: object } = owner.identity;
  return { listener: { kind, namespace, name: object, sectionName: name } };
}
