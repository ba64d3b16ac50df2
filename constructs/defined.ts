/** `T` whose optional fields may also be given as undefined. */
export type Sparse<T> = { readonly [K in keyof T]: T[K] | undefined };

/** @returns the fields that are not undefined, so that a manifest never carries an empty field. */
export function defined<T extends object>(fields: Sparse<T>): T {
  const out: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields)) if (value !== undefined) out[key] = value;
  return out as T;
}
