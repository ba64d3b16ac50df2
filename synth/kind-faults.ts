import { unknownFields, validatorOf } from '../api/fields.ts';
import type { Manifest } from '../core/manifest.ts';
import type { Fault } from './fault.ts';
import { handWrittenFaults } from './hand-written-schemas.ts';
import { schemaFaults, unknownFault } from './schema-errors.ts';
import { loadValidator } from './validators.ts';

/**
 * Holds a manifest against the schema of its kind: unknown fields, wrong types, missing fields, values out of bounds.
 *
 * @returns nothing for a kind whose schema is not known, such as somebody's own
 */
export function kindFaults(manifest: Manifest): Fault[] {
  const { apiVersion, kind } = manifest;
  const validator = validatorOf(apiVersion, kind);
  if (validator === undefined) return handWrittenFaults(manifest);
  const errors = loadValidator(validator.package, validator.definition)(manifest);
  return [...unknownFields(manifest, apiVersion, kind).map(unknownFault), ...schemaFaults(errors, manifest)];
}
