import type { INetworkPolicyPeer } from 'kubernetes-models/networking.k8s.io/v1';
import { type Check, verify } from '../validate/check.ts';
import type { Labels } from './labels.ts';

/** The API's form of a label selector. */
export type SelectorManifest = NonNullable<INetworkPolicyPeer['podSelector']>;

/** A condition on one label. */
export interface LabelExpression {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values?: readonly string[];
}

/** @returns the condition that a label has one of these values */
export function isIn(key: string, first: string, ...others: readonly string[]): LabelExpression {
  return { key, operator: 'In', values: [first, ...others] };
}

/** @returns the condition that a label is absent or has none of these values */
export function isNotIn(key: string, first: string, ...others: readonly string[]): LabelExpression {
  return { key, operator: 'NotIn', values: [first, ...others] };
}

/** @returns the condition that a label is present */
export function exists(key: string): LabelExpression {
  return { key, operator: 'Exists' };
}

/** @returns the condition that a label is absent */
export function doesNotExist(key: string): LabelExpression {
  return { key, operator: 'DoesNotExist' };
}

/** A label selector: all of its labels and all of its expressions must hold. */
export class LabelSelector {
  readonly labels: Labels;
  readonly expressions: readonly LabelExpression[];

  private constructor(labels: Labels, expressions: readonly LabelExpression[]) {
    this.labels = labels;
    this.expressions = expressions;
  }

  /** Selects everything. The API writes it as an empty selector; here it must be said in a word. */
  static readonly everything = new LabelSelector({}, []);

  static of(conditions: readonly (Labels | LabelExpression)[]): LabelSelector {
    const labels: Record<string, string> = {};
    const expressions: LabelExpression[] = [];
    for (const condition of conditions) {
      if (isExpression(condition)) expressions.push(condition);
      else Object.assign(labels, agreeing(labels, condition));
    }
    return new LabelSelector(labels, expressions);
  }

  toManifest(): SelectorManifest {
    const { labels, expressions } = this;
    return {
      ...(Object.keys(labels).length === 0 ? {} : { matchLabels: { ...labels } }),
      ...(expressions.length === 0
        ? {}
        : {
            matchExpressions: expressions.map(({ key, operator, values }) =>
              values === undefined ? { key, operator } : { key, operator, values: [...values] },
            ),
          }),
    };
  }

  /** Records what is wrong with it. */
  check(check: Check, field: string): void {
    const empty = Object.keys(this.labels).length === 0 && this.expressions.length === 0;
    if (empty && this !== LabelSelector.everything) {
      check.add(field, 'selects everything by being empty', 'name labels, or say everyPod or everyNamespace');
    }
    check.labels(field, this.labels);
    for (const { key, values } of this.expressions) {
      check.labelKey(field, key);
      for (const value of values ?? []) check.labels(field, { [key]: value });
    }
  }
}

/** Two values of one label would select nothing; the later one must not win in silence. */
function agreeing(known: Labels, added: Labels): Labels {
  verify('label selector', (check) => {
    for (const [key, value] of Object.entries(added)) {
      const agrees = !Object.hasOwn(known, key) || known[key] === value;
      check.that(agrees, key, `${value} contradicts ${known[key]}`, 'name one value, or use isIn for either');
    }
  });
  return added;
}

function isExpression(condition: Labels | LabelExpression): condition is LabelExpression {
  return Object.hasOwn(condition, 'operator') && Object.hasOwn(condition, 'key');
}

/**
 * A selector of labels, expressions or both; all must hold.
 *
 * @example
 * where({ 'app.kubernetes.io/part-of': 'agentweaver' }, doesNotExist('gateway.networking.k8s.io/gateway-name'))
 */
export function where(
  first: Labels | LabelExpression,
  ...others: readonly (Labels | LabelExpression)[]
): LabelSelector {
  return LabelSelector.of([first, ...others]);
}

/** All pods of a namespace. */
export const everyPod = LabelSelector.everything;

/** All namespaces of the cluster. */
export const everyNamespace = LabelSelector.everything;

/** Anything that stands for pods with known labels: a workload, a sandbox template, a gateway. */
export interface PodGroup {
  /** The labels by which selectors find its pods. */
  readonly podSelector: Labels;
  /** Where its pods run; undefined when its chart names no namespace. */
  readonly namespace: string | undefined;
}

/** Which pods of a namespace: a workload or the like, a selector, or labels that must all match. */
export type PodSelection = PodGroup | LabelSelector | Labels;

/** @returns whether a selection is a workload or the like. */
export function isPodGroup(pods: PodSelection): pods is PodGroup {
  return !(pods instanceof LabelSelector) && typeof pods['podSelector'] === 'object';
}

/** @returns the selector that a selection means. */
export function selectorOf(pods: PodSelection): LabelSelector {
  if (pods instanceof LabelSelector) return pods;
  return LabelSelector.of([isPodGroup(pods) ? pods.podSelector : pods]);
}
