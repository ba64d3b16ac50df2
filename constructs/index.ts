export type {
  IDefaultDomainCertificate,
  ISandbox,
  ISandboxClaim,
  ISandboxTemplate,
  ISandboxWarmPool,
  ISecretProviderClass,
} from '../api/index.ts';
export * from './area.ts';
export * from './autoscaling/index.ts';
export * from './config/index.ts';
export { constructionSite, type SourceLocation } from './construction-site.ts';
export * from './gateway/index.ts';
export * from './identity/index.ts';
export { type KubeManifest, KubeObject, type Metadata, type ObjectProps } from './kube-object.ts';
export * from './labels/index.ts';
export * from './namespace/index.ts';
export * from './network/index.ts';
export * from './quota/index.ts';
export * from './rbac/index.ts';
export * from './sandbox/index.ts';
export * from './secrets/index.ts';
export * from './storage/index.ts';
export * from './workload/index.ts';
