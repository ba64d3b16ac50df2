import { groupOf, type Json } from '../../core/manifest.ts';
import { type InventoryObject, listAt, pointerOf, textAt, valueAt } from '../../inventory/index.ts';
import type { NamedTarget, NameReference, ReferenceType } from './reference.ts';

const GATEWAY_API = 'gateway.networking.k8s.io';

const ROUTES: ReadonlySet<string> = new Set(['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute']);

/** References of Gateway API objects; a target without a namespace is in the namespace of the object. */
export function* gatewayReferences(object: InventoryObject): Generator<NameReference> {
  const { apiVersion, kind } = object.identity;
  if (groupOf(apiVersion) !== GATEWAY_API) return;
  if (ROUTES.has(kind)) yield* routeReferences(object);
  else if (kind === 'Gateway' || kind === 'ListenerSet') yield* listenerReferences(object);
  else if (kind === 'BackendTLSPolicy') yield* backendPolicyReferences(object);
}

function* routeReferences(object: InventoryObject): Generator<NameReference> {
  for (const [index, parent] of listAt(object.manifest, 'spec', 'parentRefs').entries()) {
    yield* reference(
      object,
      'parent-gateway',
      parent,
      { group: GATEWAY_API, kind: 'Gateway' },
      pointerOf('spec', 'parentRefs', index),
    );
  }
  for (const [index, rule] of listAt(object.manifest, 'spec', 'rules').entries()) {
    const path = pointerOf('spec', 'rules', index);
    yield* filterReferences(object, rule, path);
    for (const [position, backend] of listAt(rule, 'backendRefs').entries()) {
      const at = `${path}${pointerOf('backendRefs', position)}`;
      yield* reference(object, 'backend', backend, { group: '', kind: 'Service' }, at);
      yield* filterReferences(object, backend, at);
    }
  }
}

function* filterReferences(object: InventoryObject, rule: Json, path: string): Generator<NameReference> {
  for (const [index, filter] of listAt(rule, 'filters').entries()) {
    const at = `${path}${pointerOf('filters', index)}`;
    const mirror = valueAt(filter, 'requestMirror', 'backendRef');
    yield* reference(
      object,
      'backend',
      mirror,
      { group: '', kind: 'Service' },
      `${at}/requestMirror/backendRef`,
    );
    yield* reference(
      object,
      'filter',
      valueAt(filter, 'extensionRef'),
      { group: '', kind: '' },
      `${at}/extensionRef`,
    );
  }
}

function* listenerReferences(object: InventoryObject): Generator<NameReference> {
  const { manifest } = object;
  const className = textAt(manifest, 'spec', 'gatewayClassName');
  if (className !== undefined) {
    yield {
      path: '/spec/gatewayClassName',
      type: 'gateway-class',
      to: { group: GATEWAY_API, kind: 'GatewayClass', name: className },
    };
  }
  const parent = valueAt(manifest, 'spec', 'parentRef');
  yield* reference(
    object,
    'parent-gateway',
    parent,
    { group: GATEWAY_API, kind: 'Gateway' },
    '/spec/parentRef',
  );
  const parameters = valueAt(manifest, 'spec', 'infrastructure', 'parametersRef');
  yield* reference(
    object,
    'parameters',
    parameters,
    { group: '', kind: '' },
    '/spec/infrastructure/parametersRef',
  );
  for (const [index, listener] of listAt(manifest, 'spec', 'listeners').entries()) {
    const at = pointerOf('spec', 'listeners', index, 'tls');
    for (const [position, secret] of listAt(listener, 'tls', 'certificateRefs').entries()) {
      yield* reference(
        object,
        'certificate',
        secret,
        { group: '', kind: 'Secret' },
        `${at}${pointerOf('certificateRefs', position)}`,
      );
    }
    for (const [position, bundle] of listAt(
      listener,
      'tls',
      'frontendValidation',
      'caCertificateRefs',
    ).entries()) {
      const path = `${at}${pointerOf('frontendValidation', 'caCertificateRefs', position)}`;
      yield* reference(object, 'ca-certificate', bundle, { group: '', kind: 'ConfigMap' }, path);
    }
  }
}

function* backendPolicyReferences(object: InventoryObject): Generator<NameReference> {
  for (const [index, target] of listAt(object.manifest, 'spec', 'targetRefs').entries()) {
    yield* reference(
      object,
      'policy-target',
      target,
      { group: '', kind: 'Service' },
      pointerOf('spec', 'targetRefs', index),
    );
  }
  for (const [index, bundle] of listAt(
    object.manifest,
    'spec',
    'validation',
    'caCertificateRefs',
  ).entries()) {
    const path = pointerOf('spec', 'validation', 'caCertificateRefs', index);
    yield* reference(object, 'ca-certificate', bundle, { group: '', kind: 'ConfigMap' }, path);
  }
}

function* reference(
  object: InventoryObject,
  type: ReferenceType,
  value: Json | undefined,
  defaults: { readonly group: string; readonly kind: string },
  path: string,
): Generator<NameReference> {
  const name = textAt(value, 'name');
  const kind = textAt(value, 'kind') ?? defaults.kind;
  if (name === undefined || kind === '') return;
  const written = valueAt(value, 'group');
  const sectionName = textAt(value, 'sectionName');
  const port = valueAt(value, 'port');
  const to: NamedTarget = {
    group: typeof written === 'string' ? written : defaults.group,
    kind,
    namespace: textAt(value, 'namespace') ?? object.identity.namespace ?? 'default',
    name,
    ...(sectionName === undefined ? {} : { sectionName }),
    ...(typeof port === 'number' ? { port } : {}),
  };
  yield {
    path: `${path}/name`,
    type,
    to,
    innerPath: `${path}/${sectionName === undefined ? 'port' : 'sectionName'}`,
  };
}
