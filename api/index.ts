export type { ISandbox, ISandboxClaim, ISandboxTemplate, ISandboxWarmPool } from './agent-sandbox.ts';
export type { IDefaultDomainCertificate } from './app-routing.ts';
export { scopeOf } from './kinds.ts';
export { KIND_SCHEMAS, schemaOf } from './schemas.ts';
export type { ISecretProviderClass } from './secrets-store.ts';
