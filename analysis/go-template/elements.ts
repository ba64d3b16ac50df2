import type { Unknowns } from './bytes.ts';
import { failExecution, Undetermined } from './error.ts';
import { BYTE, STRING } from './type.ts';
import {
  entriesOf,
  type GoValue,
  indirect,
  intValue,
  known,
  type Maybe,
  stringValue,
  zeroOf,
} from './value.ts';

/** `index`: an element of an element of a value, as deep as there are indexes. */
export function index(item: Maybe, indexes: readonly Maybe[], unknowns: Unknowns): Maybe {
  if (item === undefined) failExecution('index of untyped nil');
  return indexes.reduce((at, each) => elementOf(at, each, unknowns), item as Maybe);
}

function elementOf(item: Maybe, at: Maybe, unknowns: Unknowns): Maybe {
  const target = indirect(item);
  switch (target?.kind) {
    case 'ptr':
      return failExecution('index of nil pointer');
    case 'string': {
      const bytes = unknowns.known(target.data);
      return intValue(bytes.charCodeAt(within(position(at, bytes.length), bytes.length)), BYTE);
    }
    case 'slice': {
      const items = known(target.data) ?? [];
      return items[within(position(at, items.length), items.length)];
    }
    case 'map':
      return entryOf(target, at, unknowns);
    default:
      return failExecution(`can't index item of type ${target?.type.name}`);
  }
}

function entryOf(map: GoValue & { kind: 'map' }, at: Maybe, unknowns: Unknowns): Maybe {
  const key = map.type.key?.() ?? STRING;
  const elem = map.type.elem?.() ?? STRING;
  if (at === undefined) return failExecution(`value is nil; should be of type ${key.name}`);
  if (at.kind !== 'string' || at.type.name !== key.name)
    return failExecution(`value has type ${at.type.name}; should be ${key.name}`);
  const data = known(map.data);
  const name = unknowns.known(at.data);
  return data?.entries.get(name) ?? data?.later?.(name) ?? zeroOf(elem);
}

/** `slice`: a part of a string or of a slice. */
export function slice(item: Maybe, indexes: readonly Maybe[], unknowns: Unknowns): Maybe {
  if (item === undefined) failExecution('slice of untyped nil');
  const target = indirect(item);
  if (target?.kind === 'ptr') return failExecution('slice of nil pointer');
  if (indexes.length > 3) failExecution(`too many slice indexes: ${indexes.length}`);
  if (target?.kind === 'string') {
    if (indexes.length === 3) failExecution('cannot 3-index slice a string');
    const bytes = unknowns.known(target.data);
    const [start, end] = bounds(indexes, bytes.length, bytes.length);
    return stringValue(bytes.slice(start, end), target.type);
  }
  if (target?.kind !== 'slice') return failExecution(`can't slice item of type ${target?.type.name}`);
  const items = known(target.data) ?? [];
  const [start, end] = bounds(indexes, items.length, UNKNOWN_CAPACITY);
  return { kind: 'slice', type: target.type, data: target.data === null ? null : items.slice(start, end) };
}

/** How much room a slice has beyond its length depends on how the API client read it. */
const UNKNOWN_CAPACITY = undefined;

function bounds(
  indexes: readonly Maybe[],
  length: number,
  capacity: number | undefined,
): readonly [number, number] {
  const places = indexes.map((each) => {
    const place = position(each, capacity ?? Number.POSITIVE_INFINITY);
    if (place > length) throw new Undetermined('the capacity of a slice');
    return place;
  });
  const [start = 0, end = length, most = length] = places;
  if (start > end) failExecution(`invalid slice index: ${start} > ${end}`);
  if (end > most) failExecution(`invalid slice index: ${end} > ${most}`);
  return [start, end];
}

/** An index from 0 to a limit, inclusive. */
function position(at: Maybe, limit: number): number {
  if (at === undefined) return failExecution('cannot index slice/array with nil');
  if (at.kind !== 'int' && at.kind !== 'uint')
    return failExecution(`cannot index slice/array with type ${at.type.name}`);
  const place = known(at.data);
  if (place < 0n || place > limit) failExecution(`index out of range: ${place}`);
  return Number(place);
}

function within(place: number, length: number): number {
  return place < length ? place : failExecution('reflect: slice index out of range');
}

/** `len`: bytes of a string, items of a slice, entries of a map. */
export function length(item: Maybe, unknowns: Unknowns): number {
  const target = indirect(item);
  switch (target?.kind) {
    case 'ptr':
      return failExecution('len of nil pointer');
    case 'string':
      return unknowns.known(target.data).length;
    case 'slice':
      return known(target.data)?.length ?? 0;
    case 'map': {
      const map = known(target.data);
      return map === null ? 0 : entriesOf(map).length;
    }
    default:
      return failExecution(`len of type ${target?.type.name}`);
  }
}
