import { InputError } from '../core/problem.ts';
import { type InventoryObject, parseManifests } from '../inventory/index.ts';
import { QuestionError } from './question.ts';

/**
 * Objects that a question brings along, held against the same conditions as those of files.
 *
 * @throws QuestionError
 */
export function inlineObjects(value: unknown, name: string): InventoryObject[] {
  try {
    // JSON is YAML; the reader of files bounds depth and size, and checks the shape
    return parseManifests(JSON.stringify(value), name);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new QuestionError('invalid-object', error.message);
  }
}
