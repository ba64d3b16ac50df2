import {
  CORE_SCHEMA,
  constructFromEvents,
  EVENT_ID,
  type Event,
  getScalarValue,
  parseEvents,
  YAMLException,
} from 'js-yaml';
import { pointerSegment } from './pointer.ts';
import { InputError, type Problem } from './problem.ts';

/** A YAML file that a person wrote, with the place of every key and value in it. */
export interface YamlSource {
  readonly value: unknown;
  /** What is wrong in the text although it could be read: duplicate keys, keys that are no strings. */
  readonly problems: readonly Problem[];
  /** Every scalar value, keys excepted, in the order of the text. */
  readonly scalars: readonly { readonly pointer: string; readonly text: string }[];
  /**
   * @param pointer JSON pointer (RFC 6901); of a path that is not written, the nearest parent that is
   * @param part the key itself, or what stands after it
   * @returns `file:line:column`
   */
  where(pointer: string, part?: 'key' | 'value'): string;
}

/** Start offsets of the keys and values of a document, by JSON pointer. */
interface Offsets {
  readonly keys: Map<string, number>;
  readonly values: Map<string, number>;
}

/** A mapping or sequence that is being walked. */
interface Open {
  readonly pointer: string;
  /** Index of the next item; `undefined` in a mapping. */
  index?: number;
  /** The key that waits for its value. */
  key?: string;
  readonly seen: Set<string>;
}

/**
 * Reads one YAML document.
 *
 * @throws InputError at the first syntax error, alias, second document or missing document: after it, nothing
 * that follows means what it says
 */
export function readYaml(text: string, file: string): YamlSource {
  const events = eventsOf(text, file);
  const place = (offset: number): string => {
    const before = text.slice(0, offset);
    const line = before.split('\n').length;
    return `${file}:${line}:${offset - before.lastIndexOf('\n')}`;
  };
  const { offsets, problems, scalars } = walk(text, events, place);
  return {
    value: constructed(text, events, file),
    problems,
    scalars,
    where(pointer, part = 'value') {
      for (let path = pointer; ; path = path.slice(0, path.lastIndexOf('/'))) {
        const [first, second] =
          part === 'key' && path === pointer
            ? [offsets.keys, offsets.values]
            : [offsets.values, offsets.keys];
        const offset = first.get(path) ?? second.get(path);
        if (offset !== undefined) return place(offset);
        if (path === '') return place(0);
      }
    },
  };
}

function eventsOf(text: string, file: string): Event[] {
  try {
    const events = parseEvents(text, { filename: file });
    const documents = events.filter((event) => event.type === EVENT_ID.DOCUMENT).length;
    if (documents !== 1 || events.length < 3) {
      const what = documents > 1 ? `${documents} YAML documents` : 'no content';
      throw new InputError([
        { where: `${file}:1:1`, what, remedy: 'write one document with keys and values' },
      ]);
    }
    return events;
  } catch (error) {
    throw asInputError(error, file);
  }
}

function constructed(text: string, events: Event[], file: string): unknown {
  try {
    // `json` lets duplicate keys pass here because walk() reports every one of them with its line
    return constructFromEvents(events, { source: text, schema: CORE_SCHEMA, json: true, maxAliases: 0 })[0];
  } catch (error) {
    throw asInputError(error, file);
  }
}

function asInputError(error: unknown, file: string): unknown {
  if (!(error instanceof YAMLException)) return error;
  const { mark, reason } = error;
  const where = mark === undefined ? `${file}:1:1` : `${file}:${mark.line + 1}:${mark.column + 1}`;
  return new InputError([{ where, what: `not valid YAML: ${reason}` }]);
}

function walk(text: string, events: readonly Event[], place: (offset: number) => string) {
  const offsets: Offsets = { keys: new Map(), values: new Map() };
  const problems: Problem[] = [];
  const scalars: { pointer: string; text: string }[] = [];
  const open: Open[] = [];

  /** The pointer of the value that begins now; undefined where a key stands. */
  const valuePointer = (): string | undefined => {
    const parent = open.at(-1);
    if (parent === undefined) return '';
    if (parent.index !== undefined) return `${parent.pointer}/${parent.index++}`;
    if (parent.key === undefined) return undefined;
    const pointer = `${parent.pointer}/${pointerSegment(parent.key)}`;
    delete parent.key;
    return pointer;
  };

  const readKey = (parent: Open, key: string, offset: number): void => {
    if (parent.seen.has(key)) {
      const what = `duplicate key ${JSON.stringify(key)}`;
      problems.push({ where: place(offset), what, remedy: 'keep one of the two' });
    }
    parent.seen.add(key);
    parent.key = key;
    offsets.keys.set(`${parent.pointer}/${pointerSegment(key)}`, offset);
  };

  for (const event of events) {
    if (event.type === EVENT_ID.DOCUMENT) continue;
    if (event.type === EVENT_ID.POP) {
      open.pop();
    } else if (event.type === EVENT_ID.ALIAS) {
      const what = 'an alias, which the file does not need';
      throw new InputError([{ where: place(event.anchorStart), what, remedy: 'write the value out' }]);
    } else if (event.type === EVENT_ID.SCALAR) {
      const parent = open.at(-1);
      const value = getScalarValue(text, event);
      const pointer = valuePointer();
      if (pointer !== undefined) {
        // nothing is written after a key without a value
        if (event.valueStart >= 0) offsets.values.set(pointer, event.valueStart);
        scalars.push({ pointer, text: value });
      } else if (parent !== undefined) {
        readKey(parent, value, event.valueStart);
      }
    } else {
      const pointer = valuePointer();
      if (pointer === undefined) {
        const what = 'a key that is a list or a mapping';
        throw new InputError([{ where: place(event.start), what, remedy: 'keys are plain words' }]);
      }
      offsets.values.set(pointer, event.start);
      const seen = new Set<string>();
      open.push(event.type === EVENT_ID.SEQUENCE ? { pointer, index: 0, seen } : { pointer, seen });
    }
  }
  return { offsets, problems, scalars };
}
