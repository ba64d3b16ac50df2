/** @returns path and query of a request target; the query with its `?`, empty where there is none. */
export function splitTarget(target: string): { readonly path: string; readonly query: string } {
  const fragment = target.indexOf('#');
  const sent = fragment < 0 ? target : target.slice(0, fragment);
  const mark = sent.indexOf('?');
  return mark < 0 ? { path: sent, query: '' } : { path: sent.slice(0, mark), query: sent.slice(mark) };
}

/** The canonical form of a path prefix, whose trailing slash says nothing: `/a/` is `/a`, and `/` is empty. */
export function prefixKey(prefix: string): string {
  return prefix.endsWith('/') ? prefix.slice(0, -1) : prefix;
}

/** Every prefix, canonical, that matches a path by whole segments: the longest first; the empty one left out. */
export function prefixesOf(path: string): string[] {
  const prefixes: string[] = [];
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1))
    prefixes.push(path.slice(0, end));
  return prefixes;
}

/**
 * Replaces the matched prefix of a path, by whole segments.
 *
 * @param prefix that matched the path, canonical
 */
export function replacePrefix(path: string, prefix: string, replacement: string): string {
  const replaced = prefixKey(replacement) + path.slice(prefix.length);
  return replaced === '' ? '/' : replaced;
}

/** The first value of every query parameter, decoded; a part that is not encoded well stands as it is. */
export function queryParameters(query: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const pair of query.replace(/^\?/, '').split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = decoded(equals < 0 ? pair : pair.slice(0, equals));
    if (!parameters.has(name)) parameters.set(name, equals < 0 ? '' : decoded(pair.slice(equals + 1)));
  }
  return parameters;
}

function decoded(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
