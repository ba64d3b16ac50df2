import Type from 'typebox';
import { Check } from 'typebox/value';
import type { Inventory, InventoryObject } from '../inventory/index.ts';
import { inlineObjects } from './inline-objects.ts';
import { QuestionError } from './question.ts';
import { REFERENCE, type Reference, referenceText, refersTo } from './reference.ts';

/**
 * A field that is an object: inline, `{kind, namespace, name}` of one in the input, or the same as text,
 * `namespace/Kind/name`, and `Kind/name` of one without a namespace.
 */
export const OBJECT = Type.Union([Type.Object({}), Type.String({ minLength: 1 })], {
  description: 'an object, {kind, namespace, name} of one in the input, or namespace/Kind/name',
});

/**
 * The one object that a field means.
 *
 * @param name of the field, for messages
 * @throws QuestionError where there is none, or more than one
 */
export function objectOf(inventory: Inventory, value: unknown, name: string): InventoryObject {
  const reference = typeof value === 'string' ? parseReference(value, name) : value;
  if (!Check(REFERENCE, reference)) {
    const [object, ...others] = inlineObjects(named(value), name);
    if (object === undefined || others.length > 0)
      throw new QuestionError('invalid-object', `${name} is a list; ask about its items one by one`);
    return object;
  }
  const found = inventory.ofKind(reference.kind).filter(refersTo(reference));
  const [object, other] = found;
  if (object === undefined)
    throw new QuestionError('not-found', `${name}: there is no ${referenceText(reference)} in the input`);
  if (other !== undefined) {
    const versions = found.map(({ identity }) => identity.apiVersion).join(', ');
    throw new QuestionError(
      'malformed',
      `${name}: several objects have this name; add apiVersion: ${versions}`,
    );
  }
  return object;
}

/** A name may be left out of an object that nobody refers to; it is then one that the API server makes. */
function named(value: unknown): unknown {
  if (!Check(UNNAMED, value)) return value;
  return { ...value, metadata: { generateName: '', ...value.metadata } };
}

const UNNAMED = Type.Object({
  kind: Type.String(),
  metadata: Type.Optional(Type.Object({ name: Type.Optional(Type.Never()) })),
});

function parseReference(text: string, name: string): Reference {
  const parts = text.split('/');
  const [first = '', second = '', third] = parts;
  if (parts.length < 2 || parts.length > 3 || parts.includes(''))
    throw new QuestionError('malformed', `${name} is ${text}; write namespace/Kind/name`);
  return third === undefined
    ? { kind: first, name: second }
    : { namespace: first, kind: second, name: third };
}
