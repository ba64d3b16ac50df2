import Type from 'typebox';
import { InputError } from '../core/problem.ts';
import type { Inventory } from '../inventory/index.ts';
import { CHANGES, changed } from './changes.ts';
import { type GivenOptions, OPTIONS, resolveOptions } from './options.ts';
import { type ErrorCode, QuestionError } from './question.ts';
import { QUESTION_TYPES } from './registry.ts';
import { refuseMalformed, refuseMisspelt } from './shape.ts';

/** What every question may say, whatever its type. */
const SHARED = Type.Object({
  id: Type.Optional(Type.String()),
  type: Type.String(),
  options: Type.Optional(OPTIONS),
  ...CHANGES,
});

/** An answer, or the reason why there is none. */
export interface Answer {
  /** The question's; of a question without, its place among the questions, from 1. */
  readonly id: string;
  readonly error?: { readonly code: ErrorCode; readonly message: string };
  readonly [field: string]: unknown;
}

/**
 * Answers questions of unknown shape, one by one in their order; one that cannot be answered gets an `error`.
 *
 * @param run options of the run; a question's own come first
 */
export async function* answerQuestions(
  inventory: Inventory,
  questions: Iterable<unknown>,
  run: GivenOptions = {},
): AsyncGenerator<Answer> {
  let place = 0;
  for (const question of questions) {
    place += 1;
    const id = idOf(question) ?? String(place);
    try {
      yield { id, ...(await answer(inventory, question, run)) };
    } catch (error) {
      yield { id, error: errorOf(error) };
    }
  }
}

async function answer(inventory: Inventory, question: unknown, run: GivenOptions): Promise<object> {
  refuseMalformed(SHARED, question, 'question');
  const shared = question as Type.Static<typeof SHARED>;
  const load = Object.hasOwn(QUESTION_TYPES, shared.type) ? QUESTION_TYPES[shared.type] : undefined;
  if (load === undefined) {
    const known = Object.keys(QUESTION_TYPES).join(', ');
    throw new QuestionError(
      'unsupported',
      `unknown question type ${JSON.stringify(shared.type)}; types: ${known}`,
    );
  }
  const { schema, answer } = await load();
  refuseMisspelt(shared, [...Object.keys(SHARED.properties), ...Object.keys(schema.properties)]);
  refuseMalformed(schema, question, shared.type);
  const asked = changed(inventory, shared.with ?? [], shared.without ?? []);
  return answer(question, { inventory: asked, options: resolveOptions(run, shared.options ?? {}, asked) });
}

function idOf(question: unknown): string | undefined {
  if (typeof question !== 'object' || question === null || !Object.hasOwn(question, 'id')) return undefined;
  const { id } = question as { id: unknown };
  return typeof id === 'string' ? id : undefined;
}

/** One question must not stop the others, whatever goes wrong. */
function errorOf(error: unknown): NonNullable<Answer['error']> {
  if (error instanceof QuestionError) return { code: error.code, message: error.message };
  if (error instanceof InputError) return { code: 'invalid-object', message: error.message };
  if (error instanceof RangeError && error.message.includes('call stack'))
    return { code: 'too-deep', message: 'a value is nested too deep' };
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) };
}
