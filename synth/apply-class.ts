/**
 * The wave in which an object comes when nothing that it refers to asks for a later one. Kinds are classed by what
 * has to work before what; the steps between classes leave room for references within a class.
 */
const CLASSES: readonly { readonly wave: number; readonly kinds: string }[] = [
  {
    wave: 0,
    kinds:
      'Namespace CustomResourceDefinition PriorityClass StorageClass RuntimeClass GatewayClass IngressClass CSIDriver',
  },
  {
    // what workloads run under must be in force before the first pod: identities, permissions, limits, policies, settings
    wave: 10,
    kinds:
      'ServiceAccount Role ClusterRole RoleBinding ClusterRoleBinding ResourceQuota LimitRange ConfigMap Secret ' +
      'SecretProviderClass ExternalSecret SecretStore ClusterSecretStore Certificate Issuer ClusterIssuer ' +
      'DefaultDomainCertificate NetworkPolicy CiliumNetworkPolicy CiliumClusterwideNetworkPolicy CiliumCIDRGroup ' +
      'AuthorizationPolicy PeerAuthentication RequestAuthentication ClusterSPIFFEID ReferenceGrant Policy ClusterPolicy ' +
      'ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding MutatingAdmissionPolicy MutatingAdmissionPolicyBinding ' +
      'PersistentVolume',
  },
  {
    wave: 20,
    kinds:
      'Service EndpointSlice Endpoints Gateway ListenerSet HTTPRoute GRPCRoute TCPRoute TLSRoute UDPRoute Ingress',
  },
  // a claim that waits for its first consumer is healthy only beside that consumer: both are in the class of workloads
  { wave: 40, kinds: 'HorizontalPodAutoscaler PodDisruptionBudget PodMonitor ServiceMonitor PrometheusRule' },
  // a webhook refuses everything until the workload behind it answers
  { wave: 40, kinds: 'ValidatingWebhookConfiguration MutatingWebhookConfiguration APIService' },
];

/** Workloads, the claims they mount, and every kind that is not known here. */
const WORKLOADS = 30;

const waves = new Map(
  CLASSES.flatMap(({ wave, kinds }) => kinds.split(' ').map((kind) => [kind, wave] as const)),
);

/** @returns the earliest wave of a kind. */
export function firstWave(kind: string): number {
  return waves.get(kind) ?? WORKLOADS;
}
