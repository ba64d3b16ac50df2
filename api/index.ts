export type { ISandbox, ISandboxClaim, ISandboxTemplate, ISandboxWarmPool } from './agent-sandbox.ts';
export type { IDefaultDomainCertificate } from './app-routing.ts';
export { type Scope, scopeOf } from './kinds.ts';
export type { KindSchema, ObjectMeta } from './schema.ts';
export { KIND_SCHEMAS, schemaOf } from './schemas.ts';
export type { ISecretProviderClass } from './secrets-store.ts';
