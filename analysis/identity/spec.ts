import type { Json, JsonObject } from '../../core/manifest.ts';
import { type InventoryObject, isMap, labelSelector, type Selector, valueAt } from '../../inventory/index.ts';
import { parseTemplate, type Template, TemplateError } from '../go-template/index.ts';
import { secondsOf } from './duration.ts';
import type { Failure, FailureCode, Source } from './entry.ts';
import { InvalidIdentity, trustDomainNamed } from './spiffe-id.ts';

/** An object that counts for nothing. */
export class InvalidObject extends Error {
  readonly code: FailureCode;

  constructor(code: FailureCode, message: string) {
    super(message);
    this.name = 'InvalidObject';
    this.code = code;
  }
}

/** @returns what a step gives, or the failure of the object that it is about. */
export function inObject<T>(source: Source, step: () => T): T | { readonly failure: Failure } {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof InvalidObject)) throw error;
    return { failure: { source, code: error.code, detail: error.message } };
  }
}

/** Typed access to the `spec` of an object; a value of another type makes the object invalid. */
export class Spec {
  readonly source: Source;
  readonly #spec: JsonObject;

  constructor({ identity, manifest }: InventoryObject) {
    const spec = valueAt(manifest, 'spec');
    this.source = { kind: identity.kind, name: identity.name };
    this.#spec = isMap(spec) ? spec : {};
  }

  text(field: string): string {
    return this.#typed(field, '', 'text', (value) => (typeof value === 'string' ? value : undefined));
  }

  flag(field: string): boolean {
    return this.#typed(field, false, 'true or false', (value) =>
      typeof value === 'boolean' ? value : undefined,
    );
  }

  texts(field: string): readonly string[] {
    return this.#typed<readonly string[]>(field, [], 'a list of texts', (value) =>
      Array.isArray(value) && value.every((item: Json) => typeof item === 'string') ? value : undefined,
    );
  }

  seconds(field: string): number {
    return this.#typed(field, 0, 'a duration such as 1h30m', (value) =>
      typeof value === 'string' ? secondsOf(value) : undefined,
    );
  }

  /** A selector that is missing, or empty, selects everything. */
  selector(field: string): Selector {
    return this.#typed<Selector>(field, [], 'a label selector', (value) => {
      const selector = labelSelector(value);
      return selector?.every(isValid) ? selector : undefined;
    });
  }

  trustDomains(field: string): readonly string[] {
    return this.texts(field).map((name) => {
      try {
        return trustDomainNamed(name);
      } catch (error) {
        if (!(error instanceof InvalidIdentity)) throw error;
        throw new InvalidObject('invalid-object', `${field} ${JSON.stringify(name)}: ${error.message}`);
      }
    });
  }

  template(field: string): Template {
    const source = this.text(field);
    if (source === '') throw new InvalidObject('invalid-object', `${field} is empty`);
    return templateOf(field, source);
  }

  templates(field: string): readonly Template[] {
    return this.texts(field).map((source) => templateOf(field, source));
  }

  #typed<T>(field: string, missing: T, type: string, read: (value: Json) => T | undefined): T {
    const value = valueAt(this.#spec, field);
    if (value === undefined || value === null) return missing;
    const result = read(value);
    if (result === undefined)
      throw new InvalidObject('invalid-object', `${field} is ${JSON.stringify(value)}, which is not ${type}`);
    return result;
  }
}

/** @throws InvalidObject */
function templateOf(field: string, source: string): Template {
  try {
    return parseTemplate(source);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new InvalidObject('template-parse', `${field}: ${error.message}`);
  }
}

const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const PREFIX = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;

/** The API server takes any text in a selector of a custom resource; the controller does not. */
function isValid(requirement: Selector[number]): boolean {
  const [name = '', prefix, more] = requirement.key.split('/').reverse();
  if (more !== undefined || !NAME.test(name) || (prefix !== undefined && !PREFIX.test(prefix))) return false;
  return !('values' in requirement) || requirement.values.every((value) => value === '' || NAME.test(value));
}
