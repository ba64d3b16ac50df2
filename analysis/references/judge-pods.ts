import type { PodTemplate } from '../../inventory/index.ts';
import { selects } from '../../inventory/index.ts';
import type { ExternalIndex } from '../externals.ts';
import { type DeclaredPorts, declaredPorts, type PodIndex } from './pod-index.ts';
import type { PodReference } from './reference.ts';
import type { Verdict } from './target.ts';

/** @returns a function that finds the pods of a selector; undefined where another reference tells of the fault. */
export function podJudge(
  pods: PodIndex,
  externals: ExternalIndex,
): (reference: PodReference & { readonly protocol?: string }) => Verdict | undefined {
  const ports = new Map<readonly PodTemplate[], SelectedPorts>();
  // the index gives one array a selector, so Services with the same selector share what is read of its pods
  const portsOf = (templates: readonly PodTemplate[]): SelectedPorts => {
    const known = ports.get(templates) ?? selectedPorts(templates);
    ports.set(templates, known);
    return known;
  };

  return ({ type, to, selector, protocol }) => {
    if (selector === undefined) {
      return type === 'target-port'
        ? undefined
        : { status: 'missing', detail: 'the selector is missing, or not one that the API server accepts' };
    }
    const templates = pods.select(to.namespace, selector);
    if (type === 'target-port') {
      if (templates.length === 0) return undefined;
      return portVerdict(portsOf(templates), to.port, protocol ?? 'TCP');
    }
    if (templates.length === 0) {
      const external = externals.pods(to.namespace).find(({ labels }) => selects(selector, labels ?? {}));
      if (external !== undefined) return { status: 'external', detail: external.reason };
      return { status: 'missing', detail: `the selector selects no pods of namespace ${to.namespace}` };
    }
    const workloads = firstWorkloads(templates, SHOWN + 1);
    const shown = `${workloads.slice(0, SHOWN).join(', ')}${workloads.length > SHOWN ? ' and more' : ''}`;
    const several = type === 'service-selector' && workloads.length > 1;
    return { status: several ? 'ambiguous' : 'resolved', detail: `selects pods of ${shown}` };
  };
}

/** Workloads that a verdict names. */
const SHOWN = 5;

/** The first workloads of the templates, each once. */
function firstWorkloads(templates: readonly PodTemplate[], limit: number): string[] {
  const found = new Set<string>();
  for (const { object } of templates) {
    found.add(`${object.identity.kind} ${object.identity.name}`);
    if (found.size === limit) break;
  }
  return [...found];
}

/** Ports that any of the selected pods declares. */
interface SelectedPorts extends DeclaredPorts {
  /** Each of the pods declares some. */
  readonly everywhere: boolean;
}

function selectedPorts(templates: readonly PodTemplate[]): SelectedPorts {
  const declared = templates.map(declaredPorts);
  return {
    numbers: new Set(declared.flatMap(({ numbers }) => [...numbers])),
    names: new Set(declared.flatMap(({ names }) => [...names])),
    everywhere: declared.every(({ numbers }) => numbers.size > 0),
  };
}

function portVerdict(
  { numbers, names, everywhere }: SelectedPorts,
  port: number | string | undefined,
  protocol: string,
): Verdict | undefined {
  if (port === undefined) return undefined;
  if (typeof port === 'string') {
    if (names.has(`${port}/${protocol}`)) return { status: 'resolved', detail: '' };
    return {
      status: 'missing-port',
      detail: `no container of the selected pods names a ${protocol} port ${port}`,
    };
  }
  // containers need not declare the ports they listen on; where they do, a number that none has is likely a slip
  return everywhere && !numbers.has(port)
    ? { status: 'undeclared-port', detail: `the selected pods declare ports, but not ${port}` }
    : { status: 'resolved', detail: '' };
}
