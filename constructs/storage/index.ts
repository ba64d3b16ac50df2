export * from './persistent-volume-claim.ts';
export * from './storage-class.ts';
