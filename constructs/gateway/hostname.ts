/**
 * Whether a listener's host name covers a route's, as the Gateway API has it: `*.example.org` covers every name
 * below `example.org`, of any depth, but not `example.org` itself.
 */
export function coversHostname(listener: string, route: string): boolean {
  if (!listener.startsWith('*.')) return listener === route;
  const domain = listener.slice(1);
  return route === listener || (route.endsWith(domain) && route.length > domain.length);
}
