import { hostMap } from './hostname.ts';
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
  const byHost = hostMap(buckets);
  return {
    find: (request) => {
      for (const bucket of byHost.matching(request.host)) {
        const entry = findIn(bucket, request);
        if (entry !== undefined) return entry;
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

/**
 * Goes through the entries whose path matches in the order of precedence. Where regular expressions stand is left to
 * implementations; here, as in most, after exact paths and before prefixes.
 */
function findIn(bucket: Bucket, request: HttpRequest): Entry | undefined {
  const { path } = request;
  const exact = firstOf(bucket.exact.get(path), request);
  if (exact !== undefined) return exact;
  const pattern = bucket.patterns.find(
    (entry) => entry.match.path.type === 'pattern' && entry.match.path.matches(path) && holds(entry, request),
  );
  if (pattern !== undefined) return pattern;
  for (const prefix of prefixesOf(path)) {
    const entry = firstOf(bucket.prefixes.get(prefix), request);
    if (entry !== undefined) return entry;
  }
  const method = path.slice(path.lastIndexOf('/') + 1);
  return (
    bucket.methods.find(
      (entry) =>
        entry.match.path.type === 'method' && entry.match.path.method === method && holds(entry, request),
    ) ?? firstOf(bucket.prefixes.get(''), request)
  );
}

function firstOf(entries: readonly Entry[] | undefined, request: HttpRequest): Entry | undefined {
  return entries?.find((entry) => holds(entry, request));
}

function holds({ route, match }: Entry, request: HttpRequest): boolean {
  return (route.kind !== 'GRPCRoute' || request.grpc) && matchesBesidePath(match, request);
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
