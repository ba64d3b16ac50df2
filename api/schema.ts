import { type TSchema, type TUnsafe, Type } from 'typebox';

/** A hand-written schema of one kind. */
export interface KindSchema {
  readonly apiVersion: string;
  readonly kind: string;
  /** JSON Schema of the whole object; `metadata` and what {@link kubernetesType} marks are left open. */
  readonly schema: TSchema;
}

/**
 * A field whose type is a Kubernetes API type. The schema leaves it open and names the type under
 * `x-sluice-ref`, by its OpenAPI definition (`io.k8s.api.core.v1.PodSpec`), for those who know its fields.
 */
export function kubernetesType<T>(definition: string): TUnsafe<T> {
  return Type.Unsafe<T>({ type: 'object', 'x-sluice-ref': definition });
}

/** A list of Kubernetes API types, each marked as {@link kubernetesType} does. */
export function kubernetesTypes<T>(definition: string): TUnsafe<T[]> {
  return Type.Unsafe<T[]>({ type: 'array', items: { type: 'object', 'x-sluice-ref': definition } });
}

/** An object that knows its fields: any other is an error. */
export function fields<P extends Record<string, TSchema>>(properties: P) {
  return Type.Object(properties, { additionalProperties: false });
}

/** One of a few texts. */
export function oneOf<const T extends string>(...values: readonly T[]) {
  return Type.Unsafe<T>({ type: 'string', enum: values });
}

/** A map of texts, such as labels. */
export const stringMap = Type.Record(Type.String(), Type.String());

/** Object metadata. */
export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Schema of a whole object from that of its spec. */
export function kindOf<const V extends string, const K extends string, S extends TSchema>(
  apiVersion: V,
  kind: K,
  spec: S,
) {
  return fields({
    apiVersion: Type.Literal(apiVersion),
    kind: Type.Literal(kind),
    metadata: kubernetesType<ObjectMeta>('io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta'),
    spec,
  });
}
