import { bytesOf } from './bytes.ts';
import { failExecution, Undetermined } from './error.ts';
import { type GoValue, indirect, known, type Maybe } from './value.ts';

/**
 * A field of a struct, or an entry of a map, as `.Name` gives it.
 *
 * @param hasArguments whether it is invoked like a function
 * @throws TemplateError
 * @throws Undetermined
 */
export function fieldOf(receiver: Maybe, name: string, hasArguments: boolean): Maybe {
  const target = indirect(receiver);
  if (receiver === undefined || target === undefined) return undefined;
  const typeName = receiver.type.name;
  const pointed = target.kind === 'ptr' ? target.type.elem?.() : target.type;
  if (target.kind === 'opaque') throw new Undetermined(target.data.name);
  if (pointed?.methods?.has(name)) return methodOf(target, name, hasArguments);
  if (target.kind === 'ptr' && (pointed?.kind !== 'struct' || pointed.fields?.().has(name)))
    failExecution(`nil pointer evaluating ${typeName}.${name}`);
  if (target.kind === 'struct' && target.type.fields?.().has(name)) {
    if (hasArguments) failExecution(`${name} has arguments but cannot be invoked as function`);
    return target.data.field(name);
  }
  // a key of another type than string is not what a name gives
  if (target.kind === 'map' && target.type.key?.().name === 'string') {
    if (hasArguments) failExecution(`${name} is not a method but has arguments`);
    const map = known(target.data);
    const key = bytesOf(name);
    return map?.entries.get(key) ?? map?.later?.(key);
  }
  return failExecution(`can't evaluate field ${name} in type ${typeName}`);
}

/** Of the methods, those of object metadata that give a field. */
function methodOf(target: GoValue, name: string, hasArguments: boolean): Maybe {
  const field = GETTERS.has(name) ? name.slice('Get'.length) : '';
  if (target.kind !== 'struct' || !target.type.fields?.().has(field))
    throw new Undetermined(`the method ${name} of ${target.type.name}`);
  if (hasArguments) failExecution(`wrong number of args for ${name}: want 0`);
  return target.data.field(field);
}

const GETTERS = new Set(
  ['Annotations', 'Finalizers', 'GenerateName', 'Labels', 'Name', 'Namespace', 'OwnerReferences', 'UID'].map(
    (field) => `Get${field}`,
  ),
);
