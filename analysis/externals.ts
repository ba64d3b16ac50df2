import type { Json } from '../core/manifest.ts';
import { InputError, type Problem } from '../core/problem.ts';
import { readTextFile } from '../core/text-file.ts';
import { isMap, type Labels, listAt, pointerOf, textAt, textMapAt, valueAt } from '../inventory/index.ts';
import { parseYaml } from '../inventory/yaml.ts';

/** An object that manifests refer to and that something else makes. */
export interface External {
  readonly kind: string;
  /** API group, for a kind whose name alone is ambiguous. */
  readonly group?: string;
  /** Absent for cluster-scoped kinds, and for an object of that name in any namespace. */
  readonly namespace?: string;
  /** A `*` at its end stands for the rest of any name. */
  readonly name: string;
  /** Keys that a Secret or ConfigMap is known to hold; without them any key is taken as given. */
  readonly keys?: readonly string[];
  /** Labels of a Pod, for what selects it. */
  readonly labels?: Labels;
  /** Who makes it. */
  readonly reason: string;
}

/** One that a script writes may name each key of thousands of secrets. */
const MAX_BYTES = 8 * 1024 * 1024;

const FIELDS = ['kind', 'group', 'namespace', 'name', 'keys', 'labels', 'reason'];

/**
 * Reads a file that lists externals: a YAML list, or a map with the one key `externals`.
 *
 * @throws InputError with every problem of the file
 */
export async function readExternals(file: string): Promise<External[]> {
  const text = await readTextFile(file, { maxBytes: MAX_BYTES, what: 'a list of externals' });
  return parseExternals(text, file);
}

/** As `readExternals`, of a text. */
export function parseExternals(text: string, file: string): External[] {
  const { value, place } = parseYaml(text, file);
  const wrapped = isMap(value) && 'externals' in value;
  const root = wrapped ? '/externals' : '';
  const list = wrapped ? valueAt(value, 'externals') : (value ?? []);
  if (!Array.isArray(list)) {
    throw new InputError([
      { where: place(root), what: 'the externals are not a list', remedy: 'start each with "- kind:"' },
    ]);
  }
  const problems: Problem[] = [];
  for (const [index, item] of list.entries()) {
    const path = `${root}${pointerOf(index)}`;
    for (const { pointer, what, remedy } of itemProblems(item))
      problems.push({ where: place(`${path}${pointer}`), what, remedy });
  }
  if (problems.length > 0) throw new InputError(problems);
  return list.map(externalOf);
}

interface ItemProblem {
  readonly pointer: string;
  readonly what: string;
  readonly remedy: string;
}

function itemProblems(item: Json): ItemProblem[] {
  if (!isMap(item))
    return [{ pointer: '', what: 'an external is not a map', remedy: `give it ${FIELDS.join(', ')}` }];
  const problems: ItemProblem[] = [];
  for (const field of ['kind', 'name', 'reason']) {
    if (textAt(item, field) === undefined)
      problems.push({ pointer: '', what: `an external has no ${field}`, remedy: `add ${field}, as text` });
  }
  for (const [field, value] of Object.entries(item)) {
    const pointer = pointerOf(field);
    if (!FIELDS.includes(field))
      problems.push({
        pointer,
        what: `an external has no field ${field}`,
        remedy: `its fields are ${FIELDS.join(', ')}`,
      });
    else if (field === 'keys' && !(Array.isArray(value) && value.every((key) => typeof key === 'string'))) {
      problems.push({ pointer, what: 'keys is not a list of text', remedy: 'write keys: [first, second]' });
    } else if (
      field === 'labels' &&
      !(isMap(value) && Object.values(value).every((label) => typeof label === 'string'))
    ) {
      problems.push({ pointer, what: 'labels is not a map of text', remedy: 'write labels: {app: web}' });
    } else if ((field === 'namespace' || field === 'group') && typeof value !== 'string') {
      problems.push({ pointer, what: `${field} is not text`, remedy: 'quote it' });
    }
  }
  const name = textAt(item, 'name');
  if (name?.slice(0, -1).includes('*') === true) {
    problems.push({
      pointer: '/name',
      what: `* stands inside the name ${name}`,
      remedy: 'a * may stand at the end only',
    });
  }
  return problems;
}

function externalOf(item: Json): External {
  const group = valueAt(item, 'group');
  const namespace = textAt(item, 'namespace');
  return {
    kind: textAt(item, 'kind') ?? '',
    ...(typeof group === 'string' ? { group } : {}),
    ...(namespace === undefined ? {} : { namespace }),
    name: textAt(item, 'name') ?? '',
    ...(valueAt(item, 'keys') === undefined ? {} : { keys: listAt(item, 'keys').map(String) }),
    ...(valueAt(item, 'labels') === undefined ? {} : { labels: textMapAt(item, 'labels') }),
    reason: textAt(item, 'reason') ?? '',
  };
}

/** What a reference looks for among externals. */
export interface Sought {
  readonly group: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** Externals by kind and name, so that a look-up does not go through all of them. */
export interface ExternalIndex {
  /** @returns every external that covers an object, the ones named in full first. */
  find(sought: Sought): readonly External[];
  /** @returns externals of kind Pod with labels, in a namespace. */
  pods(namespace: string): readonly External[];
}

export function indexExternals(externals: readonly External[]): ExternalIndex {
  const exact = new Map<string, External[]>();
  const patterns = new Map<string, External[]>();
  for (const external of externals) {
    const pattern = external.name.endsWith('*');
    const key = pattern ? external.kind : `${external.kind}/${external.name}`;
    const map = pattern ? patterns : exact;
    map.set(key, [...(map.get(key) ?? []), external]);
  }
  const pods = externals.filter(({ kind, labels }) => kind === 'Pod' && labels !== undefined);
  return {
    find: (sought) => [
      ...(exact.get(`${sought.kind}/${sought.name}`) ?? []).filter((external) => inScope(external, sought)),
      ...(patterns.get(sought.kind) ?? []).filter(
        (external) => inScope(external, sought) && sought.name.startsWith(external.name.slice(0, -1)),
      ),
    ],
    pods: (namespace) => pods.filter((pod) => pod.namespace === undefined || pod.namespace === namespace),
  };
}

function inScope(external: External, sought: Sought): boolean {
  if (external.group !== undefined && external.group !== sought.group) return false;
  return (
    external.namespace === undefined ||
    sought.namespace === undefined ||
    external.namespace === sought.namespace
  );
}
