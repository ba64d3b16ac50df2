export { Agentweaver } from './agentweaver/chart.ts';
export type { Parameters as AgentweaverParameters } from './agentweaver/parameters.ts';
export * as agentweaverRuntime from './agentweaver/runtime/index.ts';
export { type Environment, parseEnvironment, readEnvironment } from './environment.ts';
export type { External, Platform } from './platform.ts';
export { PLATFORMS } from './platforms.ts';
