import type { Pattern } from '../routes/pattern.ts';
import type { NamePattern } from './names.ts';

/** A request over a connection, as far as it is known. */
export interface Request {
  readonly http?: HttpRequest;
  readonly dnsQuery?: string;
  readonly sni?: string;
}

export interface HttpRequest {
  readonly method: string;
  /** With the query, as it stands in the request line. */
  readonly path: string;
  readonly host?: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Requests that one rule lets through: any of its lists' entries, for the protocol that the list is for. */
export interface L7Rules {
  readonly http?: readonly HttpRule[];
  readonly dns?: readonly NamePattern[];
  readonly serverNames?: readonly NamePattern[];
  /** Another protocol, of which only the connection is judged. */
  readonly other?: true;
}

/** Conditions on a request that must all hold; a missing one holds. */
export interface HttpRule {
  readonly path?: Pattern;
  readonly method?: Pattern;
  readonly host?: Pattern;
  readonly headers: readonly HeaderCondition[];
}

export interface HeaderCondition {
  readonly name: string;
  /** Undefined: the header must be there. */
  readonly value?: string;
  /** The value stands in a Secret, which nobody reads here. */
  readonly secret?: true;
}

/** What is known about a request under rules of its port. */
export type L7Verdict = 'allow' | 'deny' | 'unknown';

/**
 * Judges a request. Where a question says nothing about the request, the connection itself is asked about, which
 * the proxy takes; a TLS connection however is refused at its first message, so there the name must be known.
 */
export function judgeL7(rules: L7Rules, request: Request): L7Verdict {
  if (rules.serverNames !== undefined) {
    const { sni } = request;
    if (sni === undefined) return 'unknown';
    if (!rules.serverNames.some((pattern) => pattern.matches(sni))) return 'deny';
  }
  const { http, dnsQuery } = request;
  if (rules.other === true) return http === undefined && dnsQuery === undefined ? 'allow' : 'deny';
  if (http !== undefined && (rules.http !== undefined || rules.dns !== undefined))
    return judgeHttp(rules.http ?? [], http);
  if (dnsQuery !== undefined && (rules.http !== undefined || rules.dns !== undefined))
    return (rules.dns ?? []).some((pattern) => pattern.matches(dnsQuery)) ? 'allow' : 'deny';
  return 'allow';
}

function judgeHttp(rules: readonly HttpRule[], request: HttpRequest): L7Verdict {
  const verdicts = rules.map((rule) => judgeHttpRule(rule, request));
  return (
    verdicts.find((verdict) => verdict === 'allow') ??
    verdicts.find((verdict) => verdict === 'unknown') ??
    'deny'
  );
}

function judgeHttpRule(rule: HttpRule, request: HttpRequest): L7Verdict {
  if (rule.path !== undefined && !rule.path.matches(request.path)) return 'deny';
  if (rule.method !== undefined && !rule.method.matches(request.method)) return 'deny';
  if (rule.host !== undefined && !rule.host.matches(request.host ?? '')) return 'deny';
  let unknown = false;
  for (const { name, value, secret } of rule.headers) {
    const entry = Object.entries(request.headers).find(([key]) => key.toLowerCase() === name.toLowerCase());
    if (entry === undefined || (value !== undefined && entry[1] !== value)) return 'deny';
    unknown ||= secret === true;
  }
  return unknown ? 'unknown' : 'allow';
}
