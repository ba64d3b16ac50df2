import { compareText } from '../../core/compare-text.ts';
import { type Inventory, type InventoryObject, namespaceLabels, textAt } from '../../inventory/index.ts';
import { parseTemplate, Unknowns } from '../go-template/index.ts';
import { both, type Certainty, either, not } from './certainty.ts';
import { type ClusterSpiffeId, clusterSpiffeId, type Selectors, selectorsOf } from './cluster-spiffe-id.ts';
import type { Entry, Failure, Open, Source } from './entry.ts';
import { type Rendered, type Rendering, renderEntry } from './render.ts';
import { labelName, selectsUnknown } from './selection.ts';
import { serviceNames } from './service-names.ts';
import type { SpireSettings } from './settings.ts';
import { inObject, Spec } from './spec.ts';
import { appliesTo, staticEntry } from './static-entry.ts';
import type { Subject } from './subject.ts';
import { templateData } from './template-data.ts';

const GROUP = 'spire.spiffe.io';

/** The SPIFFE identities of a pod. */
export interface Identities {
  readonly entries: readonly Entry[];
  /** What keeps objects that select the pod from giving it an entry. */
  readonly failures: readonly Failure[];
  /** Objects that count for no pod. */
  readonly ignored: readonly Failure[];
  readonly unknown: readonly Open[];
}

/** What is gathered on the way. */
interface Found {
  readonly declared: Declared[];
  readonly failures: Failure[];
  readonly ignored: Failure[];
  readonly unknown: Open[];
}

/** An entry and the object that declares it. */
interface Declared {
  readonly entry: Entry;
  readonly object: InventoryObject;
}

/**
 * The entries that the SPIRE controller manager declares for a pod, and those of ClusterStaticEntries that its
 * workloads get.
 *
 * @param node that the pod runs on; undefined where it is unknown
 */
export function identitiesOf(
  inventory: Inventory,
  subject: Subject,
  node: InventoryObject | undefined,
  settings: SpireSettings,
): Identities {
  const found: Found = { declared: [], failures: [], ignored: [], unknown: [] };
  const rendering = renderingOf(inventory, subject, node, settings);
  let rendered: Certainty = false;
  for (const object of podObjects(inventory, subject, settings, found)) {
    const { source, fallback } = object;
    const chosen = chooses(object, inventory, subject, settings);
    const applies: Certainty = fallback ? both(chosen, not(rendered)) : chosen;
    if (applies === false) continue;
    const result = applies === true ? renderEntry(object, rendering) : undecided(source, applies);
    if (result.entry !== undefined) found.declared.push({ entry: result.entry, object: object.object });
    if (result.failure !== undefined) found.failures.push(result.failure);
    found.unknown.push(...result.open);
    if (!fallback) rendered = either(rendered, outcomeOf(result));
  }
  declareStatic(inventory, subject, settings, found);
  const { failures, ignored, unknown } = found;
  return { entries: winners(found.declared, unknown), failures, ignored, unknown };
}

function undecided(source: Source, on: readonly string[]): Rendered {
  return { open: [{ source, field: 'entry', on }] };
}

/** Whether an object renders an entry. */
function outcomeOf({ entry, failure, open }: Rendered): Certainty {
  if (entry !== undefined) return true;
  return failure === undefined ? open.flatMap(({ on }) => on) : false;
}

function renderingOf(
  inventory: Inventory,
  subject: Subject,
  node: InventoryObject | undefined,
  settings: SpireSettings,
): Rendering {
  const unknowns = new Unknowns();
  return {
    data: templateData(subject, node, settings, unknowns),
    unknowns,
    trustDomain: settings.trustDomain,
    parentID: parseTemplate(settings.parentIDTemplate),
    serviceNames: serviceNames(inventory, subject, settings.clusterDomain),
  };
}

