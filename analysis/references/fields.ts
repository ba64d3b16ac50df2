import type { ReferenceType } from './reference.ts';

/** A field that holds nothing but a name; `*` in its path stands for every item of a list. */
export interface NameField {
  readonly path: string;
  readonly type: ReferenceType;
  readonly group: string;
  readonly kind: string;
}

const SANDBOX = 'extensions.agents.x-k8s.io';
const STORAGE = 'storage.k8s.io';

const STORAGE_CLASS = { type: 'storage-class', group: STORAGE, kind: 'StorageClass' } as const;
const SECRET = { type: 'secret', group: '', kind: 'Secret' } as const;
const CLAIM_TEMPLATE_CLASS = { path: 'spec/volumeClaimTemplates/*/spec/storageClassName', ...STORAGE_CLASS };

/** By API group and kind of the object that holds the field. */
export const NAME_FIELDS: Readonly<Record<string, readonly NameField[]>> = {
  '/PersistentVolumeClaim': [
    { path: 'spec/storageClassName', ...STORAGE_CLASS },
    { path: 'spec/volumeName', type: 'persistent-volume', group: '', kind: 'PersistentVolume' },
  ],
  '/ServiceAccount': [
    { path: 'secrets/*/name', ...SECRET },
    { path: 'imagePullSecrets/*/name', ...SECRET },
  ],
  'apps/StatefulSet': [
    { path: 'spec/serviceName', type: 'governing-service', group: '', kind: 'Service' },
    CLAIM_TEMPLATE_CLASS,
  ],
  'agents.x-k8s.io/Sandbox': [CLAIM_TEMPLATE_CLASS],
  [`${SANDBOX}/SandboxTemplate`]: [CLAIM_TEMPLATE_CLASS],
  [`${SANDBOX}/SandboxWarmPool`]: [
    {
      path: 'spec/sandboxTemplateRef/name',
      type: 'sandbox-template',
      group: SANDBOX,
      kind: 'SandboxTemplate',
    },
  ],
  [`${SANDBOX}/SandboxClaim`]: [
    {
      path: 'spec/sandboxTemplateRef/name',
      type: 'sandbox-template',
      group: SANDBOX,
      kind: 'SandboxTemplate',
    },
    { path: 'spec/warmPoolRef/name', type: 'warm-pool', group: SANDBOX, kind: 'SandboxWarmPool' },
    CLAIM_TEMPLATE_CLASS,
  ],
  'networking.k8s.io/Ingress': [
    { path: 'spec/tls/*/secretName', type: 'certificate', group: '', kind: 'Secret' },
    {
      path: 'spec/ingressClassName',
      type: 'ingress-class',
      group: 'networking.k8s.io',
      kind: 'IngressClass',
    },
  ],
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding': [
    {
      path: 'spec/policyName',
      type: 'admission-policy',
      group: 'admissionregistration.k8s.io',
      kind: 'ValidatingAdmissionPolicy',
    },
  ],
  'argoproj.io/Application': [
    { path: 'spec/project', type: 'app-project', group: 'argoproj.io', kind: 'AppProject' },
  ],
};

/** A field that holds `{group | apiVersion | apiGroup, kind, namespace, name}`. */
export interface ObjectField {
  readonly path: string;
  readonly type: ReferenceType;
  readonly group: string;
  /** @default the kind has to be written */
  readonly kind?: string;
}

const WEBHOOK = {
  path: 'webhooks/*/clientConfig/service',
  type: 'webhook-service',
  group: '',
  kind: 'Service',
} as const;
const FLUX_SOURCE = { type: 'source', group: 'source.toolkit.fluxcd.io' } as const;

/** By API group and kind of the object that holds the field. */
export const OBJECT_FIELDS: Readonly<Record<string, readonly ObjectField[]>> = {
  'autoscaling/HorizontalPodAutoscaler': [{ path: 'spec/scaleTargetRef', type: 'hpa-target', group: '' }],
  'rbac.authorization.k8s.io/RoleBinding': [
    { path: 'roleRef', type: 'role', group: 'rbac.authorization.k8s.io' },
  ],
  'rbac.authorization.k8s.io/ClusterRoleBinding': [
    { path: 'roleRef', type: 'role', group: 'rbac.authorization.k8s.io' },
  ],
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': [WEBHOOK],
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': [WEBHOOK],
  'apiextensions.k8s.io/CustomResourceDefinition': [
    { ...WEBHOOK, path: 'spec/conversion/webhook/clientConfig/service' },
  ],
  'apiregistration.k8s.io/APIService': [{ ...WEBHOOK, path: 'spec/service' }],
  'cert-manager.io/Certificate': [
    { path: 'spec/issuerRef', type: 'issuer', group: 'cert-manager.io', kind: 'Issuer' },
  ],
  'external-secrets.io/ExternalSecret': [
    { path: 'spec/secretStoreRef', type: 'secret-store', group: 'external-secrets.io', kind: 'SecretStore' },
  ],
  'kustomize.toolkit.fluxcd.io/Kustomization': [{ path: 'spec/sourceRef', ...FLUX_SOURCE }],
  'helm.toolkit.fluxcd.io/HelmRelease': [
    { path: 'spec/chart/spec/sourceRef', ...FLUX_SOURCE },
    { path: 'spec/chartRef', ...FLUX_SOURCE },
  ],
  'gateway.networking.k8s.io/GatewayClass': [{ path: 'spec/parametersRef', type: 'parameters', group: '' }],
  'networking.k8s.io/IngressClass': [{ path: 'spec/parameters', type: 'parameters', group: '' }],
};
