import type { Json } from '../../core/manifest.ts';
import {
  containersOf,
  isMap,
  listAt,
  type PodTemplate,
  pointerOf,
  textAt,
  valueAt,
} from '../../inventory/index.ts';
import type { NameReference, ReferenceType } from './reference.ts';

const CSI_SECRETS_STORE = 'secrets-store.csi.k8s.io';

/** What a pod needs from its namespace: identity, volumes, environment, and the classes it runs in. */
export function* podReferences(template: PodTemplate): Generator<NameReference> {
  const { spec, specPath, namespace } = template;
  yield* serviceAccount(template);
  for (const [index, secret] of listAt(spec, 'imagePullSecrets').entries()) {
    yield* named('secret', 'Secret', namespace, secret, `${specPath}${pointerOf('imagePullSecrets', index)}`);
  }
  for (const [field, kind, group, type] of [
    ['priorityClassName', 'PriorityClass', 'scheduling.k8s.io', 'priority-class'],
    ['runtimeClassName', 'RuntimeClass', 'node.k8s.io', 'runtime-class'],
  ] as const) {
    const name = textAt(spec, field);
    if (name !== undefined) yield { path: `${specPath}${pointerOf(field)}`, type, to: { group, kind, name } };
  }
  const replaced = claimedNames(template);
  for (const [index, volume] of listAt(spec, 'volumes').entries()) {
    if (replaced.has(textAt(volume, 'name'))) continue;
    yield* volumeReferences(volume, namespace, `${specPath}${pointerOf('volumes', index)}`);
  }
  for (const { container, path } of containersOf(template)) yield* environment(container, namespace, path);
}

/** Volumes that a StatefulSet's controller replaces by the claim it makes from a template of the same name. */
function claimedNames({ object }: PodTemplate): ReadonlySet<string | undefined> {
  if (object.manifest.kind !== 'StatefulSet') return new Set();
  const templates = listAt(object.manifest, 'spec', 'volumeClaimTemplates');
  return new Set(
    templates.map((claim) => textAt(claim, 'metadata', 'name')).filter((name) => name !== undefined),
  );
}

function* serviceAccount({ spec, specPath, namespace }: PodTemplate): Generator<NameReference> {
  for (const field of ['serviceAccountName', 'serviceAccount']) {
    const name = textAt(spec, field);
    if (name === undefined) continue;
    yield {
      path: `${specPath}${pointerOf(field)}`,
      type: 'service-account',
      to: { group: '', kind: 'ServiceAccount', namespace, name },
    };
    // `serviceAccount` is the deprecated twin
    return;
  }
}

function* volumeReferences(volume: Json, namespace: string, path: string): Generator<NameReference> {
  yield* filesOf(
    'config-map',
    'ConfigMap',
    'name',
    valueAt(volume, 'configMap'),
    namespace,
    `${path}/configMap`,
  );
  yield* filesOf('secret', 'Secret', 'secretName', valueAt(volume, 'secret'), namespace, `${path}/secret`);
  for (const [index, source] of listAt(volume, 'projected', 'sources').entries()) {
    const at = `${path}${pointerOf('projected', 'sources', index)}`;
    yield* filesOf(
      'config-map',
      'ConfigMap',
      'name',
      valueAt(source, 'configMap'),
      namespace,
      `${at}/configMap`,
    );
    yield* filesOf('secret', 'Secret', 'name', valueAt(source, 'secret'), namespace, `${at}/secret`);
  }
  const claim = textAt(volume, 'persistentVolumeClaim', 'claimName');
  if (claim !== undefined) {
    const to = { group: '', kind: 'PersistentVolumeClaim', namespace, name: claim };
    yield { path: `${path}/persistentVolumeClaim/claimName`, type: 'persistent-volume-claim', to };
  }
  yield* csiReferences(valueAt(volume, 'csi'), namespace, `${path}/csi`);
  const azureSecret = textAt(volume, 'azureFile', 'secretName');
  if (azureSecret !== undefined) {
    yield {
      path: `${path}/azureFile/secretName`,
      type: 'secret',
      to: { group: '', kind: 'Secret', namespace, name: azureSecret },
    };
  }
  const storageClass = textAt(volume, 'ephemeral', 'volumeClaimTemplate', 'spec', 'storageClassName');
  if (storageClass !== undefined) {
    const to = { group: 'storage.k8s.io', kind: 'StorageClass', name: storageClass };
    yield { path: `${path}/ephemeral/volumeClaimTemplate/spec/storageClassName`, type: 'storage-class', to };
  }
}

function* csiReferences(csi: Json | undefined, namespace: string, path: string): Generator<NameReference> {
  const name = textAt(csi, 'volumeAttributes', 'secretProviderClass');
  if (name !== undefined && valueAt(csi, 'driver') === CSI_SECRETS_STORE) {
    const to = { group: 'secrets-store.csi.x-k8s.io', kind: 'SecretProviderClass', namespace, name };
    yield { path: `${path}/volumeAttributes/secretProviderClass`, type: 'secret-provider-class', to };
  }
  yield* named(
    'secret',
    'Secret',
    namespace,
    valueAt(csi, 'nodePublishSecretRef'),
    `${path}/nodePublishSecretRef`,
  );
}

/** A ConfigMap or Secret mounted as files, whole or by its keys. */
function* filesOf(
  type: ReferenceType,
  kind: string,
  nameField: string,
  source: Json | undefined,
  namespace: string,
  path: string,
): Generator<NameReference> {
  const name = textAt(source, nameField);
  if (name === undefined) return;
  const to = { group: '', kind, namespace, name };
  const optional = valueAt(source, 'optional') === true;
  yield { path: `${path}${pointerOf(nameField)}`, type, to, optional };
  for (const [index, item] of listAt(source, 'items').entries()) {
    const key = textAt(item, 'key');
    if (key !== undefined)
      yield { path: `${path}${pointerOf('items', index, 'key')}`, type, to: { ...to, key }, optional };
  }
}

function* environment(container: Json, namespace: string, path: string): Generator<NameReference> {
  for (const [index, source] of listAt(container, 'envFrom').entries()) {
    const at = `${path}${pointerOf('envFrom', index)}`;
    yield* named('config-map', 'ConfigMap', namespace, valueAt(source, 'configMapRef'), `${at}/configMapRef`);
    yield* named('secret', 'Secret', namespace, valueAt(source, 'secretRef'), `${at}/secretRef`);
  }
  for (const [index, variable] of listAt(container, 'env').entries()) {
    const at = `${path}${pointerOf('env', index, 'valueFrom')}`;
    const from = valueAt(variable, 'valueFrom');
    yield* named(
      'config-map',
      'ConfigMap',
      namespace,
      valueAt(from, 'configMapKeyRef'),
      `${at}/configMapKeyRef`,
    );
    yield* named('secret', 'Secret', namespace, valueAt(from, 'secretKeyRef'), `${at}/secretKeyRef`);
  }
}

/** A `{name, key?, optional?}` as environment variables and pull secrets have it. */
function* named(
  type: ReferenceType,
  kind: string,
  namespace: string,
  source: Json | undefined,
  path: string,
): Generator<NameReference> {
  const name = textAt(source, 'name');
  if (name === undefined || !isMap(source)) return;
  const key = textAt(source, 'key');
  const to = { group: '', kind, namespace, name, ...(key === undefined ? {} : { key }) };
  yield { path: `${path}/name`, type, to, optional: source['optional'] === true, innerPath: `${path}/key` };
}
