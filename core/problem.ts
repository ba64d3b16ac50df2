/** One thing that is wrong with what a person gave us, with all they need to mend it. */
export interface Problem {
  /** Where: `file:line:column`, or a construct path. */
  readonly where: string;
  /** What is wrong, lower case, with the offending value. */
  readonly what: string;
  /** What to do about it: allowed values, the change to make. */
  readonly remedy?: string;
}

/**
 * Input that cannot be used: every problem found, not only the first. The command line prints it without a
 * stack trace and exits with 2.
 */
export class InputError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(problemText).join('\n'));
    this.name = 'InputError';
    this.problems = problems;
  }
}

/** @returns a problem as one line: `where: what; remedy`. */
export function problemText({ where, what, remedy }: Problem): string {
  return remedy === undefined ? `${where}: ${what}` : `${where}: ${what}; ${remedy}`;
}
