import type { IConstruct } from 'constructs';
import { groupOf, identityText, type Manifest } from '../core/manifest.ts';
import type { Problem } from '../core/problem.ts';
import { firstWave } from './apply-class.ts';
import { LevelGraph } from './longest-path.ts';
import { mentionsOf } from './mentions.ts';
import { placeOf, type RenderedObject, serverIdentity } from './rendered-object.ts';
import type { Tree } from './walk.ts';

/** Argo CD applies lower waves first and waits for each to be healthy. */
export const SYNC_WAVE = 'argocd.argoproj.io/sync-wave';

/**
 * The wave of every object: that of its kind's class, or one more than the latest object that it refers to, whichever
 * is later. It follows from what the object refers to and from nothing else, so an unrelated object renumbers none.
 * An object that brings the annotation keeps it, and others follow from that.
 *
 * @returns waves in the order of `objects`, and the cycles that make an order impossible
 */
export function wavesOf(
  objects: readonly RenderedObject[],
  tree: Tree,
): { readonly waves: readonly number[]; readonly problems: readonly Problem[] } {
  const graph = new LevelGraph();
  const pinned = objects.map(pinnedWave);
  objects.forEach(({ manifest }, index) => {
    graph.addNode(pinned[index] ?? firstWave(manifest.kind));
  });
  addReferences(graph, objects);
  if (tree.dependencies.length > 0) addDependencies(graph, objects, tree);
  const { levels, cycles } = graph.levels();
  return {
    waves: objects.map((_, index) => pinned[index] ?? levels[index] ?? 0),
    problems: cycles.map((cycle) => cycleProblem(cycle, objects)),
  };
}

function pinnedWave({ manifest }: RenderedObject): number | undefined {
  const text = manifest.metadata.annotations?.[SYNC_WAVE];
  return text !== undefined && /^-?\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function addReferences(graph: LevelGraph, objects: readonly RenderedObject[]): void {
  const named = new Map<string, number>();
  const definitions = new Map<string, number>();
  objects.forEach(({ manifest }, index) => {
    const { kind, namespace = '', name } = serverIdentity(manifest);
    named.set(`${kind}/${namespace}/${name}`, index);
    if (kind === 'CustomResourceDefinition') definitions.set(definedKind(manifest), index);
  });
  objects.forEach(({ manifest }, index) => {
    const after = (target: number | undefined, step: number) => {
      if (target !== undefined && target !== index) graph.addEdge(index, target, step);
    };
    const { namespace = '' } = manifest.metadata;
    if (namespace !== '') after(named.get(`Namespace//${namespace}`), 1);
    after(definitions.get(`${groupOf(manifest.apiVersion)}/${manifest.kind}`), 1);
    for (const mention of mentionsOf(manifest)) {
      const own = named.get(`${mention.kind}/${mention.namespace ?? namespace}/${mention.name}`);
      // a claim may wait for its first consumer, which must then not wait for the claim
      const step = mention.kind === 'PersistentVolumeClaim' ? 0 : 1;
      after(own ?? named.get(`${mention.kind}//${mention.name}`), step);
    }
  });
}

/** @returns group and kind of what a CustomResourceDefinition defines. */
function definedKind({ spec }: Manifest): string {
  const { group, names } = Object(spec);
  return `${group}/${Object(names).kind}`;
}

/**
 * Explicit dependencies between constructs, without pairing every object of one with every object of the other: each
 * construct gets a node that comes before its objects and one that comes after them.
 */
function addDependencies(graph: LevelGraph, objects: readonly RenderedObject[], tree: Tree): void {
  const byConstruct = new Map<IConstruct, number>(objects.map(({ object }, index) => [object, index]));
  const before = new Map<IConstruct, number>();
  const after = new Map<IConstruct, number>();
  for (const construct of tree.constructs) {
    const first = graph.addNode(0);
    const last = graph.addNode(0);
    before.set(construct, first);
    after.set(construct, last);
    const parent = construct.node.scope;
    const outerFirst = parent && before.get(parent);
    const outerLast = parent && after.get(parent);
    if (outerFirst !== undefined) graph.addEdge(first, outerFirst, 0);
    if (outerLast !== undefined) graph.addEdge(outerLast, last, 0);
    const object = byConstruct.get(construct);
    if (object === undefined) continue;
    graph.addEdge(object, first, 0);
    graph.addEdge(last, object, 0);
  }
  for (const { from, to } of tree.dependencies) {
    const first = before.get(from);
    const last = after.get(to);
    if (first === undefined || last === undefined || from === to) continue;
    if (isWithin(to, from) || isWithin(from, to)) addNested(graph, byConstruct, from, to);
    else graph.addEdge(first, last, 1);
  }
}

/** A dependency between a construct and one inside it concerns the objects that are not in both. */
function addNested(
  graph: LevelGraph,
  byConstruct: ReadonlyMap<IConstruct, number>,
  from: IConstruct,
  to: IConstruct,
): void {
  const hub = graph.addNode(0);
  const objectsOf = (construct: IConstruct, without: IConstruct) =>
    construct.node.findAll().filter((child) => !isWithin(child, without));
  for (const child of isWithin(from, to) ? from.node.findAll() : objectsOf(from, to)) {
    const object = byConstruct.get(child);
    if (object !== undefined) graph.addEdge(object, hub, 1);
  }
  for (const child of isWithin(to, from) ? to.node.findAll() : objectsOf(to, from)) {
    const object = byConstruct.get(child);
    if (object !== undefined) graph.addEdge(hub, object, 0);
  }
}

function isWithin(construct: IConstruct, ancestor: IConstruct): boolean {
  for (let scope: IConstruct | undefined = construct; scope !== undefined; scope = scope.node.scope) {
    if (scope === ancestor) return true;
  }
  return false;
}

function cycleProblem(cycle: readonly number[], objects: readonly RenderedObject[]): Problem {
  const members = cycle.flatMap((node) => objects[node] ?? []);
  const names = members.map(({ manifest }) => identityText({ ...manifest, ...manifest.metadata }));
  return {
    where: members.map(placeOf).join(', '),
    what: `no apply order exists, each waits for the next: ${[...names, names[0]].join(' -> ')}`,
    remedy: 'remove one of these references or dependencies',
  };
}
