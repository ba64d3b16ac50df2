import type { Json, JsonObject } from '../../core/manifest.ts';
import { billionths } from './quantity.ts';

/** What differs between an object as written and as read back. */
export interface Difference {
  /** JSON pointer into the object. */
  readonly path: string;
  readonly written: Json | undefined;
  readonly read: Json | undefined;
}

/** The two ways in which an object can differ from what was written. */
export interface ReadBack {
  /** Fields that we wrote and the server has not, or has otherwise. */
  readonly changed: readonly Difference[];
  /** Fields that the server has and we did not write. */
  readonly added: readonly Difference[];
}

/** Fields that hold quantities, which the server writes in canonical form: `1000m` becomes `1`. */
const QUANTITY =
  /\/(?:(?:resources|spec)\/(?:requests|limits|hard|capacity)\/[^/]+|sizeLimit|spec\/limits\/\d+\/(?:default|defaultRequest|min|max|maxLimitRequestRatio)\/[^/]+)$/;

/** Compares every field. Lists keep their order in Kubernetes, so they are compared in order. */
export function compare(written: JsonObject, read: JsonObject): ReadBack {
  const changed: Difference[] = [];
  const added: Difference[] = [];
  descend(written, read, '');
  return { changed, added };

  function descend(mine: Json | undefined, theirs: Json | undefined, path: string): void {
    if (mine === undefined) {
      added.push({ path, written: mine, read: theirs });
    } else if (Array.isArray(mine) && Array.isArray(theirs) && mine.length === theirs.length) {
      mine.forEach((item: Json, index) => {
        descend(item, theirs[index], `${path}/${index}`);
      });
    } else if (isObject(mine) && isObject(theirs)) {
      for (const key of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
        descend(mine[key], theirs[key], `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
      }
    } else if (!same(mine, theirs, path)) {
      changed.push({ path, written: mine, read: theirs });
    }
  }
}

function same(mine: Json, theirs: Json | undefined, path: string): boolean {
  if (mine === theirs) return true;
  if (!QUANTITY.test(path)) return false;
  const [ours, server] = [mine, theirs].map((value) =>
    typeof value === 'string' || typeof value === 'number' ? billionths(String(value)) : undefined,
  );
  return ours !== undefined && ours === server;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
