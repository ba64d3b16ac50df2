import type { Answer } from '../ask/index.ts';

/** Forms of the answers: one JSON array, or one JSON object a line. */
export type AnswerFormat = 'json' | 'ndjson';

/** Where answers go. */
export interface AnswerOutput {
  write(answer: Answer): Promise<void>;
  /** To be called once, after the last answer. */
  end(): Promise<void>;
}

/** Characters that are written at once. */
const CHUNK = 64 * 1024;

/** Writes answers to standard output as they come, so that memory does not bound their number. */
export function answerOutput(format: AnswerFormat): AnswerOutput {
  let count = 0;
  let pending = '';

  const flush = async (): Promise<void> => {
    const text = pending;
    pending = '';
    await new Promise<void>((resolve, reject) => {
      process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
    });
  };

  return {
    async write(answer) {
      const text = JSON.stringify(answer);
      pending += format === 'ndjson' ? `${text}\n` : `${count === 0 ? '[\n' : ',\n'}${text}`;
      count += 1;
      if (pending.length >= CHUNK) await flush();
    },
    async end() {
      if (format === 'json') pending += count === 0 ? '[]\n' : '\n]\n';
      await flush();
    },
  };
}
