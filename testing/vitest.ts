import { expect } from 'vitest';
import { type FindingPattern, matchers } from './matchers.ts';

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    /** Passes where no rule objects to what was checked. */
    toHaveNoFindings(): R;
    /** Passes where a finding is as the pattern says. */
    toContainFinding(pattern: FindingPattern): R;
  }
}

expect.extend(matchers);
