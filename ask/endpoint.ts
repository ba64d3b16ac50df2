import type { Entity, Pod } from '../analysis/reach/index.ts';
import type { AddressSet } from '../analysis/sets/index.ts';
import type { InventoryObject } from '../inventory/index.ts';

/** What a question means by one side of a connection; a verdict holds for all of it. */
export interface Endpoint {
  readonly pods: readonly Pod[];
  readonly entities: readonly Entity[];
  readonly addresses?: AddressSet;
  /** A DNS name, of which only the name is known. */
  readonly name?: string;
  /** The Service that was named; ports are its own then. */
  readonly service?: InventoryObject;
}

/** An endpoint that means nothing yet. */
export const NOTHING = { pods: [], entities: [] } as const;
