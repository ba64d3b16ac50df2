import type { Json } from '../../core/manifest.ts';
import { listAt, textAt, valueAt } from '../../inventory/index.ts';
import type { Header } from './request.ts';

/** Headers by name in lower case. */
export type Headers = ReadonlyMap<string, Header>;

/**
 * Headers as a header modifier leaves them. A header that the modifier sets or adds gets its name as written there;
 * of several entries with one name only the first counts.
 */
export function modified(headers: Headers, settings: Json | undefined): Headers {
  const result = new Map(headers);
  for (const { name, value } of entries(settings, 'set')) result.set(name.toLowerCase(), { name, value });
  for (const { name, value } of entries(settings, 'add')) {
    const before = result.get(name.toLowerCase())?.value;
    result.set(name.toLowerCase(), { name, value: before === undefined ? value : `${before},${value}` });
  }
  for (const name of removedBy(settings)) result.delete(name);
  return result;
}

/** @returns names of the headers that a modifier removes, in lower case. */
export function removedBy(settings: Json | undefined): string[] {
  return listAt(settings, 'remove').flatMap((name) => (typeof name === 'string' ? name.toLowerCase() : []));
}

function entries(settings: Json | undefined, action: string): Header[] {
  const seen = new Map<string, Header>();
  for (const item of listAt(settings, action)) {
    const name = textAt(item, 'name');
    const value = valueAt(item, 'value');
    if (name === undefined || typeof value !== 'string' || seen.has(name.toLowerCase())) continue;
    seen.set(name.toLowerCase(), { name, value });
  }
  return [...seen.values()];
}
