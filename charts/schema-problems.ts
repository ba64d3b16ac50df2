import type { ErrorObject } from 'ajv';
import { nearest } from '../core/nearest.ts';
import { pointerSegment } from '../core/pointer.ts';
import type { Problem } from '../core/problem.ts';
import type { YamlSource } from '../core/yaml-source.ts';

/** @returns the sentence "did you mean ..." for a name close to one of those allowed, else the whole list. */
export function suggestion(given: string, allowed: readonly string[], noun: string): string {
  const near = nearest(given, allowed);
  return near === undefined ? `${noun}: ${allowed.join(', ')}` : `did you mean ${JSON.stringify(near)}?`;
}

/** @returns one error of the schema check as a person wants it: key, value, what is allowed, where. */
export function schemaProblem(error: ErrorObject, source: YamlSource): Problem {
  const key = error.instancePath.slice(1).replaceAll('/', '.') || 'the file';
  const where = source.where(error.instancePath);
  const expected = descriptionOf(error.parentSchema);
  const given = shown(error.data);
  switch (error.keyword) {
    case 'additionalProperties': {
      const extra = String(error.params['additionalProperty']);
      const parent = error.instancePath === '' ? '' : `${key}.`;
      return {
        where: source.where(`${error.instancePath}/${pointerSegment(extra)}`, 'key'),
        what: `unknown key ${JSON.stringify(parent + extra)}`,
        remedy: suggestion(extra, Object.keys(propertiesOf(error.parentSchema)), 'known keys'),
      };
    }
    case 'required': {
      const missing = String(error.params['missingProperty']);
      const parent = error.instancePath === '' ? '' : `${key}.`;
      const property = propertiesOf(error.parentSchema)[missing];
      return {
        where,
        what: `missing ${parent}${missing}`,
        remedy: `give ${descriptionOf(property) ?? 'it'}`,
      };
    }
    case 'type': {
      const type = String(error.params['type']);
      return {
        where,
        what: `${key} is ${given}, not ${TYPES[type] ?? type}`,
        ...remedy(type === 'boolean' ? undefined : expected, formHint(type, error.data)),
      };
    }
    case 'enum': {
      const allowed = (error.params['allowedValues'] as readonly unknown[]).map(String);
      const list = `allowed values: ${allowed.join(', ')}`;
      const near = suggestion(String(error.data), allowed, 'allowed values');
      return { where, what: `${key} is ${given}`, remedy: near === list ? list : `${near} (${list})` };
    }
    case 'pattern':
      return { where, what: `${key} is ${given}`, ...remedy(expected) };
    default:
      return { where, what: `${key} is ${given}: ${error.message ?? 'not allowed'}`, ...remedy(expected) };
  }
}

/** JSON Schema's types as people say them. */
const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  boolean: 'true or false',
  integer: 'a whole number',
  number: 'a number',
  object: 'a mapping of keys and values',
  array: 'a list',
};

/** YAML tells texts from numbers and booleans by their form, which people see differently. */
function formHint(type: string, data: unknown): string | undefined {
  if (type === 'boolean') return 'write true or false, without quotes';
  if (type === 'integer' && typeof data === 'string') return 'write a number, without quotes';
  const mistaken = typeof data === 'number' || typeof data === 'boolean';
  return type === 'string' && mistaken ? 'put it in quotes' : undefined;
}

function remedy(expected: string | undefined, hint?: string): { remedy?: string } {
  const parts = [hint, expected === undefined ? undefined : `expected: ${expected}`];
  const text = parts.filter((part) => part !== undefined).join('; ');
  return text === '' ? {} : { remedy: text };
}

function descriptionOf(schema: object | undefined): string | undefined {
  return schema !== undefined && 'description' in schema ? String(schema.description) : undefined;
}

function propertiesOf(schema: object | undefined): Readonly<Record<string, object>> {
  return schema !== undefined && 'properties' in schema
    ? (schema.properties as Readonly<Record<string, object>>)
    : {};
}

function shown(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'a mapping';
  if (value === null) return 'empty';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
