import type { External } from '../analysis/externals.ts';
import type { JsonObject, Manifest } from '../core/manifest.ts';
import type { Inventory } from '../inventory/model.ts';
import { encodeJson } from './encode.ts';

/** What rules know beyond the manifests: where they are for. Becomes `data.environment`. */
export interface EnvironmentData {
  readonly platform: string;
  readonly environment: string;
  readonly parameters: JsonObject;
}

/** Where the documents below `data` come from. */
export interface DataSource {
  readonly inventory: Inventory;
  readonly externals: readonly External[];
  readonly environment?: EnvironmentData;
  /** Facts are asked for only when a rule reads them. */
  references(): Promise<readonly JsonObject[]>;
}

/** @returns the documents that rules read, and no others, as JSON. */
export async function documentsFor(reads: readonly string[], source: DataSource): Promise<ArrayBuffer> {
  const wants = (document: string): boolean => reads.includes(document);
  const documents: Record<string, unknown> = {};
  const kinds = kindsFor(reads, source.inventory);
  if (kinds !== undefined) documents['inventory'] = { kinds };
  if (wants('facts/references')) documents['facts'] = { references: await source.references() };
  if (wants('externals')) documents['externals'] = source.externals;
  if (wants('environment') && source.environment !== undefined) documents['environment'] = source.environment;
  return encodeJson(documents);
}

function kindsFor(reads: readonly string[], inventory: Inventory): Record<string, Manifest[]> | undefined {
  const prefix = 'inventory/kinds';
  const wanted = reads.filter((read) => read.startsWith(prefix)).map((read) => read.slice(prefix.length + 1));
  if (wanted.length === 0) return undefined;
  const kinds = new Map<string, Manifest[]>();
  const all = wanted.includes('');
  for (const { manifest, identity } of inventory.objects) {
    if (!all && !wanted.includes(identity.kind)) continue;
    const list = kinds.get(identity.kind);
    if (list === undefined) kinds.set(identity.kind, [manifest]);
    else list.push(manifest);
  }
  // fromEntries defines keys, so a kind named __proto__ is a key as well
  return Object.fromEntries(kinds);
}
