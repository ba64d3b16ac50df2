import type { Json, JsonObject, Manifest } from '../core/manifest.ts';

/** A name that stands in a manifest and means another object. */
export interface Mention {
  readonly kind: string;
  readonly name: string;
  /** @default the namespace of the manifest that mentions it, or none where the kind has none */
  readonly namespace?: string;
}

/** Fields that hold the name of an object, wherever they stand. */
const NAME_FIELDS: Readonly<Record<string, string>> = {
  serviceAccountName: 'ServiceAccount',
  claimName: 'PersistentVolumeClaim',
  storageClassName: 'StorageClass',
  runtimeClassName: 'RuntimeClass',
  priorityClassName: 'PriorityClass',
  gatewayClassName: 'GatewayClass',
  ingressClassName: 'IngressClass',
  secretProviderClass: 'SecretProviderClass',
  secretName: 'Secret',
  serviceName: 'Service',
};

/** Fields that hold `{name}` or a list of it, and the kind that is meant unless `kind` says otherwise. */
const OBJECT_FIELDS: Readonly<Record<string, string | undefined>> = {
  backendRef: 'Service',
  backendRefs: 'Service',
  certificateRefs: 'Secret',
  configMap: 'ConfigMap',
  configMapKeyRef: 'ConfigMap',
  configMapRef: 'ConfigMap',
  ownerReferences: undefined,
  parentRef: 'Gateway',
  parentRefs: 'Gateway',
  roleRef: undefined,
  sandboxTemplateRef: 'SandboxTemplate',
  scaleTargetRef: undefined,
  secret: 'Secret',
  secretKeyRef: 'Secret',
  secretRef: 'Secret',
  service: 'Service',
  subjects: undefined,
  targetRef: undefined,
  targetRefs: undefined,
  issuerRef: 'Issuer',
  warmPoolRef: 'SandboxWarmPool',
};

/**
 * Finds the names in a manifest that mean other objects, by the fields that Kubernetes and the kinds built on it use
 * for that. It serves the apply order only, so a field it does not know costs an ordering, never a refusal.
 */
export function mentionsOf(manifest: Manifest): Mention[] {
  const found: Mention[] = [];
  collect(manifest, found);
  return found;
}

function collect(value: Json | undefined, found: Mention[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) collect(item, found);
    return;
  }
  const mapping = value as JsonObject;
  for (const field in mapping) {
    const item = mapping[field];
    if (typeof item === 'string') {
      const kind = Object.hasOwn(NAME_FIELDS, field) ? NAME_FIELDS[field] : undefined;
      if (kind !== undefined) found.push({ kind, name: item });
    } else if (typeof item === 'object') {
      if (Object.hasOwn(OBJECT_FIELDS, field)) mention(item, OBJECT_FIELDS[field], found);
      collect(item, found);
    }
  }
}

function mention(value: Json, usual: string | undefined, found: Mention[]): void {
  for (const item of Array.isArray(value) ? value : [value]) {
    if (typeof item !== 'object' || item === null) continue;
    const { kind = usual, name, namespace } = item as JsonObject;
    if (typeof kind !== 'string' || typeof name !== 'string') continue;
    found.push(typeof namespace === 'string' ? { kind, name, namespace } : { kind, name });
  }
}
