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

const LITERAL = new RegExp(`^${SEGMENT}+$`);

/** @returns whether a path of an operation is a template, such as `/shops/{*}/carts`. */
export function isPathTemplate(pattern: string): boolean {
  return OPERATOR.test(pattern);
}

/**
 * Whether Istio takes a path: in a template, operators are whole segments, and none follows `{**}`; braces are for
 * nothing else.
 */
export function isValidPath(pattern: string): boolean {
  const segments = inner(pattern.split('/'));
  const open = segments.indexOf('{**}');
  const isOperator = (segment: string): boolean => segment === '{*}' || segment === '{**}';
  if (open >= 0 && segments.slice(open + 1).some(isOperator)) return false;
  const literals = segments.filter((segment) => !isOperator(segment));
  if (literals.some((segment) => /[{}]/.test(segment))) return false;
  return (
    !isPathTemplate(pattern) ||
    (pattern.startsWith('/') && literals.every((segment) => LITERAL.test(segment)))
  );
}

/** @returns segments without the empty ones at both ends. */
function inner(segments: readonly string[]): readonly string[] {
  const first = segments.findIndex((segment) => segment !== '');
  const last = segments.findLastIndex((segment) => segment !== '');
  return first < 0 ? [''] : segments.slice(first, last + 1);
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
