export * from './external-secret.ts';
export * from './secret-provider-class.ts';
