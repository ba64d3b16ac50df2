import { groupOf } from '../core/manifest.ts';

/** Whether objects of a kind live in a namespace. */
export type Scope = 'Namespaced' | 'Cluster';

interface Kinds {
  readonly namespaced?: string;
  readonly cluster?: string;
}

/** Kinds by API group; the scope of a kind is the same in all versions of its group. */
const KINDS: Readonly<Record<string, Kinds>> = {
  '': {
    namespaced:
      'Binding ConfigMap Endpoints Event LimitRange PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount',
    cluster: 'ComponentStatus Namespace Node PersistentVolume',
  },
  apps: { namespaced: 'ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet' },
  batch: { namespaced: 'CronJob Job' },
  autoscaling: { namespaced: 'HorizontalPodAutoscaler' },
  policy: { namespaced: 'Eviction PodDisruptionBudget' },
  'networking.k8s.io': {
    namespaced: 'Ingress NetworkPolicy',
    cluster: 'IPAddress IngressClass ServiceCIDR',
  },
  'policy.networking.k8s.io': {
    cluster: 'AdminNetworkPolicy BaselineAdminNetworkPolicy ClusterNetworkPolicy',
  },
  'rbac.authorization.k8s.io': { namespaced: 'Role RoleBinding', cluster: 'ClusterRole ClusterRoleBinding' },
  'storage.k8s.io': {
    namespaced: 'CSIStorageCapacity',
    cluster: 'CSIDriver CSINode StorageClass VolumeAttachment VolumeAttributesClass',
  },
  'scheduling.k8s.io': { cluster: 'PriorityClass' },
  'node.k8s.io': { cluster: 'RuntimeClass' },
  'coordination.k8s.io': { namespaced: 'Lease LeaseCandidate' },
  'discovery.k8s.io': { namespaced: 'EndpointSlice' },
  'events.k8s.io': { namespaced: 'Event' },
  'resource.k8s.io': {
    namespaced: 'ResourceClaim ResourceClaimTemplate',
    cluster: 'DeviceClass DeviceTaintRule ResourceSlice',
  },
  'admissionregistration.k8s.io': {
    cluster:
      'MutatingAdmissionPolicy MutatingAdmissionPolicyBinding MutatingWebhookConfiguration ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration',
  },
  'apiextensions.k8s.io': { cluster: 'CustomResourceDefinition' },
  'apiregistration.k8s.io': { cluster: 'APIService' },
  'authentication.k8s.io': { cluster: 'SelfSubjectReview TokenReview' },
  'authorization.k8s.io': {
    namespaced: 'LocalSubjectAccessReview',
    cluster: 'SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview',
  },
  'certificates.k8s.io': {
    namespaced: 'PodCertificateRequest',
    cluster: 'CertificateSigningRequest ClusterTrustBundle',
  },
  'flowcontrol.apiserver.k8s.io': { cluster: 'FlowSchema PriorityLevelConfiguration' },
  'gateway.networking.k8s.io': {
    namespaced:
      'BackendTLSPolicy GRPCRoute Gateway HTTPRoute ListenerSet ReferenceGrant TCPRoute TLSRoute UDPRoute',
    cluster: 'GatewayClass',
  },
  'approuting.kubernetes.azure.com': {
    namespaced: 'DefaultDomainCertificate',
    cluster: 'NginxIngressController',
  },
  'agents.x-k8s.io': { namespaced: 'Sandbox' },
  'extensions.agents.x-k8s.io': { namespaced: 'SandboxClaim SandboxTemplate SandboxWarmPool' },
  'secrets-store.csi.x-k8s.io': { namespaced: 'SecretProviderClass SecretProviderClassPodStatus' },
  'cilium.io': {
    namespaced:
      'CiliumEndpoint CiliumEnvoyConfig CiliumLocalRedirectPolicy CiliumNetworkPolicy CiliumNodeConfig',
    cluster:
      'CiliumCIDRGroup CiliumClusterwideEnvoyConfig CiliumClusterwideNetworkPolicy CiliumEgressGatewayPolicy CiliumIdentity CiliumLoadBalancerIPPool CiliumNode',
  },
  'spire.spiffe.io': { cluster: 'ClusterFederatedTrustDomain ClusterSPIFFEID ClusterStaticEntry' },
  'kagent.dev': {
    namespaced:
      'Agent AgentHarness AgentTemplate Harness MCPServer Memory ModelConfig ModelProviderConfig RemoteMCPServer SandboxAgent ToolServer',
  },
  'agentgateway.dev': {
    namespaced: 'AgentgatewayBackend AgentgatewayModel AgentgatewayParameters AgentgatewayPolicy',
  },
  'runtime.agentcube.volcano.sh': { namespaced: 'AgentRuntime CodeInterpreter' },
  'argoproj.io': { namespaced: 'AppProject Application ApplicationSet' },
  'source.toolkit.fluxcd.io': {
    namespaced: 'Bucket ExternalArtifact GitRepository HelmChart HelmRepository OCIRepository',
  },
  'kustomize.toolkit.fluxcd.io': { namespaced: 'Kustomization' },
  'helm.toolkit.fluxcd.io': { namespaced: 'HelmRelease' },
  'external-secrets.io': {
    namespaced: 'ExternalSecret PushSecret SecretStore',
    cluster: 'ClusterExternalSecret ClusterSecretStore',
  },
  'extensions.istio.io': { namespaced: 'TrafficExtension WasmPlugin' },
  'networking.istio.io': {
    namespaced:
      'DestinationRule EnvoyFilter Gateway ProxyConfig ServiceEntry Sidecar VirtualService WorkloadEntry WorkloadGroup',
  },
  'security.istio.io': { namespaced: 'AuthorizationPolicy PeerAuthentication RequestAuthentication' },
  'telemetry.istio.io': { namespaced: 'Telemetry' },
  'cert-manager.io': { namespaced: 'Certificate CertificateRequest Issuer', cluster: 'ClusterIssuer' },
  'kyverno.io': {
    namespaced: 'CleanupPolicy Policy PolicyException UpdateRequest',
    cluster: 'ClusterCleanupPolicy ClusterPolicy GlobalContextEntry',
  },
  'wgpolicyk8s.io': { namespaced: 'PolicyReport', cluster: 'ClusterPolicyReport' },
  'monitoring.coreos.com': { namespaced: 'PodMonitor PrometheusRule ServiceMonitor' },
};

const scopes = new Map<string, Scope>();
for (const [group, { namespaced, cluster }] of Object.entries(KINDS)) {
  for (const kind of namespaced?.split(' ') ?? []) scopes.set(`${group}/${kind}`, 'Namespaced');
  for (const kind of cluster?.split(' ') ?? []) scopes.set(`${group}/${kind}`, 'Cluster');
}

/** @returns the scope of a kind, in whatever version of its group; undefined for a kind nobody here knows. */
export function scopeOf(apiVersion: string, kind: string): Scope | undefined {
  return scopes.get(`${groupOf(apiVersion)}/${kind}`);
}