/** The valid objects of the controller's class; fallbacks come last. */
function podObjects(
  inventory: Inventory,
  subject: Subject,
  settings: SpireSettings,
  { failures, ignored }: Found,
): readonly ClusterSpiffeId[] {
  const objects = inventory.ofKind('ClusterSPIFFEID', GROUP).flatMap((object): ClusterSpiffeId[] => {
    const spec = new Spec(object);
    const result = inObject(spec.source, () =>
      isWatched(spec, settings) ? clusterSpiffeId(object) : undefined,
    );
    if (result === undefined) return [];
    if (!('failure' in result)) return [result];
    ignored.push(result.failure);
    const selectors = inObject(spec.source, () => selectorsOf(spec));
    if ('failure' in selectors || chooses(selectors, inventory, subject, settings) !== false)
      failures.push(result.failure);
    return [];
  });
  return [...objects.filter(({ fallback }) => !fallback), ...objects.filter(({ fallback }) => fallback)];
}

function isWatched(spec: Spec, { className, watchClassless }: SpireSettings): boolean {
  const own = spec.text('className');
  return own === className || (watchClassless && own === '');
}

function chooses(
  { namespaceSelector, podSelector }: Selectors,
  inventory: Inventory,
  subject: Subject,
  { ignores }: SpireSettings,
): Certainty {
  const { namespace } = subject;
  if (ignores(namespace)) return false;
  const isListed = inventory.find('', 'Namespace', undefined, namespace) !== undefined;
  const byNamespace = selectsUnknown(
    namespaceSelector,
    namespaceLabels(inventory, namespace),
    (key) => !isListed && key !== 'kubernetes.io/metadata.name',
    (key) => `the label ${key} of Namespace ${namespace}, which is not in the input`,
  );
  const byPod = selectsUnknown(podSelector, subject.labels, subject.laterLabels, labelName);
  return both(byNamespace, byPod);
}

function declareStatic(
  inventory: Inventory,
  subject: Subject,
  settings: SpireSettings,
  { declared, failures, ignored, unknown }: Found,
): void {
  for (const object of inventory.ofKind('ClusterStaticEntry', GROUP)) {
    const spec = new Spec(object);
    const { source } = spec;
    const result = inObject(source, () =>
      isWatched(spec, settings) ? staticEntry(object, settings.trustDomain) : undefined,
    );
    if (result === undefined) continue;
    if ('failure' in result) {
      ignored.push(result.failure);
      const selectors = inObject(source, () => spec.texts('selectors'));
      if ('failure' in selectors || appliesTo(selectors, subject) !== false) failures.push(result.failure);
      continue;
    }
    const applies = result.isStored ? false : appliesTo(result.entry.selectors, subject);
    if (applies === true) declared.push({ entry: result.entry, object });
    else if (applies !== false) unknown.push(...undecided(source, applies).open);
  }
}

/** Of entries with the same SPIFFE ID, parent and selectors, the one of the oldest object counts. */
function winners(declared: readonly Declared[], unknown: Open[]): Entry[] {
  const groups = new Map<string, Declared[]>();
  for (const each of declared) {
    const { spiffeID, parentID, selectors } = each.entry;
    const key = JSON.stringify([spiffeID, parentID, [...selectors].sort()]);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first, second] = [...group].sort((a, b) => byPreference(a.object, b.object));
    if (first === undefined) return [];
    if (second !== undefined && !isDecided(first.object, second.object))
      unknown.push({
        source: first.entry.source,
        field: 'source',
        on: [`which of it and ${second.entry.source.kind} ${second.entry.source.name} is older`],
      });
    return [first.entry];
  });
}

/** Manifests that were never in a cluster do not say when they will be. */
function isDecided(first: InventoryObject, second: InventoryObject): boolean {
  const [a, b] = [time(first, 'creationTimestamp'), time(second, 'creationTimestamp')];
  return (a === 0) === (b === 0) && byPreference(first, second) !== 0;
}

/** Older first, then one that is not being deleted, then the smaller UID. */
function byPreference(a: InventoryObject, b: InventoryObject): number {
  const created = time(a, 'creationTimestamp') - time(b, 'creationTimestamp');
  const deleted = Number(time(a, 'deletionTimestamp') > 0) - Number(time(b, 'deletionTimestamp') > 0);
  return created || deleted || compareText(uid(a), uid(b));
}

function time({ manifest }: InventoryObject, field: string): number {
  return Date.parse(textAt(manifest, 'metadata', field) ?? '') || 0;
}

function uid({ manifest }: InventoryObject): string {
  return textAt(manifest, 'metadata', 'uid') ?? '';
}
