/** Measures where the time goes. */
export interface Phases {
  /** Adds the time of a step to a phase; the time of a phase inside it counts only for that one. */
  run<T>(phase: string, step: () => Promise<T>): Promise<T>;
  runSync<T>(phase: string, step: () => T): T;
  /** Milliseconds by phase, in the order in which they began. */
  readonly times: ReadonlyMap<string, number>;
}

/** Starts to measure; steps may stand inside each other, but not run at the same time. */
export function startPhases(): Phases {
  const times = new Map<string, number>();
  const open: string[] = [];
  let since = performance.now();
  const charge = (): void => {
    const now = performance.now();
    const phase = open.at(-1);
    if (phase !== undefined) times.set(phase, (times.get(phase) ?? 0) + now - since);
    since = now;
  };
  const enter = (phase: string): void => {
    charge();
    open.push(phase);
    if (!times.has(phase)) times.set(phase, 0);
  };
  const leave = (): void => {
    charge();
    open.pop();
  };
  return {
    times,
    async run(phase, step) {
      enter(phase);
      try {
        return await step();
      } finally {
        leave();
      }
    },
    runSync(phase, step) {
      enter(phase);
      try {
        return step();
      } finally {
        leave();
      }
    },
  };
}
