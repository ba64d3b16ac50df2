/** Shows a person at a terminal what is going on. */
export interface Spinner {
  update(text: string): void;
  /** Removes it until the next update, so that something else can be printed. */
  clear(): void;
  stop(): void;
}

/** @returns a spinner on standard error, or none where that is no terminal. */
export async function startSpinner(): Promise<Spinner | undefined> {
  if (process.stderr.isTTY !== true) return undefined;
  const { default: yoctoSpinner } = await import('yocto-spinner');
  const spinner = yoctoSpinner({ stream: process.stderr }).start();
  return {
    update: (text) => {
      spinner.text = text;
    },
    clear: () => spinner.clear(),
    stop: () => spinner.stop(),
  };
}
