import type { Json, JsonObject, Manifest } from '../core/manifest.ts';
import { isMap } from './json.ts';
import { pointerOf } from './position.ts';

/** What keeps a value from being a Kubernetes object. */
export interface ShapeProblem {
  /** JSON pointer into the value. */
  readonly pointer: string;
  readonly what: string;
  readonly remedy: string;
}

/** @returns what keeps a value from being a Kubernetes object; empty where it is one. */
export function shapeProblems(value: Json): ShapeProblem[] {
  if (!isMap(value)) {
    const what = Array.isArray(value)
      ? 'a list'
      : value === null
        ? 'null'
        : `the ${typeof value} ${JSON.stringify(value)}`;
    return [
      problem(
        '',
        `this is ${what}, not a Kubernetes object`,
        'every document and every item of a list needs apiVersion, kind and metadata',
      ),
    ];
  }
  if (value['apiVersion'] === undefined && value['kind'] === undefined) {
    const remedy =
      notAnObjectRemedy(value) ?? 'add them, or leave this file out; Helm values are no manifests';
    return [problem('', 'this is no Kubernetes object: it has neither apiVersion nor kind', remedy)];
  }
  if (value['kind'] === undefined) return textProblems(value, 'kind', true);
  const problems = [...textProblems(value, 'apiVersion', true), ...textProblems(value, 'kind', true)];
  const metadata = value['metadata'];
  if (!isMap(metadata)) {
    problems.push(
      metadata === undefined || metadata === null
        ? problem('', `${kindText(value)} has no metadata`, notAnObjectRemedy(value) ?? 'add metadata.name')
        : problem('/metadata', 'metadata is not a map', 'make it a map with a name'),
    );
    return problems;
  }
  return [...problems, ...metadataProblems(value, metadata)];
}

/** The name of an object; of one whose name the API server makes, the prefix followed by `*`. */
export function nameOf(manifest: Manifest): string {
  const { name, generateName } = manifest.metadata as JsonObject;
  return typeof name === 'string' ? name : `${String(generateName)}*`;
}

function metadataProblems(value: JsonObject, metadata: JsonObject): ShapeProblem[] {
  const problems: ShapeProblem[] = [];
  const named = metadata['name'] ?? undefined;
  const generated = metadata['generateName'] ?? undefined;
  if (named === undefined && generated === undefined) {
    problems.push(
      problem(
        '/metadata',
        `${kindText(value)} has no metadata.name`,
        notAnObjectRemedy(value) ?? 'add metadata.name, or metadata.generateName',
      ),
    );
  }
  for (const field of ['name', 'generateName', 'namespace']) {
    problems.push(...textProblems(metadata, field, false, '/metadata'));
  }
  for (const field of ['labels', 'annotations']) problems.push(...textMapProblems(metadata[field], field));
  return problems;
}

function textProblems(map: JsonObject, field: string, required: boolean, parent = ''): ShapeProblem[] {
  const value = map[field] ?? undefined;
  const name = `${parent.slice(1)}${parent === '' ? '' : '.'}${field}`;
  if (value === undefined) {
    return required
      ? [
          problem(
            parent,
            `${parent === '' ? 'an object' : parent.slice(1)} has no ${name}`,
            notAnObjectRemedy(map) ?? `add ${name}`,
          ),
        ]
      : [];
  }
  const at = `${parent}${pointerOf(field)}`;
  if (typeof value !== 'string') return [problem(at, `${name} is ${shown(value)}, not text`, 'quote it')];
  return value === '' && required ? [problem(at, `${name} is empty`, `give ${name} a value`)] : [];
}

function textMapProblems(value: Json | undefined, field: string): ShapeProblem[] {
  if (value === undefined || value === null) return [];
  if (!isMap(value))
    return [problem(`/metadata/${field}`, `metadata.${field} is not a map`, 'make it a map of text')];
  return Object.entries(value)
    .filter(([, item]) => typeof item !== 'string')
    .map(([key, item]) =>
      problem(
        pointerOf('metadata', field, key),
        `metadata.${field}[${JSON.stringify(key)}] is ${shown(item ?? null)}, not text`,
        'quote the value',
      ),
    );
}

function shown(value: Json): string {
  if (value === null) return 'empty';
  if (typeof value === 'object') return Array.isArray(value) ? 'a list' : 'a map';
  return `the ${typeof value} ${JSON.stringify(value)}`;
}

function kindText(value: JsonObject): string {
  return typeof value['kind'] === 'string' && value['kind'] !== '' ? value['kind'] : 'an object';
}

/** Files that lie beside manifests and are often met. */
function notAnObjectRemedy(value: JsonObject): string | undefined {
  if (value['kind'] === 'Kustomization') return 'render the folder with kustomize build, and read its output';
  if (
    value['kind'] === undefined &&
    typeof value['name'] === 'string' &&
    typeof value['version'] === 'string'
  )
    return 'is this a Helm chart? render it with helm template, and read its output';
  return undefined;
}

function problem(pointer: string, what: string, remedy: string): ShapeProblem {
  return { pointer, what, remedy };
}
