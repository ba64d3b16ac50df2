/**
 * Whether a text matches a value of an AuthorizationPolicy: `*` any text but the empty one, `*x` a suffix, `x*` a
 * prefix, anything else the text itself. A star elsewhere is a star.
 */
export function matchesText(pattern: string, text: string): boolean {
  if (pattern === '*') return text !== '';
  if (pattern.startsWith('*')) return text.endsWith(pattern.slice(1));
  if (pattern.endsWith('*')) return text.startsWith(pattern.slice(0, -1));
  return text === pattern;
}

const OPERATOR = /\{\*\*?\}/;

/** Characters of one segment of a path, as Envoy's URI templates know them. */
const SEGMENT = "[-a-zA-Z0-9._~%!$&'()+,;:@=]";

/** @returns whether a path of an operation is a template, such as `/shops/{*}/carts`. */
export function isPathTemplate(pattern: string): boolean {
  return OPERATOR.test(pattern);
}

/** @returns whether Istio takes a template: operators are whole segments, and none follows `{**}`. */
export function isValidTemplate(pattern: string): boolean {
  if (!pattern.startsWith('/')) return false;
  const segments = pattern.split('/').slice(1);
  const open = segments.indexOf('{**}');
  return (
    segments.every((segment) => segment === '{*}' || segment === '{**}' || !/[*{}]/.test(segment)) &&
    (open < 0 || segments.slice(open + 1).every((segment) => !OPERATOR.test(segment)))
  );
}

/** Matches a path without its query: `{*}` is one segment, `{**}` any number of them. */
export function matchesTemplate(pattern: string, path: string): boolean {
  const source = pattern
    .split('/')
    .map((segment) => {
      if (segment === '{*}') return `${SEGMENT}+`;
      if (segment === '{**}') return `(?:${SEGMENT}|/)*`;
      return segment.replace(/[^\w]/g, '\\$&');
    })
    .join('/');
  return new RegExp(`^${source}$`).test(path);
}
