import type { Unknowns } from './bytes.ts';
import { known, type Maybe } from './value.ts';

/**
 * What `if`, `with`, `and`, `or` and `not` take for true: whatever is not the zero value of its type.
 *
 * @throws Undetermined
 */
export function isTrue(value: Maybe, unknowns: Unknowns): boolean {
  if (value === undefined) return false;
  switch (value.kind) {
    case 'string':
      return unknowns.holdsSomething(value.data) || unknowns.known(value.data) !== '';
    case 'slice':
      return (known(value.data)?.length ?? 0) > 0;
    case 'map': {
      const map = known(value.data);
      return map !== null && (map.entries.size > 0 || map.later !== undefined);
    }
    case 'bool':
      return known(value.data);
    case 'int':
    case 'uint':
      return known(value.data) !== 0n;
    case 'float':
      return known(value.data) !== 0;
    case 'ptr':
      return known(value.data) !== null;
    case 'struct':
    case 'opaque':
      return true;
  }
}
