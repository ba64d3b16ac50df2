import { groupOf, type Json } from '../../core/manifest.ts';
import {
  type InventoryObject,
  isClusterScoped,
  isMap,
  listAt,
  pointerOf,
  textAt,
  valueAt,
} from '../../inventory/index.ts';
import { NAME_FIELDS, OBJECT_FIELDS, type ObjectField } from './fields.ts';
import type { NamedTarget, NameReference } from './reference.ts';

/** References of objects that are neither pods nor routes. */
export function* objectReferences(object: InventoryObject): Generator<NameReference> {
  const key = `${groupOf(object.identity.apiVersion)}/${object.identity.kind}`;
  for (const field of NAME_FIELDS[key] ?? []) {
    for (const { value, path } of written(object.manifest, field.path.split('/'))) {
      if (typeof value !== 'string' || value === '') continue;
      yield { path, type: field.type, to: target(object, field.group, field.kind, undefined, value) };
    }
  }
  for (const field of OBJECT_FIELDS[key] ?? []) {
    for (const { value, path } of written(object.manifest, field.path.split('/'))) {
      yield* objectReference(object, field, value, path);
    }
  }
  if (key === 'networking.k8s.io/Ingress') yield* ingressReferences(object);
  if (
    key === 'rbac.authorization.k8s.io/RoleBinding' ||
    key === 'rbac.authorization.k8s.io/ClusterRoleBinding'
  ) {
    yield* subjectReferences(object);
  }
}

function* objectReference(
  object: InventoryObject,
  field: ObjectField,
  value: Json,
  path: string,
): Generator<NameReference> {
  const name = textAt(value, 'name');
  const kind = textAt(value, 'kind') ?? field.kind;
  if (name === undefined || kind === undefined) return;
  const to = target(object, groupOfReference(value, field), kind, textAt(value, 'namespace'), name);
  const port = valueAt(value, 'port') ?? (field.type === 'webhook-service' ? 443 : undefined);
  const innerPath = valueAt(value, 'port') === undefined ? `${path}/name` : `${path}/port`;
  yield {
    path: `${path}/name`,
    type: field.type,
    to: typeof port === 'number' ? { ...to, port } : to,
    innerPath,
  };
}

function groupOfReference(value: Json, field: ObjectField): string {
  const apiVersion = textAt(value, 'apiVersion');
  if (apiVersion !== undefined) return groupOf(apiVersion);
  return textAt(value, 'apiGroup') ?? textAt(value, 'group') ?? field.group;
}

function* ingressReferences(object: InventoryObject): Generator<NameReference> {
  yield* ingressBackend(object, valueAt(object.manifest, 'spec', 'defaultBackend'), '/spec/defaultBackend');
  for (const [index, rule] of listAt(object.manifest, 'spec', 'rules').entries()) {
    for (const [position, path] of listAt(rule, 'http', 'paths').entries()) {
      const at = pointerOf('spec', 'rules', index, 'http', 'paths', position, 'backend');
      yield* ingressBackend(object, valueAt(path, 'backend'), at);
    }
  }
}

function* ingressBackend(
  object: InventoryObject,
  backend: Json | undefined,
  path: string,
): Generator<NameReference> {
  const service = textAt(backend, 'service', 'name');
  if (service !== undefined) {
    const port = valueAt(backend, 'service', 'port', 'number') ?? valueAt(backend, 'service', 'port', 'name');
    const to = target(object, '', 'Service', undefined, service);
    const usable = typeof port === 'number' || typeof port === 'string';
    yield {
      path: `${path}/service/name`,
      type: 'backend',
      to: usable ? { ...to, port } : to,
      innerPath: `${path}/service/port`,
    };
  }
  const resource = valueAt(backend, 'resource');
  const name = textAt(resource, 'name');
  const kind = textAt(resource, 'kind');
  if (name !== undefined && kind !== undefined) {
    const to = target(object, textAt(resource, 'apiGroup') ?? '', kind, undefined, name);
    yield { path: `${path}/resource/name`, type: 'backend', to };
  }
}

function* subjectReferences(object: InventoryObject): Generator<NameReference> {
  for (const [index, subject] of listAt(object.manifest, 'subjects').entries()) {
    const name = textAt(subject, 'name');
    if (name === undefined || valueAt(subject, 'kind') !== 'ServiceAccount') continue;
    const to = target(object, '', 'ServiceAccount', textAt(subject, 'namespace'), name);
    yield { path: pointerOf('subjects', index, 'name'), type: 'service-account', to };
  }
}

function target(
  object: InventoryObject,
  group: string,
  kind: string,
  namespace: string | undefined,
  name: string,
): NamedTarget {
  if (isClusterScoped(group, kind)) return { group, kind, name };
  return { group, kind, namespace: namespace ?? object.identity.namespace ?? 'default', name };
}

/** Every value at a path, lists fanned out where it has `*`. */
function* written(
  value: Json | undefined,
  steps: readonly string[],
  path = '',
): Generator<{ value: Json; path: string }> {
  const [step, ...rest] = steps;
  if (value === undefined || value === null) return;
  if (step === undefined) yield { value, path };
  else if (step === '*') {
    for (const [index, item] of listAt(value).entries())
      yield* written(item, rest, `${path}${pointerOf(index)}`);
  } else if (isMap(value)) yield* written(valueAt(value, step), rest, `${path}${pointerOf(step)}`);
}
