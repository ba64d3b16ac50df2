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
  return `${blockText(manifest, '')}\n`;
}

/** A value whose first line is already indented; further lines begin with `indent`. */
function blockText(value: Json, indent: string): string {
  if (typeof value === 'string') return stringText(value, indent);
  if (typeof value !== 'object' || value === null)
    return typeof value === 'number' ? numberText(value) : `${value}`;
  return isList(value) ? sequenceText(value, indent) : mappingText(value, indent);
}

function mappingText(mapping: JsonObject, indent: string): string {
  let text = '';
  for (const key in mapping) {
    const value = mapping[key];
    if (value === undefined) continue;
    if (text !== '') text += `\n${indent}`;
    text += `${keyText(key)}:${valueText(value, `${indent}  `)}`;
  }
  return text === '' ? '{}' : text;
}

function valueText(value: Json, indent: string): string {
  return isFilled(value) ? `\n${indent}${blockText(value, indent)}` : ` ${blockText(value, indent)}`;
}

function sequenceText(items: readonly Json[], indent: string): string {
  if (items.length === 0) return '[]';
  let text = '';
  for (const item of items) {
    if (text !== '') text += `\n${indent}`;
    text += `- ${blockText(item, `${indent}  `)}`;
  }
  return text;
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
