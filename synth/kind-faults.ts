import { unknownFields, validatorOf } from '../api/fields.ts';
import type { Manifest } from '../core/manifest.ts';
import type { Fault } from './fault.ts';
import { handWrittenFaults } from './hand-written-schemas.ts';
import { podFaults } from './pod-faults.ts';
import { schemaFaults, unknownFault } from './schema-errors.ts';
import { unknownKindFaults } from './unknown-kind.ts';
import { loadValidator } from './validators.ts';

/**
 * Holds a manifest against the schema of its kind: unknown fields, wrong types, missing fields, values out of bounds.
 *
 * @returns nothing for a kind whose schema is not known, such as somebody's own, unless its group cannot have it
 */
export function kindFaults(manifest: Manifest): Fault[] {
  const faults = schemaAndFieldFaults(manifest);
  const pods = podFaults(manifest);
  // what a schema says of missing fields is nearer to the cause
  return faults.some(({ path }) => pods.some((pod) => pod.path.startsWith(path)))
    ? faults
    : [...faults, ...pods];
}

function schemaAndFieldFaults(manifest: Manifest): Fault[] {
  const { apiVersion, kind } = manifest;
  const validator = validatorOf(apiVersion, kind);
  if (validator === undefined) return [...unknownKindFaults(manifest), ...handWrittenFaults(manifest)];
  const errors = loadValidator(validator.package, validator.definition)(manifest);
  return [...unknownFields(manifest, apiVersion, kind).map(unknownFault), ...schemaFaults(errors, manifest)];
}
