import type { Construct } from 'constructs';
import type { ILimitRange, ILimitRangeSpec } from 'kubernetes-models/v1';
import { defined } from '../defined.ts';
import { KubeObject, metadataOf, type ObjectProps } from '../kube-object.ts';
import { type Check, checkAt } from '../validate/check.ts';

/** Quantities by resource, such as `cpu` and `memory`. */
export type Quantities = Readonly<Record<string, string>>;

/** Bounds for the resources of each container. */
export interface ContainerLimits {
  /** Requests of a container that states none. @default none */
  readonly defaultRequest?: Quantities;
  /** Limits of a container that states none. @default none */
  readonly default?: Quantities;
  /** The most that a container may have as limit. @default no bound */
  readonly max?: Quantities;
  /** The least that a container may request. @default no bound */
  readonly min?: Quantities;
}

/** Props of {@link LimitRange}. */
export interface LimitRangeProps extends ObjectProps {
  readonly container: ContainerLimits;
}

/**
 * Default resources and their bounds for the containers of a namespace.
 *
 * @example
 * new LimitRange(chart, 'limits', { container: { default: { cpu: '1', memory: '512Mi' } } });
 */
export class LimitRange extends KubeObject<ILimitRange> {
  constructor(scope: Construct, id: string, props: LimitRangeProps) {
    const check = checkAt(scope, id);
    const metadata = metadataOf(check, id, props);
    const { defaultRequest, max, min } = props.container;
    const item = defined<ILimitRangeSpec['limits'][number]>({
      type: 'Container',
      defaultRequest: quantities(check, 'defaultRequest', defaultRequest),
      default: quantities(check, 'default', props.container.default),
      max: quantities(check, 'max', max),
      min: quantities(check, 'min', min),
    });
    check.done();
    super(scope, id, { apiVersion: 'v1', kind: 'LimitRange', metadata, spec: { limits: [item] } });
  }
}

function quantities(
  check: Check,
  field: string,
  given: Quantities | undefined,
): Record<string, string> | undefined {
  for (const [name, quantity] of Object.entries(given ?? {}))
    check.quantity(`container.${field}.${name}`, quantity);
  return given && { ...given };
}
