import Type from 'typebox';
import type { Inventory } from '../inventory/index.ts';
import type { Options } from './options.ts';

/**
 * Why a question has no answer:
 *
 * - `malformed`: the question does not have the shape that its type asks for
 * - `unsupported`: Sluice does not know the question type, or cannot yet answer this one exactly
 * - `not-found`: an object that the question names is not in the input
 * - `invalid-object`: an object that the question brings along is no Kubernetes object
 * - `too-deep`: a value of the question, or of the input, is nested deeper than can be followed
 * - `internal`: a defect of Sluice
 */
export type ErrorCode =
  | 'malformed'
  | 'unsupported'
  | 'not-found'
  | 'invalid-object'
  | 'too-deep'
  | 'internal';

/** A question that cannot be answered; it becomes the `error` of its answer and does not stop the others. */
export class QuestionError extends Error {
  readonly code: ErrorCode;

  /** @param message what is wrong and what to do about it, for the person who asked */
  constructor(code: ErrorCode, message: string) {
    super(message);
    this.name = 'QuestionError';
    this.code = code;
  }
}

/** What a question is answered from. */
export interface Context {
  /** The input, with the changes that the question itself makes by `with` and `without`. */
  readonly inventory: Inventory;
  /** Every option, with defaults filled in. */
  readonly options: Options;
}

/** A question type: the fields that it asks for, and how it is answered. */
export interface QuestionType {
  /** Schema of the question, the fields that all questions share left out. */
  readonly schema: Type.TObject;
  /** @throws QuestionError where there is no exact answer */
  readonly answer: (question: unknown, context: Context) => object;
}

/**
 * Declares a question type. The question that reaches `answer` has been held against the schema.
 *
 * @param fields of the question; the ones that all questions share (`id`, `type`, `options`, `with`, `without`) left out
 */
export function questionType<Fields extends Type.TProperties>(
  fields: Fields,
  answer: (question: Type.Static<Type.TObject<Fields>>, context: Context) => object,
): QuestionType {
  const schema: Type.TObject = Type.Object(fields);
  return { schema, answer: (question, context) => answer(question as never, context) };
}
