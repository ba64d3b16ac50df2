import { InputError } from '../core/problem.ts';

/**
 * Questions from a text: a JSON array, or one JSON value a line (NDJSON).
 * Their shape is not checked here.
 *
 * @param file named in errors
 * @throws InputError where the text is neither
 */
export function parseQueries(text: string, file: string): unknown[] {
  const json = text.startsWith('\ufeff') ? text.slice(1) : text;
  const whole = attempt(json);
  if (Array.isArray(whole.value)) return whole.value;
  // a single question, on one line or many
  if (whole.problem === undefined) return [whole.value];
  if (json.trimStart().startsWith('[')) throw unreadable(file, whole.problem);
  const questions: unknown[] = [];
  for (const [index, line] of json.split('\n').entries()) {
    if (line.trim() === '') continue;
    const { value, problem } = attempt(line);
    if (problem !== undefined) throw unreadable(`${file}:${index + 1}`, problem);
    questions.push(value);
  }
  return questions;
}

function attempt(text: string): { value?: unknown; problem?: string } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    if (error instanceof SyntaxError) return { problem: error.message };
    throw error;
  }
}

function unreadable(where: string, problem: string): InputError {
  const remedy = 'give a JSON array of questions, or one question a line';
  return new InputError([{ where, what: `not valid JSON: ${problem}`, remedy }]);
}
