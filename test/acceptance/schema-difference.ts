import type { Json, JsonObject } from '../../core/manifest.ts';

/**
 * Holds a hand-written JSON Schema against that of the real CRD.
 *
 * @param path where both stand, for the messages
 * @returns what ours says and theirs does not, and the other way round; empty where they agree on field names, types,
 * enumerations and required fields
 */
export function schemaDifferences(ours: JsonObject, theirs: JsonObject, path = ''): string[] {
  // a Kubernetes API type, which ours leaves to those who know it
  if ('x-sluice-ref' in ours) return typeDifference(ours, theirs, path);
  const mine = propertiesOf(ours);
  const their = propertiesOf(theirs);
  const names = [...new Set([...Object.keys(mine), ...Object.keys(their)])];
  return [
    ...typeDifference(ours, theirs, path),
    ...listDifference('allows', ours['enum'], theirs['enum'], path),
    ...listDifference('requires', ours['required'], theirs['required'], path),
    ...names.flatMap((name) => {
      const [our, real] = [mine[name], their[name]];
      if (our === undefined) return [`${path}/${name}: ours does not know it`];
      if (real === undefined) return [`${path}/${name}: theirs does not know it`];
      return schemaDifferences(our, real, `${path}/${name}`);
    }),
    ...inside('items', ours, theirs, path),
    ...inside('additionalProperties', ours, theirs, path),
  ];
}

function propertiesOf(schema: JsonObject): Readonly<Record<string, JsonObject>> {
  return (schema['properties'] ?? {}) as Record<string, JsonObject>;
}

function typeDifference(ours: JsonObject, theirs: JsonObject, path: string): string[] {
  return ours['type'] === theirs['type']
    ? []
    : [`${path}: ours is ${ours['type']}, theirs ${theirs['type']}`];
}

function listDifference(
  verb: string,
  ours: Json | undefined,
  theirs: Json | undefined,
  path: string,
): string[] {
  const [mine, their] = [ours, theirs].map((list) =>
    Array.isArray(list) ? list.map(String).toSorted().join(', ') : '',
  );
  return mine === their ? [] : [`${path}: ours ${verb} [${mine}], theirs [${their}]`];
}

/** A list's items or a map's values, where both describe them. */
function inside(key: string, ours: JsonObject, theirs: JsonObject, path: string): string[] {
  const [mine, their] = [valueSchema(ours, key), valueSchema(theirs, key)];
  return mine === undefined || their === undefined ? [] : schemaDifferences(mine, their, `${path}/*`);
}

function valueSchema(schema: JsonObject, key: string): JsonObject | undefined {
  // typebox writes the values of a map as a pattern that every name matches
  const patterns = schema['patternProperties'] as JsonObject | undefined;
  const value =
    key === 'additionalProperties' && patterns !== undefined ? Object.values(patterns)[0] : schema[key];
  return typeof value === 'object' && value !== null ? (value as JsonObject) : undefined;
}
