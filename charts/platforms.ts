import { agentweaver } from './agentweaver/index.ts';
import type { Platform } from './platform.ts';

/** Every platform, by the name that environment files give. */
export const PLATFORMS: Readonly<Record<string, Platform>> = {
  [agentweaver.name]: agentweaver,
};
