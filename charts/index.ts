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
