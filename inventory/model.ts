import type { Manifest, ObjectIdentity } from '../core/manifest.ts';

/** A place in an input file. */
export interface Position {
  /** As given by the caller, with `/` separators; `-` for standard input. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly column: number;
}

/** One object of the input and where it stands. */
export interface InventoryObject {
  readonly identity: ObjectIdentity;
  readonly manifest: Manifest;
  readonly file: string;
  /**
   * Where a field stands; of a path that is not written, the nearest parent that is.
   * Computed on demand, since most fields are never asked for.
   *
   * @param pointer JSON pointer (RFC 6901), `''` for the object itself
   */
  position(pointer: string): Position;
}

/** Everything read, in input order, and the indexes that analyses and rules share. */
export interface Inventory {
  readonly objects: readonly InventoryObject[];
  /** Objects of a kind, in input order; with `group` only that API group (`''` = core). */
  ofKind(kind: string, group?: string): readonly InventoryObject[];
  /** The object with this group, kind, namespace and name. */
  find(group: string, kind: string, namespace: string | undefined, name: string): InventoryObject | undefined;
}
