import { Ajv, type ValidateFunction } from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { unknownFieldsOf } from '../api/fields.ts';
import { schemaOf } from '../api/schemas.ts';
import type { Json, JsonObject, Manifest } from '../core/manifest.ts';
import { pointerSegment } from '../core/pointer.ts';
import type { Fault } from './fault.ts';
import { schemaFaults, unknownFault } from './schema-errors.ts';
import { loadValidator, SHARED } from './validators.ts';

const KUBERNETES = 'kubernetes-models';

/** Compiling is slow, and most manifests are of kinds that others have compiled. */
const compiled = new Map<object, ValidateFunction>();

/**
 * Holds a manifest against the schema that `api/` has for its kind; what it holds of Kubernetes' own types, such as a
 * pod's spec, against theirs.
 *
 * @returns nothing for a kind without a schema
 */
export function handWrittenFaults(manifest: Manifest): Fault[] {
  const schema = schemaOf(manifest.apiVersion, manifest.kind);
  if (schema === undefined) return [];
  const faults = ownFaults(schema, manifest);
  for (const { value, definition, path } of kubernetesValues(schema, manifest, '')) {
    faults.push(...unknownFieldsOf(value, definition, path).map(unknownFault));
    const packageName = definition.startsWith('IoK8sApimachinery') ? SHARED : KUBERNETES;
    const errors = loadValidator(packageName, definition)(value);
    faults.push(...schemaFaults(errors, value).map((fault) => ({ ...fault, path: path + fault.path })));
  }
  return faults;
}

function ownFaults(schema: object, manifest: Manifest): Fault[] {
  const validate = compiled.get(schema) ?? compile(schema);
  compiled.set(schema, validate);
  if (validate(manifest)) return [];
  const errors = validate.errors ?? [];
  const unknown = errors.filter(({ keyword }) => keyword === 'additionalProperties');
  return [
    ...unknown.map(({ instancePath, params, parentSchema }) => {
      const field = String(params['additionalProperty']);
      const known = Object.keys(Object(parentSchema).properties);
      return unknownFault({ path: `${instancePath}/${pointerSegment(field)}`, field, known });
    }),
    ...schemaFaults(
      errors.filter((error) => !unknown.includes(error)),
      manifest,
    ),
  ];
}

function compile(schema: object): ValidateFunction {
  // these schemas are typed where they are written; to compile JSON Schema's own would take longer than all of them
  const options = { validateSchema: false, meta: false, strict: false };
  return new Ajv({ ...options, allErrors: true, verbose: true, formats: fullFormats }).compile(schema);
}

interface KubernetesValue {
  readonly value: Json;
  /** In camel case, as its validator is named. */
  readonly definition: string;
  /** JSON pointer. */
  readonly path: string;
}

/** Finds the values whose schema is only the name of a Kubernetes type. */
function kubernetesValues(schema: unknown, value: Json | undefined, path: string): KubernetesValue[] {
  if (typeof value !== 'object' || value === null) return [];
  const { properties, items, 'x-sluice-ref': name }: Record<string, unknown> = Object(schema);
  if (typeof name === 'string') return [{ value, definition: camelCase(name), path }];
  if (Array.isArray(value)) {
    return value.flatMap((item: Json, index) => kubernetesValues(items, item, `${path}/${index}`));
  }
  const mapping = value as JsonObject;
  return Object.entries(Object(properties)).flatMap(([field, type]) =>
    kubernetesValues(type, mapping[field], `${path}/${pointerSegment(field)}`),
  );
}

/** `io.k8s.api.core.v1.PodSpec` to `IoK8sApiCoreV1PodSpec`. */
function camelCase(definition: string): string {
  return definition
    .split('.')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}
