/** A template that Go refuses to parse, or that fails while it is executed. */
export class TemplateError extends Error {
  readonly phase: 'parse' | 'execute';

  /** @param message what Go's text/template says, without the place */
  constructor(phase: TemplateError['phase'], message: string) {
    super(message);
    this.name = 'TemplateError';
    this.phase = phase;
  }
}

/** What a template gives cannot be told: it depends on data that is unknown, or on what only a running Go program has. */
export class Undetermined extends Error {
  /** @param reason what it depends on, e.g. `.PodMeta.UID` */
  constructor(reason: string) {
    super(reason);
    this.name = 'Undetermined';
  }
}

/** @throws TemplateError */
export function failExecution(message: string): never {
  throw new TemplateError('execute', message);
}
