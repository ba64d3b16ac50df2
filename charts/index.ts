export { Agentweaver } from './agentweaver/chart.ts';
export type { Parameters as AgentweaverParameters } from './agentweaver/parameters.ts';
export * as agentweaverRuntime from './agentweaver/runtime/index.ts';
export { type Environment, parseEnvironment, readEnvironment } from './environment.ts';
export { environmentSchema } from './environment-schema.ts';
export {
  type Conflict,
  definePlatform,
  type External,
  type Platform,
  type PlatformDeclaration,
} from './platform.ts';
export { PLATFORMS } from './platforms.ts';
