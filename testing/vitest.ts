import { expect } from 'vitest';
import type { PodSecurityLevel } from './conform.ts';
import { type FindingPattern, matchers } from './matchers.ts';

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    /** Passes where no rule objects to what was checked. */
    toHaveNoFindings(): R;
    /** Passes where a finding is as the pattern says. */
    toContainFinding(pattern: FindingPattern): R;
    /** Passes where the Pod Security Standards admit every pod of the manifests at this level. */
    toConform(level: PodSecurityLevel): R;
  }
}

expect.extend(matchers);
