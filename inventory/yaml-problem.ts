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
