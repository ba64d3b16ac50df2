/**
 * The public face of Sluice: an App for any cdk8s program, and the gate for any YAML. Building blocks are in
 * `sluice/constructs`, platforms in `sluice/charts`, matchers for policy tests in `sluice/testing`.
 */
export type { Finding, Severity } from './policies/finding.ts';
export { gate } from './policies/gate.ts';
export { App, type AppProps } from './synth/app.ts';
