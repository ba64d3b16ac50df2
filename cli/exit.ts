/** Exit codes of every command. */
export const EXIT = {
  /** Nothing to object to. */
  clean: 0,
  /** Findings at or above `--fail-on`. */
  findings: 1,
  /** The tool could not do its work: bad usage, unreadable input, a rule that broke. */
  unusable: 2,
} as const;
