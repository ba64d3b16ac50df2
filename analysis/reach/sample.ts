import { type Labels, type Selector, selects } from '../../inventory/index.ts';

/** @returns labels that a selector is content with; undefined where none are. */
export function sampleLabels(selector: Selector): Labels | undefined {
  const labels = Object.fromEntries(
    selector.flatMap((condition): [string, string][] => {
      if (condition.operator === 'Exists') return [[condition.key, '']];
      return condition.operator === 'In' ? [[condition.key, condition.values[0] ?? '']] : [];
    }),
  );
  return selects(selector, labels) ? labels : undefined;
}
