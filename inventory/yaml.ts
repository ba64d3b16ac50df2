import type { Json } from '../core/manifest.ts';
import { InputError, type Problem } from '../core/problem.ts';
import type { Limits } from './limits.ts';
import { parseValues, startReading } from './parse.ts';
import { placeText } from './source.ts';

/** The value of a YAML file that is no manifest, and where its fields stand. */
export interface YamlFile {
  readonly value: Json;
  /** @returns `file:line:column` of the field of a JSON pointer. */
  place(pointer: string): string;
}

/**
 * Reads a YAML text of one document with the same rules as manifests: no duplicate keys, bounded, with positions.
 * An empty text is null.
 *
 * @throws InputError with every problem of the text
 */
export function parseYaml(text: string, file: string, options: Partial<Limits> = {}): YamlFile {
  const problems: Problem[] = [];
  const source = { file, text: text.startsWith('\ufeff') ? text.slice(1) : text };
  const [first, second] = parseValues(problems, source, startReading(options));
  if (second !== undefined) {
    problems.push({
      where: placeText(source, second.offset('')),
      what: 'a second document',
      remedy: 'this file has one document; remove ---',
    });
  }
  if (problems.length > 0) throw new InputError(problems);
  return { value: first?.value ?? null, place: (pointer) => placeText(source, first?.offset(pointer) ?? 0) };
}
