import type { Check } from '../validate/check.ts';
import type { RouteRule } from './http-route.ts';

/** What the Gateway API lets stand in a path that is matched. */
const PATH = /^\/(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})*$/;
const UNCLEAR = /\/\/|\/\.\.?(?:\/|$)|%2f/i;

/** Most matches, filters or backends of one rule. */
const MOST = { matches: 64, filters: 16, backends: 16 } as const;

/** Records what the API would refuse in a rule, or what would send requests nowhere. */
export function checkRule(check: Check, field: string, rule: RouteRule): void {
  const { matches = [], filters = [], backends = [], timeout } = rule;
  for (const { path } of matches) checkPath(check, `${field}: matches`, path);
  const redirects = filters.some(({ type }) => type === 'RequestRedirect');
  check.that(!redirects || backends.length === 0, field, 'has a redirect and backends', 'choose one');
  check.that(
    redirects || backends.length > 0,
    field,
    'sends requests nowhere',
    'name a backend, or redirect',
  );
  checkFilters(check, `${field}: filters`, rule);
  for (const { weight } of backends) {
    if (weight !== undefined) check.integer(`${field}: weight`, weight, 0, 1_000_000);
  }
  for (const [name, items] of Object.entries({ matches, filters, backends })) {
    const most = MOST[name as keyof typeof MOST];
    check.that(
      items.length <= most,
      field,
      `has ${items.length} ${name}`,
      `use at most ${most}, or a further rule`,
    );
  }
  if (timeout !== undefined) {
    const ok = /^([0-9]{1,5}(h|m|s|ms)){1,4}$/.test(timeout);
    check.that(ok, `${field}: timeout`, `${JSON.stringify(timeout)} is no duration`, 'write it as 30s or 1m');
  }
}

function checkPath(check: Check, field: string, path: string): void {
  const remedy = 'begin it with "/", encode what is no path character, and leave "//", "/./" and "/../" out';
  const ok = PATH.test(path) && !UNCLEAR.test(path);
  check.that(ok, field, `${JSON.stringify(path)} is no path that can be matched`, remedy);
}

function checkFilters(check: Check, field: string, { matches = [], filters = [] }: RouteRule): void {
  const types = filters.map(({ type }) => type);
  for (const [index, type] of types.entries()) {
    check.that(types.indexOf(type) === index, field, `${type} appears twice`, 'join them into one');
  }
  const both = types.includes('RequestRedirect') && types.includes('URLRewrite');
  check.that(!both, field, 'redirect and rewrite exclude each other', 'choose one');
  const replacesPrefix = filters.some(({ urlRewrite }) => urlRewrite?.path?.type === 'ReplacePrefixMatch');
  const [match] = matches;
  const onePrefix = matches.length === 1 && match?.type === 'PathPrefix';
  const remedy = 'give it a rule of its own with one pathPrefix';
  check.that(
    !replacesPrefix || onePrefix,
    field,
    'a prefix can only be replaced where one prefix is matched',
    remedy,
  );
}
