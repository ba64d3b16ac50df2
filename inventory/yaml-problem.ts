import type { Limits } from './limits.ts';

/** What is wrong at one place of a text; the caller knows the file. */
export class YamlProblem extends Error {
  /** Offset into the text. */
  readonly offset: number;
  readonly remedy: string | undefined;

  constructor(offset: number, message: string, remedy?: string) {
    super(message);
    this.name = 'YamlProblem';
    this.offset = offset;
    this.remedy = remedy;
  }
}

/** Text that is beyond a limit. */
export class LimitProblem extends YamlProblem {
  readonly limit: keyof Limits;

  constructor(offset: number, message: string, limit: keyof Limits) {
    super(offset, message);
    this.limit = limit;
  }
}
