import type { Position } from '../inventory/model.ts';
import type { Finding } from './finding.ts';

/** Excuses findings of one rule at one object, until a day. */
export interface Exception {
  /** Rule id. */
  readonly rule: string;
  readonly object: ExceptedObject;
  /** JSON pointer; only findings at or below it are excused. @default the whole object */
  readonly path?: string;
  /** Names of the environments in which it holds. @default all */
  readonly environments?: readonly string[];
  /** Why the finding is acceptable. */
  readonly reason: string;
  /** Who answers for it: a person or a team. */
  readonly owner: string;
  /** Last day on which it holds, `YYYY-MM-DD`. */
  readonly expires: string;
  /** Where it is written. */
  readonly position: Position;
}

/** The object of an exception; without a namespace it is cluster-scoped, or names none. */
export interface ExceptedObject {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** A finding and the exception that excuses it; counted and reported, never lost. */
export interface ExceptedFinding {
  readonly finding: Finding;
  readonly exception: Exception;
}
