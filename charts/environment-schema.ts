import Type, { type TObject, type TSchema } from 'typebox';
import type { Platform } from './platform.ts';

/** Keys of an environment file that every platform shares, before its own parameters. */
const COMMON_KEYS = ['platform', 'environment'] as const;

/** @returns the JSON Schema of a platform's environment files, as editors and the reader use it. */
export function environmentSchema(platform: Platform): TObject {
  return optionalWhereDefaulted(
    Type.Object(
      {
        platform: Type.Enum([platform.name], { description: 'the platform that this file describes' }),
        environment: Type.String({
          pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
          maxLength: 63,
          description:
            'name of the environment (a DNS label); the output stands in dist/<platform>/<environment>',
        }),
        ...platform.schema.properties,
      },
      { title: `${platform.name} environment`, description: platform.summary, additionalProperties: false },
    ),
  );
}

/** @returns that schema as the file that stands beside the environment files. */
export function environmentSchemaText(platform: Platform): string {
  const schema = { $schema: 'http://json-schema.org/draft-07/schema#', ...environmentSchema(platform) };
  const text = JSON.stringify(schema, null, 2);
  // short lists on one line, as people and the formatter write them
  return `${text.replace(/\[\s+("[^[\]{}]*")\s+\]/g, (_all, list: string) => `[${list.replace(/,\s+/g, ', ')}]`)}\n`;
}

/** @returns the parameters of a checked environment file, without the keys that all platforms share. */
export function parametersOf(document: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const common = new Set<string>(COMMON_KEYS);
  return Object.fromEntries(Object.entries(document).filter(([key]) => !common.has(key)));
}

/** A property with a default is always there once the file is read, but nobody has to write it. */
function optionalWhereDefaulted<Schema extends TSchema>(schema: Schema): Schema {
  return JSON.parse(
    JSON.stringify(schema, (_key, value: unknown) => {
      if (!isObjectSchema(value)) return value;
      const required = value.required.filter((key) => !('default' in (value.properties[key] ?? {})));
      const { required: _all, ...rest } = value;
      return required.length === 0 ? rest : { ...rest, required };
    }),
  );
}

function isObjectSchema(
  value: unknown,
): value is { required: readonly string[]; properties: Record<string, object> } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    value.type === 'object' &&
    'required' in value &&
    'properties' in value
  );
}
