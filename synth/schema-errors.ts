import type { UnknownField } from '../api/fields.ts';
import type { Json, JsonObject } from '../core/manifest.ts';
import { nearest } from '../core/nearest.ts';
import type { Fault } from './fault.ts';
import type { SchemaError } from './validators.ts';

/** Keywords that only gather the errors of their branches. */
const GATHERING: ReadonlySet<string> = new Set(['if', 'not', 'allOf']);

/**
 * Says in words what validators found, one fault a place: of the branches of a choice, what all of them ask for.
 *
 * @param value the value that was validated
 */
export function schemaFaults(errors: readonly SchemaError[], value: Json): Fault[] {
  const choices = errors.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf');
  const faults = new Map<string, Fault>();
  for (const error of errors) {
    if (GATHERING.has(error.keyword)) continue;
    const choice = choices.find(({ instancePath }) => instancePath === error.instancePath);
    const fault = choice === undefined ? faultOf(error, value) : choiceFault(choice, errors, value);
    faults.set(`${fault.path} ${fault.what}`, fault);
  }
  return [...faults.values()];
}

/** @returns an unknown field in words, with the known field that was probably meant. */
export function unknownFault({ path, field, known }: UnknownField): Fault {
  const what = `unknown field ${JSON.stringify(field)}`;
  if (known.length === 0) return { path, what };
  const meant = nearest(field, known);
  return { path, what, remedy: meant ? `did you mean ${meant}?` : `the API knows: ${known.join(', ')}` };
}

function faultOf({ instancePath: path, keyword, params, message }: SchemaError, root: Json): Fault {
  const text = shown(valueAt(root, path));
  switch (keyword) {
    case 'required':
      return { path, what: `${params['missingProperty']} is missing`, remedy: 'the API requires it' };
    case 'type':
      return { path, what: `${text} is not ${article(String(params['type']))}` };
    case 'enum':
      return { path, what: `${text} is not allowed`, remedy: `use one of: ${list(params['allowedValues'])}` };
    case 'const':
      return { path, what: `${text} is not allowed`, remedy: `use ${shown(params['allowedValue'] as Json)}` };
    case 'pattern':
      return { path, what: `${text} does not match ${params['pattern']}` };
    case 'format':
      return { path, what: `${text} is not ${article(String(params['format']))}` };
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return {
        path,
        what: `${text} is out of range`,
        remedy: `it must be ${params['comparison']} ${params['limit']}`,
      };
    case 'minLength':
    case 'maxLength':
      return {
        path,
        what: `${text} is too ${keyword === 'minLength' ? 'short' : 'long'}`,
        remedy: `the limit is ${params['limit']} characters`,
      };
    case 'minItems':
    case 'maxItems':
    case 'minProperties':
    case 'maxProperties':
      return {
        path,
        what: `has too ${keyword.startsWith('min') ? 'few' : 'many'} entries`,
        remedy: `the limit is ${params['limit']}`,
      };
    default:
      return { path, what: `${text} ${message ?? `violates "${keyword}" of its schema`}` };
  }
}

/** A choice of simple types, such as "a number or a string", reads best as what they are together. */
function choiceFault({ instancePath: path }: SchemaError, errors: readonly SchemaError[], root: Json): Fault {
  const text = shown(valueAt(root, path));
  const here = errors.filter((error) => error.instancePath === path);
  const of = (keyword: string, param: string) => [
    ...new Set(here.filter((error) => error.keyword === keyword).map(({ params }) => String(params[param]))),
  ];
  // a branch that asks for a format had the right type
  const [wanted] = [of('format', 'format'), of('type', 'type')].filter((names) => names.length > 0);
  if (wanted !== undefined) return { path, what: `${text} is not ${wanted.map(article).join(' or ')}` };
  const missing = of('required', 'missingProperty');
  if (missing.length > 0)
    return { path, what: `needs ${missing.join(' or ')}, in a form that the API knows` };
  return { path, what: `${text} fits none of the forms that the API knows` };
}

function article(type: string): string {
  if (type === 'null') return 'null';
  return `${/^[aeio]/.test(type) ? 'an' : 'a'} ${type}`;
}

function list(values: unknown): string {
  return Array.isArray(values) ? values.map((value) => shown(value)).join(', ') : String(values);
}

const LONGEST = 80;

function shown(value: Json | undefined): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
}

function valueAt(root: Json, pointer: string): Json | undefined {
  let value: Json | undefined = root;
  for (const segment of pointer.split('/').slice(1)) {
    if (typeof value !== 'object' || value === null) return undefined;
    const key = segment.replaceAll('~1', '/').replaceAll('~0', '~');
    value = Array.isArray(value) ? value[Number(key)] : (value as JsonObject)[key];
  }
  return value;
}
