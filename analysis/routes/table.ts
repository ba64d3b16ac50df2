import { prefixesOf } from './path.ts';
import type { HttpRequest } from './request.ts';
import { matchesBesidePath, type RequestMatch } from './request-match.ts';
import { compareAge, type Route } from './route.ts';
import type { Rule } from './rule.ts';

/** One match of one rule, under one hostname. */
export interface Entry {
  readonly route: Route;
  readonly rule: Rule;
  /** Its place in the rule. */
  readonly matchIndex: number;
  readonly match: RequestMatch;
}

/**
 * Routes of one listener, arranged so that a request is looked up by host and path, and only matches that fit both
 * are held against the rest of it: in the order of precedence, so that the first that holds is the one.
 */
export interface RouteTable {
  find(request: HttpRequest): Entry | undefined;
}

/** Entries of one hostname; each list in the order of precedence. */
interface Bucket {
  readonly exact: Map<string, Entry[]>;
  readonly patterns: Entry[];
  readonly prefixes: Map<string, Entry[]>;
  readonly methods: Entry[];
}

/** @param entries with the hostname they are for, in lower case; undefined is every host */
export function routeTable(entries: Iterable<readonly [string | undefined, Entry]>): RouteTable {
  const buckets = new Map<string, Bucket>();
  for (const [hostname = '', entry] of entries) {
    let bucket = buckets.get(hostname);
    if (bucket === undefined) {
      bucket = { exact: new Map(), patterns: [], prefixes: new Map(), methods: [] };
      buckets.set(hostname, bucket);
    }
    addTo(bucket, entry);
  }
  for (const { exact, patterns, prefixes, methods } of buckets.values()) {
    for (const list of [...exact.values(), ...prefixes.values(), methods]) list.sort(compareEntries);
    patterns.sort(
      (first, second) => patternLength(second) - patternLength(first) || compareEntries(first, second),
    );
  }
  return {
    find: (request) => {
      for (const bucket of bucketsFor(buckets, request.host)) {
        for (const entry of candidates(bucket, request.path)) {
          if (entry.route.kind === 'GRPCRoute' && !request.grpc) continue;
          if (matchesBesidePath(entry.match, request)) return entry;
        }
      }
      return undefined;
    },
  };
}

function addTo(bucket: Bucket, entry: Entry): void {
  const { path } = entry.match;
  if (path.type === 'exact') append(bucket.exact, path.path, entry);
  else if (path.type === 'prefix') append(bucket.prefixes, path.prefix, entry);
  else if (path.type === 'pattern') bucket.patterns.push(entry);
  else bucket.methods.push(entry);
}

function append(lists: Map<string, Entry[]>, key: string, entry: Entry): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [entry]);
  else list.push(entry);
}

/** Buckets whose hostname matches: the exact one, wildcards from the longest, then the one for every host. */
function* bucketsFor(buckets: ReadonlyMap<string, Bucket>, host: string): Generator<Bucket> {
  const exact = host === '' ? undefined : buckets.get(host);
  if (exact !== undefined) yield exact;
  // a wildcard stands for at least one character in front of its dot
  for (let dot = host.indexOf('.', 1); dot >= 0; dot = host.indexOf('.', dot + 1)) {
    const wildcard = buckets.get(`*${host.slice(dot)}`);
    if (wildcard !== undefined) yield wildcard;
  }
  const any = buckets.get('');
  if (any !== undefined) yield any;
}

/**
 * Entries whose path matches, in the order of precedence. Where regular expressions stand is left to implementations;
 * here, as in most, after exact paths and before prefixes.
 */
function* candidates(bucket: Bucket, path: string): Generator<Entry> {
  yield* bucket.exact.get(path) ?? [];
  for (const entry of bucket.patterns)
    if (entry.match.path.type === 'pattern' && entry.match.path.matches(path)) yield entry;
  for (const prefix of prefixesOf(path)) {
    if (prefix === '') {
      const method = path.slice(path.lastIndexOf('/') + 1);
      for (const entry of bucket.methods)
        if (entry.match.path.type === 'method' && entry.match.path.method === method) yield entry;
    }
    yield* bucket.prefixes.get(prefix) ?? [];
  }
}

function patternLength({ match }: Entry): number {
  return match.path.type === 'pattern' ? match.path.length : 0;
}

/** Orders entries of the same host and path: method, number of headers, number of query parameters, age, place. */
function compareEntries(first: Entry, second: Entry): number {
  return (
    Number(second.match.method !== undefined) - Number(first.match.method !== undefined) ||
    second.match.headers.length - first.match.headers.length ||
    second.match.query.length - first.match.query.length ||
    compareAge(first.route, second.route) ||
    first.rule.index - second.rule.index ||
    first.matchIndex - second.matchIndex
  );
}
