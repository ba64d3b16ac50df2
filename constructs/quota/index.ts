export * from './limit-range.ts';
export * from './resource-quota.ts';
