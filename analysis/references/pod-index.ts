import {
  containersOf,
  type Labels,
  listAt,
  type PodTemplate,
  type Selector,
  selects,
  textAt,
  valueAt,
} from '../../inventory/index.ts';

/** Pod templates of one namespace that carry the same labels. */
export interface PodGroup {
  readonly labels: Labels;
  readonly templates: readonly PodTemplate[];
}

/** Pods by label, so that a selector is held against few of them. */
export interface PodIndex {
  /** @returns groups that may match: those with one of the selector's label values, or all of the namespace. */
  candidates(namespace: string, selector: Selector): readonly PodGroup[];
  /** @returns the templates that a selector selects; the same array for the same selector. */
  select(namespace: string, selector: Selector): readonly PodTemplate[];
}

interface MutableGroup extends PodGroup {
  readonly templates: PodTemplate[];
}

export function indexPods(templates: readonly PodTemplate[]): PodIndex {
  const groups = new Map<string, MutableGroup>();
  const byLabel = new Map<string, MutableGroup[]>();
  const byNamespace = new Map<string, MutableGroup[]>();
  for (const template of templates) {
    const { namespace, labels } = template;
    const entries = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
    const key = JSON.stringify([namespace, entries]);
    const known = groups.get(key);
    if (known !== undefined) {
      known.templates.push(template);
      continue;
    }
    const group = { labels, templates: [template] };
    groups.set(key, group);
    append(byNamespace, namespace, group);
    for (const [label, value] of entries) append(byLabel, labelKey(namespace, label, value), group);
  }

  const candidates = (namespace: string, selector: Selector): readonly PodGroup[] => {
    let best: readonly PodGroup[] = byNamespace.get(namespace) ?? [];
    for (const condition of selector) {
      if (condition.operator !== 'In' || condition.values.length !== 1) continue;
      const found = byLabel.get(labelKey(namespace, condition.key, condition.values[0] ?? '')) ?? [];
      if (found.length < best.length) best = found;
    }
    return best;
  };
  const selected = new Map<string, readonly PodTemplate[]>();
  const select = (namespace: string, selector: Selector): readonly PodTemplate[] => {
    const key = JSON.stringify([namespace, selector]);
    const known = selected.get(key);
    if (known !== undefined) return known;
    const found = candidates(namespace, selector)
      .filter((group) => selects(selector, group.labels))
      .flatMap((group) => group.templates);
    selected.set(key, found);
    return found;
  };
  return { candidates, select };
}

function append(map: Map<string, MutableGroup[]>, key: string, group: MutableGroup): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [group]);
  else list.push(group);
}

function labelKey(namespace: string, label: string, value: string): string {
  return JSON.stringify([namespace, label, value]);
}

/** Ports that the containers of a pod declare. */
export interface DeclaredPorts {
  readonly numbers: ReadonlySet<number>;
  /** `name/protocol`. */
  readonly names: ReadonlySet<string>;
}

export function declaredPorts(template: PodTemplate): DeclaredPorts {
  const numbers = new Set<number>();
  const names = new Set<string>();
  for (const { container } of containersOf(template)) {
    for (const port of listAt(container, 'ports')) {
      const number = valueAt(port, 'containerPort');
      const name = textAt(port, 'name');
      if (typeof number === 'number') numbers.add(number);
      if (name !== undefined) names.add(`${name}/${textAt(port, 'protocol') ?? 'TCP'}`);
    }
  }
  return { numbers, names };
}
