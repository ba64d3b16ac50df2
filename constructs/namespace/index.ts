export * from './namespace.ts';
