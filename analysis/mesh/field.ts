import type { Json } from '../../core/manifest.ts';
import { isMap, type Labels, valueAt } from '../../inventory/index.ts';

/** Thrown where istiod would refuse an object; the message is the reason. */
export class Refused extends Error {}

/** @returns a list, empty where none is written. @throws Refused */
export function list(value: Json | undefined, field: string, where: string): readonly Json[] {
  const found = valueAt(value, field);
  if (found === undefined || found === null) return [];
  if (!Array.isArray(found)) throw new Refused(`${where}.${field} is no list`);
  return found;
}

/** @returns a list of texts, none of them empty. @throws Refused */
export function texts(value: Json | undefined, field: string, where: string): readonly string[] {
  return list(value, field, where).map((item) => {
    if (typeof item !== 'string') throw new Refused(`${where}.${field} holds something that is no text`);
    if (item === '') throw new Refused(`${where}.${field} holds an empty value`);
    return item;
  });
}

/** @returns a map, undefined where none is written. @throws Refused */
export function map(value: Json | undefined, field: string, where: string): Json | undefined {
  const found = valueAt(value, field);
  if (found === undefined || found === null) return undefined;
  if (!isMap(found)) throw new Refused(`${where}.${field} is no object`);
  return found;
}

/** @returns a text, empty where none is written. @throws Refused */
export function text(value: Json | undefined, field: string, where: string): string {
  const found = valueAt(value, field);
  if (found === undefined || found === null) return '';
  if (typeof found !== 'string') throw new Refused(`${where}.${field} is no text`);
  return found;
}

/** The labels of a workload selector; undefined where it selects all. @throws Refused */
export function workloadSelector(spec: Json | undefined): Labels | undefined {
  const labels = map(map(spec, 'selector', 'spec'), 'matchLabels', 'spec.selector');
  if (labels === undefined || !isMap(labels) || Object.keys(labels).length === 0) return undefined;
  return Object.fromEntries(
    Object.entries(labels).map(([key, value]): [string, string] => {
      if (typeof value !== 'string' || key === '' || `${key}${value}`.includes('*'))
        throw new Refused(`spec.selector.matchLabels has ${key}, which is empty, no text or a wildcard`);
      return [key, value];
    }),
  );
}

/** @returns whether a workload selector selects a pod. */
export function selectsWorkload(selector: Labels | undefined, labels: Labels): boolean {
  return Object.entries(selector ?? {}).every(
    ([key, value]) => Object.hasOwn(labels, key) && labels[key] === value,
  );
}
