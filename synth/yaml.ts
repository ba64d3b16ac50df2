import type { Json, JsonObject } from '../core/manifest.ts';
import { keyText, stringText } from './yaml-string.ts';

/**
 * Writes a manifest as a YAML document that every reader takes alike, be it a reader of YAML 1.1 (those of
 * Kubernetes, PyYAML) or of 1.2: a string that either could take for something else is quoted.
 *
 * @param manifest written in the order of its keys
 * @returns the document, with a line break at its end and no `---` before it
 */
export function manifestYaml(manifest: JsonObject): string {
  // pieces joined at the end: strings put together one by one would keep a tree of all of them alive
  const pieces: string[] = [];
  writeMapping(manifest, '', pieces);
  pieces.push('\n');
  return pieces.join('');
}

/** A value whose first line is already indented; further lines begin with `indent`. */
function write(value: Json, indent: string, pieces: string[]): void {
  if (typeof value === 'string') pieces.push(stringText(value, indent));
  else if (typeof value === 'number') pieces.push(numberText(value));
  else if (typeof value !== 'object' || value === null) pieces.push(String(value));
  else if (isList(value)) writeSequence(value, indent, pieces);
  else writeMapping(value, indent, pieces);
}

function writeMapping(mapping: JsonObject, indent: string, pieces: string[]): void {
  let first = true;
  for (const key in mapping) {
    const value = mapping[key];
    if (value === undefined) continue;
    if (!first) pieces.push('\n', indent);
    first = false;
    const inner = `${indent}  `;
    pieces.push(keyText(key), ':');
    if (isFilled(value)) pieces.push('\n', inner);
    else pieces.push(' ');
    write(value, inner, pieces);
  }
  if (first) pieces.push('{}');
}

function writeSequence(items: readonly Json[], indent: string, pieces: string[]): void {
  if (items.length === 0) pieces.push('[]');
  const inner = `${indent}  `;
  items.forEach((item, index) => {
    if (index > 0) pieces.push('\n', indent);
    pieces.push('- ');
    write(item, inner, pieces);
  });
}

/** Whether a value stands on lines of its own, below its key. */
function isFilled(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (isList(value)) return value.length > 0;
  for (const key in value) if (value[key] !== undefined) return true;
  return false;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** YAML 1.1 knows an exponent only after a decimal point. */
function numberText(value: number): string {
  const text = String(value);
  return text.includes('e') && !text.includes('.') ? text.replace('e', '.0e') : text;
}
