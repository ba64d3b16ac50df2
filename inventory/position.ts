import { EVENT_ID, type Event, getScalarValue, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import { pointerSegment } from '../core/pointer.ts';

/**
 * Where the field of a JSON pointer stands: the key in a map, the item in a list; of a field that is not written,
 * the nearest parent that is, and of one that came in by `<<`, the merge key.
 *
 * @param at index of the event that the pointer starts from
 * @returns an offset into `text`
 */
export function locate(events: readonly Event[], text: string, at: number, pointer: string): number {
  let offset = startOf(events[at]) ?? 0;
  for (const segment of pointerSegments(pointer)) {
    const found = member(events, text, at, segment);
    if (found === undefined) break;
    offset = found.offset ?? offset;
    if (found.index === undefined) break;
    at = found.index;
  }
  return offset;
}

/** @returns the decoded segments of a JSON pointer (RFC 6901). */
export function pointerSegments(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** @returns a JSON pointer (RFC 6901) of the given segments. */
export function pointerOf(...segments: readonly (string | number)[]): string {
  return segments.map((segment) => `/${pointerSegment(segment)}`).join('');
}

interface Member {
  readonly offset: number | undefined;
  /** Index of the value's event; undefined where the walk cannot go on. */
  readonly index: number | undefined;
}

function member(events: readonly Event[], text: string, at: number, segment: string): Member | undefined {
  const parent = events[at];
  if (parent?.type === EVENT_ID.SEQUENCE) return item(events, at, segment);
  if (parent?.type !== EVENT_ID.MAPPING) return undefined;
  let merge: Member | undefined;
  let index = at + 1;
  while (index < events.length && events[index]?.type !== EVENT_ID.POP) {
    const key = events[index];
    const value = after(events, index);
    if (key?.type === EVENT_ID.SCALAR) {
      const name = getScalarValue(text, key);
      if (name === segment) return { offset: startOf(key), index: value };
      if (name === '<<' && key.style === SCALAR_STYLE.PLAIN)
        merge = { offset: startOf(key), index: undefined };
    }
    index = after(events, value);
  }
  return merge;
}

function item(events: readonly Event[], at: number, segment: string): Member | undefined {
  if (!/^\d+$/.test(segment)) return undefined;
  let index = at + 1;
  for (let left = Number(segment); left > 0; left -= 1) {
    if (events[index]?.type === EVENT_ID.POP || index >= events.length) return undefined;
    index = after(events, index);
  }
  if (events[index]?.type === EVENT_ID.POP || index >= events.length) return undefined;
  return { offset: startOf(events[index]), index };
}

/** @returns the index after a whole node. */
function after(events: readonly Event[], index: number): number {
  let depth = 0;
  for (let at = index; at < events.length; at += 1) {
    const type = events[at]?.type;
    if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) depth += 1;
    else if (type === EVENT_ID.POP) depth -= 1;
    if (depth === 0) return at + 1;
  }
  return events.length;
}

/** @returns where a node starts; undefined for an empty one, and for what is no node. */
export function startOf(event: Event | undefined): number | undefined {
  if (event === undefined) return undefined;
  switch (event.type) {
    case EVENT_ID.MAPPING:
    case EVENT_ID.SEQUENCE:
      return event.start;
    case EVENT_ID.ALIAS:
      return event.anchorStart - 1;
    case EVENT_ID.SCALAR:
      return scalarStart(event);
    default:
      return undefined;
  }
}

function scalarStart(event: ScalarEvent): number | undefined {
  if (event.valueStart < 0) {
    if (event.tagStart >= 0) return event.tagStart;
    return event.anchorStart >= 0 ? event.anchorStart - 1 : undefined;
  }
  const quoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
  return quoted ? event.valueStart - 1 : event.valueStart;
}
