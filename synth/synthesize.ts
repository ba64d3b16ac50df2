import { App } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { areaOf } from '../constructs/area.ts';
import { groupOf, identityOf, type Manifest } from '../core/manifest.ts';
import { InputError, type Problem } from '../core/problem.ts';
import { duplicateProblems } from './duplicates.ts';
import { sortedKeys } from './key-order.ts';
import { manifestProblems } from './manifest-problems.ts';
import { render } from './render.ts';
import { placeOf, type RenderedObject } from './rendered-object.ts';
import { UnwritableError } from './unwritable.ts';
import { type Tree, walk } from './walk.ts';
import { SYNC_WAVE, wavesOf } from './waves.ts';

/** An object as it is written, and where it comes from. */
export interface SynthesizedObject extends RenderedObject {
  /** Reviewer's topic, the folder it is written to. */
  readonly area: string;
  /** Argo CD's sync wave. */
  readonly wave: number;
}

export interface SynthesizeOptions {
  /**
   * Whether objects get the annotation that makes Argo CD apply them in order.
   * @default true
   */
  readonly syncWaves?: boolean;
  /**
   * Names in `${NAME}` that something outside of Kubernetes replaces on purpose, in whatever object.
   * @default none
   */
  readonly literals?: readonly string[];
}

/**
 * Turns a construct tree into manifests: one walk, each object rendered once, each validation run once. It changes
 * nothing and reads nothing but the tree.
 *
 * @param root an app, a chart, or any construct below one
 * @returns the objects in apply order: by wave, then by kind, namespace and name, however they were constructed
 * @throws InputError with everything that is wrong, by construct path
 */
export function synthesize(root: IConstruct, options: SynthesizeOptions = {}): SynthesizedObject[] {
  const tree = walk(root);
  const problems: Problem[] = [...tree.problems];
  const rendered = renderAll(tree, problems);
  for (const object of rendered) problems.push(...manifestProblems(object, options.literals ?? []));
  problems.push(...duplicateProblems(rendered));
  const { waves, problems: cycles } = wavesOf(rendered, tree);
  problems.push(...cycles);
  if (problems.length > 0) throw new InputError(problems);
  const annotated = options.syncWaves !== false;
  return rendered
    .map(({ object, manifest }, index) => {
      const wave = waves[index] ?? 0;
      const written = annotated ? withWave(manifest, wave) : manifest;
      return { rank: rankOf(manifest), object: { object, manifest: written, area: areaOf(object), wave } };
    })
    .sort((a, b) => a.object.wave - b.object.wave || (a.rank < b.rank ? -1 : 1))
    .map(({ object }) => object);
}

/** A text that orders objects of one wave by kind, group, namespace and name; no two objects have the same. */
function rankOf(manifest: Manifest): string {
  const { apiVersion, kind, namespace = '', name } = identityOf(manifest);
  return [kind, groupOf(apiVersion), namespace, name].join('\0');
}

function renderAll({ objects }: Tree, problems: Problem[]): RenderedObject[] {
  const rendered: RenderedObject[] = [];
  for (const object of objects) {
    try {
      rendered.push({ object, manifest: asManifest(render(object, App.of(object))) });
    } catch (error) {
      const where = placeOf({ object });
      if (error instanceof UnwritableError)
        problems.push({ where: `${where}: ${error.path}`, what: error.what, remedy: error.remedy });
      else problems.push({ where, what: error instanceof Error ? error.message : String(error) });
    }
  }
  return rendered;
}

/** `metadata.name` is there in every manifest: cdk8s makes one up where none is given. */
function asManifest(json: object): Manifest {
  return json as Manifest;
}

function withWave(manifest: Manifest, wave: number): Manifest {
  const { annotations = {} } = manifest.metadata;
  if (SYNC_WAVE in annotations) return manifest;
  return {
    ...manifest,
    metadata: ordered({
      ...manifest.metadata,
      annotations: ordered({ ...annotations, [SYNC_WAVE]: String(wave) }),
    }),
  };
}

function ordered<T extends object>(value: T): T {
  return Object.fromEntries(sortedKeys(value).map((key) => [key, Reflect.get(value, key)])) as T;
}
