export * from './cilium-network-policy.ts';
export * from './network-policy.ts';
export * from './peer.ts';
export * from './port-range.ts';
export * from './service.ts';
