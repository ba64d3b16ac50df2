import type {
  INetworkPolicyEgressRule,
  INetworkPolicyIngressRule,
} from 'kubernetes-models/networking.k8s.io/v1';
import type { IPersistentVolumeClaimSpec, IPodSpec } from 'kubernetes-models/v1';
import { type Static, Type } from 'typebox';
import { fields, kindOf, kubernetesType, kubernetesTypes, oneOf, stringMap } from './schema.ts';

/** The API of kubernetes-sigs/agent-sandbox: isolated pods for agents, kept warm in pools and claimed by runs. */

const podMetadata = fields({ labels: Type.Optional(stringMap), annotations: Type.Optional(stringMap) });

const podTemplate = fields({
  metadata: Type.Optional(podMetadata),
  spec: kubernetesType<IPodSpec>('io.k8s.api.core.v1.PodSpec'),
});

const volumeClaimTemplates = Type.Array(
  fields({
    metadata: Type.Optional(
      fields({
        name: Type.Optional(Type.String()),
        labels: Type.Optional(stringMap),
        annotations: Type.Optional(stringMap),
      }),
    ),
    spec: kubernetesType<IPersistentVolumeClaimSpec>('io.k8s.api.core.v1.PersistentVolumeClaimSpec'),
  }),
);

const count = Type.Integer({ minimum: 0, maximum: 2147483647 });
const dateTime = Type.String({ format: 'date-time' });
const reference = fields({ name: Type.String({ minLength: 1 }) });

const templateFields = {
  podTemplate,
  /** `Managed`, the API's default, makes the controller add a NetworkPolicy of its own. */
  networkPolicyManagement: Type.Optional(oneOf('Managed', 'Unmanaged')),
  networkPolicy: Type.Optional(
    fields({
      ingress: Type.Optional(
        kubernetesTypes<INetworkPolicyIngressRule>('io.k8s.api.networking.v1.NetworkPolicyIngressRule'),
      ),
      egress: Type.Optional(
        kubernetesTypes<INetworkPolicyEgressRule>('io.k8s.api.networking.v1.NetworkPolicyEgressRule'),
      ),
    }),
  ),
  /** Whether a claim may set environment variables. The API's default is `Disallowed`. */
  envVarsInjectionPolicy: Type.Optional(oneOf('Allowed', 'Overrides', 'Disallowed')),
  volumeClaimTemplates: Type.Optional(volumeClaimTemplates),
  service: Type.Optional(Type.Boolean()),
};

const poolFields = {
  sandboxTemplateRef: reference,
  updateStrategy: Type.Optional(fields({ type: Type.Optional(oneOf('Recreate', 'OnReplenish')) })),
};

const lifecycle = fields({
  /** The API's default is `Retain`. */
  shutdownPolicy: Type.Optional(oneOf('Delete', 'DeleteForeground', 'Retain')),
  shutdownTime: Type.Optional(dateTime),
  ttlSecondsAfterFinished: Type.Optional(count),
});

const claimFields = {
  additionalPodMetadata: Type.Optional(podMetadata),
  env: Type.Optional(
    Type.Array(
      fields({ name: Type.String(), value: Type.String(), containerName: Type.Optional(Type.String()) }),
    ),
  ),
  lifecycle: Type.Optional(lifecycle),
};

const sandboxFields = {
  podTemplate,
  service: Type.Optional(Type.Boolean()),
  shutdownPolicy: Type.Optional(oneOf('Delete', 'Retain')),
  shutdownTime: Type.Optional(dateTime),
  volumeClaimTemplates: Type.Optional(volumeClaimTemplates),
};

const EXTENSIONS = 'extensions.agents.x-k8s.io';

export const sandboxTemplateV1beta1 = kindOf(
  `${EXTENSIONS}/v1beta1`,
  'SandboxTemplate',
  fields({
    ...templateFields,
    volumeClaimTemplatesPolicy: Type.Optional(oneOf('Disallowed', 'Allowed', 'Overrides')),
  }),
);
export const sandboxTemplateV1alpha1 = kindOf(
  `${EXTENSIONS}/v1alpha1`,
  'SandboxTemplate',
  fields(templateFields),
);
export const sandboxWarmPoolV1beta1 = kindOf(
  `${EXTENSIONS}/v1beta1`,
  'SandboxWarmPool',
  fields({ ...poolFields, replicas: Type.Optional(count) }),
);
export const sandboxWarmPoolV1alpha1 = kindOf(
  `${EXTENSIONS}/v1alpha1`,
  'SandboxWarmPool',
  fields({ ...poolFields, replicas: count }),
);
export const sandboxClaimV1beta1 = kindOf(
  `${EXTENSIONS}/v1beta1`,
  'SandboxClaim',
  fields({
    ...claimFields,
    warmPoolRef: reference,
    volumeClaimTemplates: Type.Optional(volumeClaimTemplates),
  }),
);
export const sandboxClaimV1alpha1 = kindOf(
  `${EXTENSIONS}/v1alpha1`,
  'SandboxClaim',
  fields({ ...claimFields, sandboxTemplateRef: reference, warmpool: Type.Optional(Type.String()) }),
);
export const sandboxV1beta1 = kindOf(
  'agents.x-k8s.io/v1beta1',
  'Sandbox',
  fields({ ...sandboxFields, operatingMode: Type.Optional(oneOf('Running', 'Suspended')) }),
);
export const sandboxV1alpha1 = kindOf(
  'agents.x-k8s.io/v1alpha1',
  'Sandbox',
  fields({ ...sandboxFields, replicas: Type.Optional(Type.Integer({ minimum: 0, maximum: 1 })) }),
);

/** A pod shape for sandboxes, in either of its served versions. */
export type ISandboxTemplate = Static<typeof sandboxTemplateV1beta1> | Static<typeof sandboxTemplateV1alpha1>;
/** A number of sandboxes of one template that stand ready. */
export type ISandboxWarmPool = Static<typeof sandboxWarmPoolV1beta1>;
/** One run's hold on one sandbox of a pool. */
export type ISandboxClaim = Static<typeof sandboxClaimV1beta1>;
/** One isolated pod. */
export type ISandbox = Static<typeof sandboxV1beta1>;
