import { createHash } from 'node:crypto';
import { groupOf, identityKey, identityOf, type ObjectIdentity } from '../core/manifest.ts';
import type { SynthesizedObject } from './synthesize.ts';

/** File systems take 255 bytes; this leaves room for a hash and the extension. */
const LONGEST_STEM = 200;

/** Where an object is written. */
export interface Place {
  /** With a `/` at its end, or empty. */
  readonly folder: string;
  /** Without folder and extension. */
  stem(identity: ObjectIdentity, clash: Clash): string;
}

/** What tells objects apart that would otherwise share a file. */
export interface Clash {
  readonly namespaces: boolean;
  readonly groups: boolean;
}

/**
 * One file name an object, the same on every system: what differs only in namespace or group gets that part added, and
 * what a file system could still confuse, or not hold, gets a hash of the object's identity.
 *
 * @returns paths with `/` separators, in the order of `objects`
 */
export function fileNames(
  objects: readonly SynthesizedObject[],
  place: (object: SynthesizedObject) => Place,
  extension: string,
): string[] {
  const alone = objects.map((object) => entryOf(object, place(object), NO_CLASH));
  const rivals = Map.groupBy(alone, ({ key }) => key);
  const entries = alone.map((entry) => {
    const others = rivals.get(entry.key) ?? [];
    return others.length < 2 ? entry : entryOf(entry.object, entry.place, clashOf(others));
  });
  const counts = new Map<string, number>();
  for (const { key } of entries) counts.set(key, (counts.get(key) ?? 0) + 1);
  return entries.map(({ identity, place, stem, key }) => {
    const confused = counts.get(key) !== 1 || stem.length > LONGEST_STEM;
    const name = confused ? `${stem.slice(0, LONGEST_STEM)}-${hash(identityKey(identity))}` : stem;
    return `${place.folder}${name}${extension}`;
  });
}

const NO_CLASH: Clash = { namespaces: false, groups: false };

function clashOf(rivals: readonly { readonly identity: ObjectIdentity }[]): Clash {
  return {
    namespaces: new Set(rivals.map(({ identity }) => identity.namespace)).size > 1,
    groups: new Set(rivals.map(({ identity }) => groupOf(identity.apiVersion))).size > 1,
  };
}

function entryOf(object: SynthesizedObject, place: Place, clash: Clash) {
  const identity = identityOf(object.manifest);
  const stem = place.stem(identity, clash);
  // file systems of some machines do not tell capitals from small letters
  return { object, identity, place, stem, key: `${place.folder}${stem}`.toLowerCase() };
}

/** `<area>/<kind>-<name>`, as a reviewer looks for it. */
export function reviewPlace({ area }: SynthesizedObject): Place {
  return {
    folder: `${area.replace(/[^\w-]/g, '_') || 'app'}/`,
    stem: ({ apiVersion, kind, namespace = '', name }, clash) => {
      const group = clash.groups && groupOf(apiVersion) !== '' ? `.${groupOf(apiVersion)}` : '';
      // no name holds an underscore, so nothing else can have this file name
      return `${kind.toLowerCase()}${group}-${clash.namespaces ? `${namespace}_` : ''}${encodeURIComponent(name)}`;
    },
  };
}

/** `<Kind>.<name>`, as cdk8s names the files of its output types with a file per resource. */
export function resourcePlace(folder: string): Place {
  return {
    folder,
    stem: ({ apiVersion, kind, namespace = '', name }, clash) => {
      const group = clash.groups && groupOf(apiVersion) !== '' ? `.${groupOf(apiVersion)}` : '';
      const text = `${kind}${group}.${clash.namespaces ? `${namespace}_` : ''}${name}`;
      return text.replace(/[^0-9a-zA-Z-_.]/g, '');
    },
  };
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
