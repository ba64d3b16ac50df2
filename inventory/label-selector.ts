import type { Json } from '../core/manifest.ts';
import { isMap, listAt, valueAt } from './json.ts';

/** Labels of an object, or of the pods of a template. */
export type Labels = Readonly<Record<string, string>>;

/** One condition on labels; a selector is the conjunction of its conditions. */
export type Requirement =
  | { readonly key: string; readonly operator: 'In' | 'NotIn'; readonly values: readonly string[] }
  | { readonly key: string; readonly operator: 'Exists' | 'DoesNotExist' };

/** Conditions that all must hold; an empty list selects everything. */
export type Selector = readonly Requirement[];

/**
 * Reads a label selector as the API defines it (`matchLabels` and `matchExpressions`).
 *
 * @returns undefined where it is missing, which selects nothing, or where the API server would refuse it
 */
export function labelSelector(value: Json | undefined): Selector | undefined {
  if (!isMap(value)) return undefined;
  const equal = equalitySelector(valueAt(value, 'matchLabels') ?? {});
  const expressions = listAt(value, 'matchExpressions').map(requirement);
  if (equal === undefined || !expressions.every((expression) => expression !== undefined)) return undefined;
  return [...equal, ...expressions];
}

/** Reads a plain map of labels, as in `spec.selector` of a Service. */
export function equalitySelector(value: Json | undefined): Selector | undefined {
  if (!isMap(value)) return undefined;
  const selector: Requirement[] = [];
  for (const [key, label] of Object.entries(value)) {
    if (typeof label !== 'string') return undefined;
    selector.push({ key, operator: 'In', values: [label] });
  }
  return selector;
}

function requirement(value: Json): Requirement | undefined {
  const key = valueAt(value, 'key');
  const operator = valueAt(value, 'operator');
  if (typeof key !== 'string') return undefined;
  const values = listAt(value, 'values');
  if (operator === 'Exists' || operator === 'DoesNotExist')
    return values.length === 0 ? { key, operator } : undefined;
  if (operator !== 'In' && operator !== 'NotIn') return undefined;
  if (values.length === 0 || !values.every((item) => typeof item === 'string')) return undefined;
  return { key, operator, values };
}

/** @returns whether all conditions hold; `NotIn` and `DoesNotExist` hold where the label is missing. */
export function selects(selector: Selector, labels: Labels): boolean {
  return selector.every((condition) => holds(condition, labels));
}

function holds(condition: Requirement, labels: Labels): boolean {
  const value = Object.hasOwn(labels, condition.key) ? labels[condition.key] : undefined;
  switch (condition.operator) {
    case 'In':
      return value !== undefined && condition.values.includes(value);
    case 'NotIn':
      return value === undefined || !condition.values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
  }
}
