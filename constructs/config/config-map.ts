import type { Construct } from 'constructs';
import type { IConfigMap } from 'kubernetes-models/v1';
import type { Json } from '../../core/manifest.ts';
import { KubeObject, metadataOf, type ObjectProps } from '../kube-object.ts';
import { checkAt } from '../validate/check.ts';
import type { EnvSource } from '../workload/env.ts';

const JSON_TEXT = Symbol('json');

/** A file whose content is JSON made from data, so that it is always strict JSON. */
export interface JsonFile {
  readonly [JSON_TEXT]: string;
}

/** @returns the content of a file as JSON, two blanks to a level */
export function jsonFile(value: Json): JsonFile {
  return { [JSON_TEXT]: `${JSON.stringify(value, undefined, 2)}\n` };
}

/** Props of {@link ConfigMap}. */
export interface ConfigMapProps<K extends string> extends ObjectProps {
  /** Content by key: a text, or data for a JSON file. */
  readonly data: Readonly<Record<K, string | JsonFile>>;
  /** Forbids changes to the object. @default false */
  readonly immutable?: boolean;
}

/**
 * Settings for pods; never secrets.
 *
 * @example
 * const config = new ConfigMap(chart, 'host-config', {
 *   data: { 'appsettings.json': jsonFile({ Port: 8088 }) },
 * });
 * const mount = Volume.configMap('config', config).at('/app/config');
 */
export class ConfigMap<K extends string = string> extends KubeObject<IConfigMap> {
  constructor(scope: Construct, id: string, props: ConfigMapProps<K>) {
    const check = checkAt(scope, id);
    const metadata = metadataOf(check, id, props);
    const data: Record<string, string> = {};
    for (const [key, value] of Object.entries<string | JsonFile>(props.data)) {
      check.dataKey('data', key);
      data[key] = typeof value === 'string' ? value : value[JSON_TEXT];
    }
    check.done();
    const { immutable } = props;
    super(scope, id, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata,
      data,
      ...(immutable === undefined ? {} : { immutable }),
    });
  }

  /** @returns a key's content as an environment variable */
  env(key: K, options: { readonly optional?: boolean } = {}): EnvSource {
    return { valueFrom: { configMapKeyRef: { name: this.name, key, ...options } } };
  }
}
