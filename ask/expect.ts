import { isDeepStrictEqual } from 'node:util';
import type { Inventory } from '../inventory/index.ts';
import { type Answer, answerQuestions } from './answer.ts';
import type { Expectation } from './expectations.ts';
import type { GivenOptions } from './options.ts';

/** An expectation, the answer that it got, and whether the answer is what was expected. */
export interface Outcome {
  readonly expectation: Expectation;
  readonly answer: Answer;
  /** An answer that is an error holds nothing. */
  readonly holds: boolean;
}

/** Holds expectations against manifests, in their order. */
export async function* holdExpectations(
  inventory: Inventory,
  expectations: readonly Expectation[],
  run: GivenOptions = {},
): AsyncGenerator<Outcome> {
  let index = 0;
  for await (const answer of answerQuestions(
    inventory,
    expectations.map(({ question }) => question),
    run,
  )) {
    const expectation = expectations[index];
    index += 1;
    if (expectation === undefined) return;
    yield { expectation, answer, holds: answer.error === undefined && includes(answer, expectation.expect) };
  }
}

/** Whether a value has everything that another says; what is said to be undefined must be missing. */
function includes(value: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted))
    return (
      Array.isArray(value) &&
      value.length === wanted.length &&
      wanted.every((item, index) => includes(value[index], item))
    );
  if (typeof wanted !== 'object' || wanted === null) return isDeepStrictEqual(value, wanted);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(wanted).every(([key, item]) =>
    includes(Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined, item),
  );
}
