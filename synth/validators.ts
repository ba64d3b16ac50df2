import { createRequire, findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import type { Json } from '../core/manifest.ts';

/** One error as ajv's compiled validators tell it. */
export interface SchemaError {
  /** JSON pointer of the value at fault. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** @returns what is wrong with a value; nothing when it is right. */
export type Validate = (value: Json) => readonly SchemaError[];

/** Types that every package uses, such as object metadata. */
export const SHARED = '@kubernetes-models/apimachinery';

const require = createRequire(import.meta.url);
const loaded = new Map<string, Validate>();

/**
 * Loads the compiled validator of a type of kubernetes-models or one of its sisters, when it is first asked for: all of
 * them together are thousands of modules.
 *
 * @param definition name of the OpenAPI definition in camel case, e.g. `IoK8sApiAppsV1Deployment`
 */
export function loadValidator(packageName: string, definition: string): Validate {
  const key = `${packageName}/${definition}`;
  const known = loaded.get(key);
  if (known !== undefined) return known;
  const validate = wrap(require(join(packageFolder(packageName), '_schemas', `${definition}.js`)), key);
  loaded.set(key, validate);
  return validate;
}

/**
 * These packages are ES modules that `require` takes only by their path. The one that the others share need not be
 * installed where this module finds it, but where they do.
 */
function packageFolder(name: string): string {
  const from = name === SHARED ? join(packageFolder('kubernetes-models'), 'index.js') : import.meta.url;
  const file = findPackageJSON(name, from);
  if (file === undefined) throw new Error(`package ${name} is not installed`);
  return dirname(file);
}

function wrap(module: unknown, key: string): Validate {
  const { validate }: { validate?: unknown } = Object(module);
  if (typeof validate !== 'function') throw new Error(`${key} exports no validator`);
  return (value) => (validate(value) ? [] : Object(validate).errors);
}
