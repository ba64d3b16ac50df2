import { EVENT_ID } from 'js-yaml';
import type { Manifest, ObjectIdentity } from '../core/manifest.ts';
import { InputError, type Problem } from '../core/problem.ts';
import type { AliasBudget } from './alias.ts';
import { type Composed, compose } from './compose.ts';
import { type Chunk, splitDocuments } from './documents.ts';
import { documentEvents, MENDING_BUDGET, type MendingBudget } from './events.ts';
import { checkForKubernetes } from './kubernetes-yaml.ts';
import { beyondLimit, DEFAULT_LIMITS, type Limits } from './limits.ts';
import { type Found, flatten, type Value } from './list.ts';
import type { InventoryObject } from './model.ts';
import { nameOf, shapeProblems } from './object-shape.ts';
import { locate, startOf } from './position.ts';
import { type EventCache, eventsOf, lineAndColumn, placeText, type Source } from './source.ts';
import { LimitProblem, YamlProblem } from './yaml-problem.ts';

/** What the files of one reading share. */
export interface Reading {
  readonly limits: Limits;
  readonly aliases: AliasBudget;
  readonly mending: MendingBudget;
  readonly cache: EventCache;
  /** Objects read so far. */
  objects: number;
}

/** @returns the state of a reading that has read nothing yet. */
export function startReading(options: Partial<Limits> = {}): Reading {
  const limits = { ...DEFAULT_LIMITS, ...options };
  return {
    limits,
    aliases: { left: limits.maxAliasNodes },
    mending: { left: MENDING_BUDGET },
    cache: {},
    objects: 0,
  };
}

/**
 * The Kubernetes objects of a YAML or JSON text: documents one by one, items of lists as objects of their own.
 *
 * @param file name for positions and errors
 * @throws InputError with every problem of the text
 */
export function parseManifests(text: string, file: string, options: Partial<Limits> = {}): InventoryObject[] {
  const problems: Problem[] = [];
  const objects = parseInto(
    problems,
    { file, text: text.startsWith('\ufeff') ? text.slice(1) : text },
    startReading(options),
  );
  if (problems.length > 0) throw new InputError(problems);
  return objects;
}

/** As `parseManifests`, with problems added to a list instead of thrown. */
export function parseInto(problems: Problem[], source: Source, reading: Reading): InventoryObject[] {
  const objects: InventoryObject[] = [];
  for (const { value, offset, items } of parseValues(problems, source, reading)) {
    // counted before any is looked at, for each of a million wrong items would have a problem of its own
    for (const _ of flatten(value, offset, items)) {
      reading.objects += 1;
      if (reading.objects > reading.limits.maxObjects) {
        problems.unshift(beyondLimit(source.file, 'too many objects', 'maxObjects', reading.limits));
        return objects;
      }
    }
    for (const found of flatten(value, offset, items)) {
      const wrong = shapeProblems(found.value);
      for (const { pointer, what, remedy } of wrong) {
        problems.push({ where: placeText(source, found.offset(pointer)), what, remedy });
      }
      if (wrong.length === 0) objects.push(inventoryObject(found.value as Manifest, source, found.offset));
    }
  }
  return objects;
}

/** The value of each document that has one; read one by one, so that a caller may stop. */
export function* parseValues(problems: Problem[], source: Source, reading: Reading): Generator<Value> {
  const { limits, cache } = reading;
  const chunks = splitDocuments(source.text);
  for (;;) {
    const next = attempt(problems, source, 0, limits, () => chunks.next());
    if (next === undefined || next.done === true) return;
    const { start, end } = next.value;
    const document = attempt(problems, source, start, limits, () =>
      parseDocument(source, next.value, reading),
    );
    if (document === undefined) continue;
    const offsetFrom = (event: number) => (pointer: string) => {
      const { events, text, original } = eventsOf(cache, source, start, end, limits.maxDepth);
      return start + original(locate(events, text, event, pointer));
    };
    yield {
      value: document.value,
      offset: offsetFrom(1),
      items: (index) => offsetFrom(document.items[index] ?? 1),
    };
  }
}

