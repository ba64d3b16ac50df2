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
  const ports = new Map<PodTemplate, DeclaredPorts>();
  const portsOf = (template: PodTemplate): DeclaredPorts => {
    const known = ports.get(template) ?? declaredPorts(template);
    ports.set(template, known);
    return known;
  };

  return ({ type, to, selector, protocol }) => {
    if (selector === undefined) {
      return type === 'target-port'
        ? undefined
        : { status: 'missing', detail: 'the selector is missing, or not one that the API server accepts' };
    }
    const templates = pods.select(to.namespace, selector);
    if (type === 'target-port') return portVerdict(templates.map(portsOf), to.port, protocol ?? 'TCP');
    const external = externals.pods(to.namespace).find(({ labels }) => selects(selector, labels ?? {}));
    if (templates.length === 0) {
      if (external !== undefined) return { status: 'external', detail: external.reason };
      return { status: 'missing', detail: `the selector selects no pods of namespace ${to.namespace}` };
    }
    const workloads = [
      ...new Set(templates.map(({ object }) => `${object.identity.kind} ${object.identity.name}`)),
    ];
    const shown = `${workloads.slice(0, 5).join(', ')}${workloads.length > 5 ? ' and more' : ''}`;
    const several = type === 'service-selector' && workloads.length > 1;
    return { status: several ? 'ambiguous' : 'resolved', detail: `selects pods of ${shown}` };
  };
}

function portVerdict(
  pods: readonly DeclaredPorts[],
  port: number | string | undefined,
  protocol: string,
): Verdict | undefined {
  if (pods.length === 0 || port === undefined) return undefined;
  if (typeof port === 'string') {
    if (pods.some(({ names }) => names.has(`${port}/${protocol}`))) return { status: 'resolved', detail: '' };
    return {
      status: 'missing-port',
      detail: `no container of the selected pods names a ${protocol} port ${port}`,
    };
  }
  // containers need not declare the ports they listen on; where they do, a number that none has is likely a slip
  const slip = pods.every(({ numbers }) => numbers.size > 0 && !numbers.has(port));
  return slip
    ? { status: 'undeclared-port', detail: `the selected pods declare ports, but not ${port}` }
    : { status: 'resolved', detail: '' };
}
