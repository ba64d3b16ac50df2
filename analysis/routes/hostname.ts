/**
 * Hostnames of Gateway API: exact, or with one wildcard label in front (`*.example.com`), which stands for one or
 * more labels. All functions expect them in lower case; a missing hostname is every host.
 */

/** @returns the host of a `Host` header or an authority: lower case, without its port. */
export function hostOf(authority: string): string {
  const text = authority.toLowerCase();
  const bracket = text.indexOf(']');
  if (text.startsWith('[') && bracket > 0) return text.slice(0, bracket + 1);
  const colon = text.indexOf(':');
  // more than one colon is an IPv6 address without brackets
  return colon < 0 || text.includes(':', colon + 1) ? text : text.slice(0, colon);
}

/** @returns whether a host is one of those that a hostname stands for. */
export function hostMatches(hostname: string | undefined, host: string): boolean {
  if (hostname === undefined) return true;
  return isWildcard(hostname)
    ? host.length >= hostname.length && host.endsWith(hostname.slice(1))
    : host === hostname;
}

/** @returns the hosts that both stand for, as a hostname; undefined where there are none, `any` where both are missing. */
export function intersection(
  first: string | undefined,
  second: string | undefined,
): { readonly hostname: string | undefined } | undefined {
  if (first === undefined || second === undefined) return { hostname: first ?? second };
  if (covers(first, second)) return { hostname: second };
  return covers(second, first) ? { hostname: first } : undefined;
}

/** @returns whether every host of the second hostname is one of the first. */
function covers(first: string, second: string): boolean {
  return (
    first === second ||
    (isWildcard(first) && second.length >= first.length && second.endsWith(first.slice(1)))
  );
}

/**
 * Orders hostnames that match the same host from the most specific: exact, then wildcards from the longest, then none.
 *
 * @returns a negative number where the first is more specific
 */
export function compareSpecificity(first: string | undefined, second: string | undefined): number {
  return specificity(second) - specificity(first);
}

/** Values by hostname, arranged for a look-up by host. */
export interface HostMap<Value> {
  /** @returns values of the hostnames that match, the most specific first */
  matching(host: string): Value[];
}

/** @param byHostname keyed by hostname, the empty one for every host */
export function hostMap<Value>(byHostname: ReadonlyMap<string, Value>): HostMap<Value> {
  const any = byHostname.get('');
  // by all that follows the asterisk
  const wildcards = new Map<string, Value>();
  for (const [hostname, value] of byHostname)
    if (isWildcard(hostname)) wildcards.set(hostname.slice(1), value);
  return {
    matching: (host) => {
      const values: Value[] = [];
      const exact = host === '' ? undefined : byHostname.get(host);
      if (exact !== undefined) values.push(exact);
      if (wildcards.size > 0) {
        // a wildcard stands for at least one character in front of its dot
        for (let dot = host.indexOf('.', 1); dot >= 0; dot = host.indexOf('.', dot + 1)) {
          const value = wildcards.get(host.slice(dot));
          if (value !== undefined) values.push(value);
        }
      }
      if (any !== undefined) values.push(any);
      return values;
    },
  };
}

function specificity(hostname: string | undefined): number {
  if (hostname === undefined) return 0;
  // a hostname has at most 253 characters
  return isWildcard(hostname) ? hostname.length : 1000 + hostname.length;
}

function isWildcard(hostname: string): boolean {
  return hostname.startsWith('*.');
}
