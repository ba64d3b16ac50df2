/** A route with one rule of one match. */
export interface NaiveRule {
  readonly hostname: string | undefined;
  readonly exact: boolean;
  readonly path: string;
  readonly method: string | undefined;
  /** Names of headers that must be `1`. */
  readonly headers: readonly string[];
  /** Names of query parameters that must be `1`. */
  readonly query: readonly string[];
}

export interface NaiveRequest {
  readonly host: string;
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * A second evaluator, written from the rules of precedence alone: every rule is held against the request, and those
 * that match are compared criterion by criterion. Routes are older the earlier they stand.
 *
 * @returns the place of the rule that wins
 */
export function naiveRoute(rules: readonly NaiveRule[], request: NaiveRequest): number | undefined {
  const matching = rules.map((rule, index) => ({ rule, index })).filter(({ rule }) => matches(rule, request));
  const criteria: ((rule: NaiveRule) => number)[] = [
    ({ hostname }) => (hostname === undefined || hostname.startsWith('*') ? 0 : hostname.length),
    ({ hostname }) => hostname?.length ?? 0,
    ({ exact }) => (exact ? 1 : 0),
    ({ path }) => (path === '/' ? 0 : path.length),
    ({ method }) => (method === undefined ? 0 : 1),
    ({ headers }) => headers.length,
    ({ query }) => query.length,
  ];
  let left = matching;
  for (const criterion of criteria) {
    const best = Math.max(...left.map(({ rule }) => criterion(rule)));
    left = left.filter(({ rule }) => criterion(rule) === best);
  }
  return left[0]?.index;
}

function matches(rule: NaiveRule, request: NaiveRequest): boolean {
  const url = new URL(`http://host${request.path}`);
  const sent = new Map(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]));
  return (
    hostMatches(rule.hostname, request.host) &&
    pathMatches(rule, url.pathname) &&
    (rule.method === undefined || rule.method === request.method) &&
    rule.headers.every((name) => sent.get(name) === '1') &&
    rule.query.every((name) => url.searchParams.get(name) === '1')
  );
}

function hostMatches(hostname: string | undefined, host: string): boolean {
  if (hostname === undefined) return true;
  const labels = host.split('.').reverse();
  const wanted = hostname.split('.').reverse();
  if (wanted.at(-1) !== '*') return hostname === host;
  return (
    labels.length >= wanted.length && wanted.slice(0, -1).every((label, index) => label === labels[index])
  );
}

function pathMatches({ exact, path }: NaiveRule, actual: string): boolean {
  if (exact) return path === actual;
  return path === '/' || actual === path || actual.startsWith(`${path}/`);
}
