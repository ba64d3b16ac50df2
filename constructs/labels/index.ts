export * from './labels.ts';
export * from './selector.ts';
