import { SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import type { Json } from '../core/manifest.ts';
import type { Anchor } from './alias.ts';
import type { NOT_JSON } from './scalar.ts';
import { YamlProblem } from './yaml-problem.ts';

export type Mutable = Json[] | Record<string, Json>;

/** A map or list that is being built. */
export interface Frame {
  readonly value: Mutable;
  readonly anchor: Anchor | undefined;
  /** Nodes seen before this one. */
  readonly nodesBefore: number;
  /** The key whose value comes next. */
  key: string | undefined;
  keyOffset: number;
  merging: boolean;
  /** Keys that came in through `<<` and may still be overridden; undefined before a merge. */
  merged: Set<string> | undefined;
}

/** @returns whether what comes next is a key of a map. */
export function expectsKey(frame: Frame): boolean {
  return !Array.isArray(frame.value) && frame.key === undefined && !frame.merging;
}

/** Takes a key; the value comes next. */
export function startPair(frame: Frame, key: Json | typeof NOT_JSON, offset: number, written: string): void {
  if (typeof key !== 'string') {
    const type =
      typeof key === 'symbol'
        ? 'a number'
        : key === null
          ? 'null'
          : typeof key === 'object'
            ? 'a map or list'
            : `the ${typeof key} ${key}`;
    throw new YamlProblem(
      offset,
      `the key ${JSON.stringify(written)} is read as ${type}, not as text`,
      'quote it',
    );
  }
  if (Object.hasOwn(frame.value, key) && frame.merged?.has(key) !== true) {
    throw new YamlProblem(
      offset,
      `duplicate key ${JSON.stringify(key)}`,
      'remove one of the two; readers disagree about which counts',
    );
  }
  frame.key = key;
  frame.keyOffset = offset;
}

/** Takes the value of the key before. */
export function addPair(frame: Frame, value: Json): void {
  if (frame.key === undefined || Array.isArray(frame.value)) return;
  set(frame.value, frame.key, value);
  frame.merged?.delete(frame.key);
  frame.key = undefined;
}

/** `__proto__` becomes a key like any other. */
function set(map: Record<string, Json>, key: string, value: Json): void {
  if (key === '__proto__')
    Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true });
  else map[key] = value;
}

/** Takes a merge key; what it merges comes next. */
export function startMerge(frame: Frame, offset: number): void {
  if (frame.merged !== undefined) {
    throw new YamlProblem(offset, 'a second merge key << in one map', 'merge a list: <<: [*first, *second]');
  }
  frame.merging = true;
  frame.keyOffset = offset;
}

/** Takes what a merge key merges. */
export function merge(frame: Frame, value: Json): void {
  frame.merged = new Set();
  // the first of a list wins, so the last is merged first
  for (const source of Array.isArray(value) ? value.toReversed() : [value]) {
    if (typeof source !== 'object' || source === null || Array.isArray(source)) {
      throw new YamlProblem(
        frame.keyOffset,
        'the merge key << has something other than maps',
        'give it an alias of a map, or a list of them',
      );
    }
    for (const [key, merged] of Object.entries(source)) {
      if (Object.hasOwn(frame.value, key) && !frame.merged.has(key)) {
        throw new YamlProblem(
          frame.keyOffset,
          `the merge key << also sets ${JSON.stringify(key)}, which stands above it`,
          'write << first; kubectl lets what comes last win',
        );
      }
      set(frame.value as Record<string, Json>, key, merged as Json);
      frame.merged.add(key);
    }
  }
}

/** @returns whether a key is the merge key `<<`. */
export function isMerge(event: ScalarEvent, text: string): boolean {
  return (
    event.style === SCALAR_STYLE.PLAIN &&
    event.tagStart < 0 &&
    event.valueEnd - event.valueStart === 2 &&
    text.startsWith('<<', event.valueStart)
  );
}
