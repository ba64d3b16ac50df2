import { Chart } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';

const AREA = Symbol.for('sluice.Area');

/**
 * A reviewer's topic, such as `network` or `secrets`: the objects below it are written to one folder.
 *
 * @example
 * const network = new Area(chart, 'network');
 * new NetworkPolicy(network, 'default-deny', { pods: everyPod, ingress: nothing });
 */
export class Area extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    Object.defineProperty(this, AREA, { value: true });
  }
}

/** @returns the id of the nearest area above a construct; without one, its chart's id. */
export function areaOf(construct: IConstruct): string {
  for (let scope: IConstruct | undefined = construct; scope !== undefined; scope = scope.node.scope) {
    if (AREA in scope || Chart.isChart(scope)) return scope.node.id;
  }
  return construct.node.root.node.id;
}
