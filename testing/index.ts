export type { CheckResult } from '../policies/check.ts';
export type { Finding } from '../policies/finding.ts';
export { loadManifests, type Manifests, manifestsOf } from './load.ts';
export { inventoryOf } from './manifests.ts';
export { type FindingPattern, matchers } from './matchers.ts';
