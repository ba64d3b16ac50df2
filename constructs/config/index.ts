export * from './config-map.ts';
