import type { IEnvVar } from 'kubernetes-models/v1';
import type { Check } from '../validate/check.ts';

/** A value that the cluster fills in when the container starts. */
export interface EnvSource {
  readonly valueFrom: NonNullable<IEnvVar['valueFrom']>;
}

/** What an environment variable is set to: a text, or where the cluster finds it. */
export type EnvValue = string | EnvSource;

/** Environment variables in the order in which they are written. */
export type Env = Readonly<Record<string, EnvValue>>;

/** @returns a field of the pod itself, such as `metadata.name` or `status.podIP` */
export function fieldRef(fieldPath: string): EnvSource {
  return { valueFrom: { fieldRef: { fieldPath } } };
}

/** @returns a resource bound of a container, such as `limits.memory` */
export function resourceFieldRef(resource: string, divisor?: string): EnvSource {
  return { valueFrom: { resourceFieldRef: divisor === undefined ? { resource } : { resource, divisor } } };
}

/** Renders variables as the API has them. */
export function envVars(check: Check, field: string, env: Env): IEnvVar[] {
  return Object.entries(env).map(([name, value]) => {
    check.envName(field, name);
    return typeof value === 'string' ? { name, value } : { name, valueFrom: value.valueFrom };
  });
}
