import { verify } from '../validate/check.ts';
import type { EnvSource } from '../workload/env.ts';

/** What is known of a Secret that something else makes. */
export interface ExternalSecretOptions<K extends string> {
  /** The keys that the Secret has. */
  readonly keys: readonly K[];
  /** Who makes the Secret, for whoever looks for it. */
  readonly reason: string;
}

/**
 * A Secret that something else makes: its name and keys, never its values. Environment variables and volumes
 * take it.
 */
export class ExternalSecretRef<K extends string = string> {
  readonly name: string;
  readonly keys: readonly K[];
  readonly reason: string;

  constructor(name: string, { keys, reason }: ExternalSecretOptions<K>) {
    verify(`secret ${name}`, (check) => {
      check.objectName('name', name);
      for (const key of keys) check.dataKey('keys', key);
    });
    this.name = name;
    this.keys = keys;
    this.reason = reason;
  }

  /**
   * @param options.optional lets the container start without it; @default false
   * @returns a key's value as an environment variable
   */
  env(key: K, options: { readonly optional?: boolean } = {}): EnvSource {
    return { valueFrom: { secretKeyRef: { name: this.name, key, ...options } } };
  }
}

/**
 * @throws InputError when the name or a key is none
 * @example
 * const postgres = externalSecret('postgres', { keys: ['connectionstring'], reason: 'made by the database set-up' });
 * const env = { DATABASE: postgres.env('connectionstring') };
 */
export function externalSecret<const K extends string>(
  name: string,
  options: ExternalSecretOptions<K>,
): ExternalSecretRef<K> {
  return new ExternalSecretRef(name, options);
}
