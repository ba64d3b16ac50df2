import { closest, distance } from 'fastest-levenshtein';
import type Type from 'typebox';
import { Check, Errors } from 'typebox/value';
import { QuestionError } from './question.ts';

/**
 * Holds a value against its schema.
 *
 * @param name of the value, for messages
 * @throws QuestionError naming everything that is wrong
 */
export function refuseMalformed(schema: Type.TSchema, value: unknown, name: string): void {
  if (Check(schema, value)) return;
  const wrong = Errors(schema, value)
    // typebox reports an unknown key twice: at the key as a false schema, and at its parent
    .filter(({ keyword }) => keyword !== 'boolean')
    .map(
      ({ instancePath, message, params }) => `${name}${pathText(instancePath)} ${message}${detail(params)}`,
    );
  throw new QuestionError('malformed', [...new Set(wrong)].join('; '));
}

/**
 * Refuses a field that nearly has the name of a known one: it was meant, and would be left out unnoticed.
 * Any other field belongs to the asker (an expectation, a comment) and is not read.
 *
 * @throws QuestionError
 */
export function refuseMisspelt(question: object, known: readonly string[]): void {
  for (const field of Object.keys(question)) {
    if (known.includes(field)) continue;
    const nearest = closest(field, known);
    const slips = distance(field.toLowerCase(), nearest.toLowerCase());
    if (slips <= Math.max(1, Math.floor(field.length / 4)) && !Object.hasOwn(question, nearest))
      throw new QuestionError(
        'malformed',
        `unknown field ${JSON.stringify(field)}; did you mean ${nearest}?`,
      );
  }
}

function pathText(pointer: string): string {
  return pointer.replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~');
}

function detail(params: object): string {
  if ('allowedValues' in params) return `: ${String(params.allowedValues)}`;
  if ('additionalProperties' in params) return `: ${String(params.additionalProperties)}`;
  return '';
}
