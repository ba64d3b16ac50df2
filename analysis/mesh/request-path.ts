/**
 * The path that policies see: without query, backslashes made slashes, and `.` and `..` resolved, as the mesh does by
 * default. Repeated slashes stay.
 *
 * @returns undefined where it depends on which escapes the proxy decodes, or has a fragment, which no request should
 */
export function requestPath(written: string): string | undefined {
  const path = written.replace(/\?.*$/s, '');
  if (/[%#]/.test(path) || !/^\/[!-~]*$/.test(path)) return undefined;
  const kept: string[] = [];
  const segments = path.replaceAll('\\', '/').split('/').slice(1);
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1;
    if (segment === '..') kept.pop();
    if (segment !== '..' && segment !== '.') kept.push(segment);
    else if (isLast) kept.push('');
  }
  return `/${kept.join('/')}`;
}