function inventoryObject(manifest: Manifest, source: Source, offset: Found['offset']): InventoryObject {
  return {
    identity: identity(manifest),
    manifest,
    file: source.file,
    position: (pointer) => ({ file: source.file, ...lineAndColumn(source, offset(pointer)) }),
  };
}

function identity(manifest: Manifest): ObjectIdentity {
  const { apiVersion, kind, metadata } = manifest;
  const name = nameOf(manifest);
  return typeof metadata.namespace === 'string' && metadata.namespace !== ''
    ? { apiVersion, kind, namespace: metadata.namespace, name }
    : { apiVersion, kind, name };
}

function parseDocument(
  source: Source,
  chunk: Chunk,
  { limits, aliases, mending }: Reading,
): Composed | undefined {
  if (chunk.end - chunk.start > limits.maxDocumentBytes) {
    throw new LimitProblem(0, `a document of ${chunk.end - chunk.start} bytes`, 'maxDocumentBytes');
  }
  const document = documentEvents(source.text.slice(chunk.start, chunk.end), limits.maxDepth, mending);
  const { events, text, original } = document;
  if (!chunk.json) checkForKubernetes(document);
  const second = events.findIndex((event, index) => index > 0 && event.type === EVENT_ID.DOCUMENT);
  if (second >= 0) {
    throw new YamlProblem(
      original(startOf(events[second + 1]) ?? 0),
      'a second document after ...',
      'start it with ---; kubectl does not read it otherwise',
    );
  }
  const composed = inOriginal(original, () => compose(events, text, aliases, chunk.json));
  // nothing but comments, or null, which kubectl skips as well
  if (composed.value !== null) return composed;
  const end = /^\.\.\.(?=\s)/m.exec(text);
  if (end !== null)
    throw new YamlProblem(end.index, '... without a document before it', 'remove it; kubectl cannot read it');
  return undefined;
}

/** Problems of a mended text, with offsets in the text as written. */
function inOriginal<T>(original: (offset: number) => number, step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (error instanceof LimitProblem)
      throw new LimitProblem(original(error.offset), error.message, error.limit);
    if (error instanceof YamlProblem)
      throw new YamlProblem(original(error.offset), error.message, error.remedy);
    throw error;
  }
}

/** Runs a step; what is wrong with the text becomes a problem, anything else is a defect of ours and is thrown. */
function attempt<T>(
  problems: Problem[],
  source: Source,
  start: number,
  limits: Limits,
  step: () => T,
): T | undefined {
  try {
    return step();
  } catch (error) {
    problems.push(problemOf(error, source, start, limits));
    return undefined;
  }
}

function problemOf(error: unknown, source: Source, start: number, limits: Limits): Problem {
  if (error instanceof LimitProblem)
    return beyondLimit(placeText(source, start + error.offset), error.message, error.limit, limits);
  if (error instanceof YamlProblem) {
    const remedy = templateRemedy(source.text, start + error.offset) ?? error.remedy;
    const problem = { where: placeText(source, start + error.offset), what: error.message };
    return remedy === undefined ? problem : { ...problem, remedy };
  }
  if (error instanceof RangeError)
    return beyondLimit(placeText(source, start), 'a document too deep for the stack', 'maxDepth', limits);
  throw error;
}

/** A template that was not rendered is the usual reason for `{{` at or just before a syntax error. */
function templateRemedy(text: string, offset: number): string | undefined {
  const lineStart = text.lastIndexOf('\n', text.lastIndexOf('\n', offset - 1) - 1) + 1;
  const lineEnd = text.indexOf('\n', offset);
  const near = text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd);
  return near.includes('{{')
    ? 'this looks like a Helm template; render it with helm template, and read its output'
    : undefined;
}
