export * from './addresses.ts';
export * from './intervals.ts';
export * from './ports.ts';
