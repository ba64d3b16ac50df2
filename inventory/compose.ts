import {
  type AliasEvent,
  COLLECTION_STYLE,
  EVENT_ID,
  type Event,
  getScalarValue,
  type MappingEvent,
  SCALAR_STYLE,
  type ScalarEvent,
  type SequenceEvent,
} from 'js-yaml';
import type { Json } from '../core/manifest.ts';
import { startOf } from './position.ts';
import { isInteger, NOT_JSON, plainScalar, type ScalarValue } from './scalar.ts';
import { LimitProblem, YamlProblem } from './yaml-problem.ts';

/** The value of a document, and where the items of a list of objects stand. */
export interface Composed {
  readonly value: Json;
  /** For each item of the sequence under the document's key `items`: the index of its event. */
  readonly items: readonly number[];
}

/** Counts what aliases stand for; shared by all documents of one reading. */
export interface AliasBudget {
  left: number;
}

type Mutable = Json[] | Record<string, Json>;

interface Frame {
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

interface Anchor {
  value: Json;
  /** Nodes it stands for, itself included. */
  size: number;
  complete: boolean;
}

const KNOWN_TAGS = new Set(['', '!', '!!str', '!!int', '!!float', '!!bool', '!!null', '!!map', '!!seq']);

/**
 * Builds the value of one document from parser events, with the meaning that Kubernetes' clients give it.
 *
 * @param json whether the text is strict JSON
 * @throws YamlProblem for duplicate and non-string keys, unknown tags, aliases that cannot be followed or stand for too much
 */
export function compose(
  events: readonly Event[],
  text: string,
  budget: AliasBudget,
  json: boolean,
): Composed {
  const frames: Frame[] = [];
  const anchors = new Map<string, Anchor>();
  const items: number[] = [];
  let root: Json = null;
  let nodes = 0;
  let offset = 0;

  const note = (index: number): void => {
    if (frames.length === 2 && frames[0]?.key === 'items' && Array.isArray(frames[1]?.value))
      items.push(index);
  };

  const add = (value: Json): void => {
    const frame = frames.at(-1);
    if (frame === undefined) root = value;
    else if (Array.isArray(frame.value)) frame.value.push(value);
    else if (frame.merging) {
      merge(frame, value);
      frame.merging = false;
    } else addPair(frame, value);
  };

  const open = (event: MappingEvent | SequenceEvent, value: Mutable): void => {
    offset = event.start;
    checkTag(text, event, event.type === EVENT_ID.MAPPING ? '!!map' : '!!seq');
    const frame = frames.at(-1);
    if (frame !== undefined && expectsKey(frame)) {
      throw new YamlProblem(event.start, 'a map or list stands as a key', 'keys must be text');
    }
    if (
      frame?.key !== undefined &&
      event.style === COLLECTION_STYLE.BLOCK &&
      !text.slice(frame.keyOffset, event.start).includes('\n')
    ) {
      throw new YamlProblem(
        event.start,
        'a map or list starts on the line of its key',
        'start it on the next line, indented',
      );
    }
    const anchor = declare(anchors, text, event, value);
    frames.push({
      value,
      anchor,
      nodesBefore: nodes,
      key: undefined,
      keyOffset: offset,
      merging: false,
      merged: undefined,
    });
    nodes += 1;
  };

  for (let index = 0; index < events.length; index += 1) {
    const event = events[index] as Event;
    switch (event.type) {
      case EVENT_ID.MAPPING:
        note(index);
        open(event, {});
        break;
      case EVENT_ID.SEQUENCE:
        note(index);
        open(event, []);
        break;
      case EVENT_ID.SCALAR: {
        offset = startOf(event) ?? offset;
        const frame = frames.at(-1);
        const key = frame !== undefined && expectsKey(frame);
        const value = scalar(event, text, offset, json);
        if (key && isMerge(event, text)) startMerge(frame, offset);
        else if (key) startPair(frame, value, offset, getScalarValue(text, event));
        else {
          note(index);
          nodes += 1;
          add(asJson(value, offset));
        }
        const anchor = declare(anchors, text, event, typeof value === 'symbol' ? null : value);
        if (anchor !== undefined) anchor.complete = true;
        break;
      }
      case EVENT_ID.ALIAS: {
        offset = event.anchorStart - 1;
        const anchor = resolve(anchors, text, event, budget);
        const frame = frames.at(-1);
        if (frame !== undefined && expectsKey(frame))
          startPair(frame, anchor.value, offset, text.slice(offset, event.anchorEnd));
        else {
          note(index);
          nodes += anchor.size;
          add(anchor.value);
        }
        break;
      }
      case EVENT_ID.POP: {
        const frame = frames.pop();
        if (frame === undefined) break;
        if (frame.anchor !== undefined) {
          frame.anchor.size = nodes - frame.nodesBefore;
          frame.anchor.complete = true;
        }
        add(frame.value);
        break;
      }
    }
  }
  return { value: root, items };
}

function expectsKey(frame: Frame): boolean {
  return !Array.isArray(frame.value) && frame.key === undefined && !frame.merging;
}

function declare(
  anchors: Map<string, Anchor>,
  text: string,
  event: { anchorStart: number; anchorEnd: number },
  value: Json,
): Anchor | undefined {
  if (event.anchorStart < 0) return undefined;
  const anchor = { value, size: 1, complete: false };
  anchors.set(text.slice(event.anchorStart, event.anchorEnd), anchor);
  return anchor;
}

function resolve(anchors: Map<string, Anchor>, text: string, event: AliasEvent, budget: AliasBudget): Anchor {
  const name = text.slice(event.anchorStart, event.anchorEnd);
  const offset = event.anchorStart - 1;
  const anchor = anchors.get(name);
  if (anchor === undefined)
    throw new YamlProblem(
      offset,
      `alias *${name} has no anchor`,
      `write &${name} before the value it stands for`,
    );
  if (!anchor.complete) throw new YamlProblem(offset, `anchor &${name} contains itself`, 'remove the alias');
  budget.left -= anchor.size;
  if (budget.left < 0) throw new LimitProblem(offset, 'aliases stand for too many nodes', 'maxAliasNodes');
  return anchor;
}

function startPair(frame: Frame, key: Json | typeof NOT_JSON, offset: number, written: string): void {
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

function addPair(frame: Frame, value: Json): void {
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

function startMerge(frame: Frame, offset: number): void {
  if (frame.merged !== undefined) {
    throw new YamlProblem(offset, 'a second merge key << in one map', 'merge a list: <<: [*first, *second]');
  }
  frame.merging = true;
  frame.keyOffset = offset;
}

function merge(frame: Frame, value: Json): void {
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

function isMerge(event: ScalarEvent, text: string): boolean {
  return (
    event.style === SCALAR_STYLE.PLAIN &&
    event.tagStart < 0 &&
    event.valueEnd - event.valueStart === 2 &&
    text.startsWith('<<', event.valueStart)
  );
}

function scalar(event: ScalarEvent, text: string, offset: number, json: boolean): ScalarValue {
  const value = getScalarValue(text, event);
  if (event.style === SCALAR_STYLE.DOUBLE_QUOTED && !event.fast) checkEscapes(text, event, value, json);
  if (event.tagStart < 0) {
    if (event.style !== SCALAR_STYLE.PLAIN) return value;
    const resolved = plainScalar(value);
    if (json && typeof resolved === 'string')
      throw new YamlProblem(offset, `the number ${value} is beyond JSON's range`);
    return resolved;
  }
  return tagged(checkTag(text, event), value, offset);
}

function tagged(tag: string, value: string, offset: number): ScalarValue {
  if (tag === '!' || tag === '!!str') return value;
  const resolved = plainScalar(value);
  const type =
    resolved === null
      ? '!!null'
      : typeof resolved === 'boolean'
        ? '!!bool'
        : isInteger(value)
          ? '!!int'
          : '!!float';
  const fits = type === tag || (tag === '!!float' && type === '!!int');
  if (typeof resolved === 'string' || !fits)
    throw new YamlProblem(offset, `${JSON.stringify(value)} is not a ${tag}`, 'remove the tag');
  return resolved;
}

/** @returns the tag as written, `''` without one. */
function checkTag(text: string, event: ScalarEvent | MappingEvent | SequenceEvent, own?: string): string {
  if (event.tagStart < 0) return '';
  const tag = text.slice(event.tagStart, event.tagEnd);
  const fits = own === undefined ? KNOWN_TAGS.has(tag) && tag !== '!!map' && tag !== '!!seq' : tag === own;
  if (!fits)
    throw new YamlProblem(event.tagStart, `the tag ${tag} means nothing to Kubernetes here`, 'remove it');
  return tag;
}

function checkEscapes(text: string, event: ScalarEvent, value: string, json: boolean): void {
  if (!value.isWellFormed())
    throw new YamlProblem(
      event.valueStart,
      'an escape that is half a character',
      'write both halves, or the character itself',
    );
  const source = text.slice(event.valueStart, event.valueEnd);
  for (const { 0: sequence, 1: hex, index } of source.matchAll(/\\(?:[uU]([0-9a-fA-F]{4,8})|.)/gs)) {
    if (hex === undefined) continue;
    const long = sequence[1] === 'U';
    const code = Number.parseInt(long ? hex : hex.slice(0, 4), 16);
    if (code > 0x10ffff || (!json && code >= 0xd800 && code <= 0xdfff)) {
      throw new YamlProblem(
        event.valueStart + index,
        `the escape ${sequence} is not a character`,
        'write the character itself',
      );
    }
  }
}

function asJson(value: ScalarValue, offset: number): Json {
  if (value === NOT_JSON)
    throw new YamlProblem(
      offset,
      'a number that JSON cannot hold (infinity or NaN)',
      'quote it to make it text',
    );
  return value as Json;
}
