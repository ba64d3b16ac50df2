export * from './default-domain-certificate.ts';
export * from './gateway.ts';
export * from './hostname.ts';
export * from './http-route.ts';
export * from './path-match.ts';
export * from './reference-grant.ts';
export * from './route-filter.ts';
