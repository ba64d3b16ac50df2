import { type External, parseExternals } from '../analysis/externals.ts';
import type { JsonObject } from '../core/manifest.ts';
import { InputError, type Problem } from '../core/problem.ts';

/** What synth knows about a folder of manifests; kept outside of it, in `DIR.index`. */
export interface EnvironmentIndex {
  readonly platform: string;
  readonly environment: string;
  /** Policy packs that judge the platform. */
  readonly packs: readonly string[];
  readonly parameters: JsonObject;
  /** Objects that something else makes. */
  readonly externals: readonly External[];
  /** Exceptions file, from the folder that synth worked in. */
  readonly exceptions?: string;
  readonly objects: readonly IndexedObject[];
}

/** Where an object comes from. */
export interface IndexedObject {
  /** From the environment's folder. */
  readonly file: string;
  readonly construct?: string;
  readonly source?: string;
}

/**
 * Reads the text of an `index.json`.
 *
 * @throws InputError naming what in it is not as synth writes it
 */
export function parseIndex(text: string, where: string): EnvironmentIndex {
  const value = parseJson(text, where);
  const problems: Problem[] = [];
  const expect = (ok: boolean, what: string): void => {
    if (!ok) problems.push({ where, what, remedy: 'write it anew with sluice synth' });
  };
  if (!isObject(value))
    throw new InputError([{ where, what: 'not an index', remedy: 'write it anew with sluice synth' }]);
  const { version, platform, environment, packs, parameters, externals = [], exceptions, objects } = value;
  expect(version === 1, `version ${JSON.stringify(version)}; this sluice reads version 1`);
  expect(typeof platform === 'string', 'platform is no text');
  expect(typeof environment === 'string', 'environment is no text');
  expect(
    Array.isArray(packs) && packs.every((pack) => typeof pack === 'string'),
    'packs is no list of names',
  );
  expect(isObject(parameters), 'parameters is no object');
  expect(Array.isArray(externals), 'externals is no list');
  expect(exceptions === undefined || typeof exceptions === 'string', 'exceptions is no file name');
  expect(
    Array.isArray(objects) && objects.every(isIndexedObject),
    'objects is no list of {file, construct, source}',
  );
  if (problems.length > 0) throw new InputError(problems);
  // JSON is YAML, so externals are held against the same demands wherever they are written
  return {
    ...(value as unknown as EnvironmentIndex),
    externals: parseExternals(JSON.stringify(externals), `${where} externals`),
  };
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError([
      {
        where,
        what: `not JSON: ${error instanceof Error ? error.message : String(error)}`,
        remedy: 'write it anew with sluice synth',
      },
    ]);
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isIndexedObject(value: unknown): boolean {
  return (
    isObject(value) &&
    typeof value['file'] === 'string' &&
    ['construct', 'source'].every((key) => value[key] === undefined || typeof value[key] === 'string')
  );
}
