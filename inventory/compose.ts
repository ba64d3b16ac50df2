import {
  COLLECTION_STYLE,
  EVENT_ID,
  type Event,
  getScalarValue,
  type MappingEvent,
  type SequenceEvent,
} from 'js-yaml';
import type { Json } from '../core/manifest.ts';
import { type AliasBudget, type Anchor, declare, resolve } from './alias.ts';
import {
  addPair,
  expectsKey,
  type Frame,
  isMerge,
  type Mutable,
  merge,
  startMerge,
  startPair,
} from './frame.ts';
import { startOf } from './position.ts';
import { asJson, checkTag, scalar } from './tagged-scalar.ts';
import { YamlProblem } from './yaml-problem.ts';

/** The value of a document, and where the items of a list of objects stand. */
export interface Composed {
  readonly value: Json;
  /** For each item of the sequence under the document's key `items`: the index of its event. */
  readonly items: readonly number[];
}

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
