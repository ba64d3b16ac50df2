export * from './azure-workload-identity.ts';
export * from './service-account.ts';
