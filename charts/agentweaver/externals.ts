import type { External } from '../platform.ts';
import { installation } from './installation.ts';
import { NAMES, NAMESPACE } from './names.ts';
import type { Parameters } from './parameters.ts';
import { APPLICATION_INSIGHTS, EXTERNAL_SECRETS } from './secrets.ts';

const CONTROLLER = 'installed with agent-sandbox (manifest.yaml and extensions.yaml)';

/** @returns what the manifests of an installation refer to and something else makes. */
export function externals(parameters: Parameters): External[] {
  const { throwaway } = installation(parameters);
  const { postgres, a2aClientTls, a2aServerTls, tls } = EXTERNAL_SECRETS;
  const secrets = [...(throwaway ? [] : [postgres]), a2aClientTls, a2aServerTls, tls];
  const { workspace, jobs, gateway, telemetry, defaultDomainCertificate } = parameters;
  return [
    ...secrets.map(({ name, keys, reason }) => ({
      kind: 'Secret',
      namespace: NAMESPACE,
      name,
      keys,
      reason,
    })),
    ...(telemetry.applicationInsights
      ? [
          {
            kind: 'Secret',
            namespace: NAMESPACE,
            name: NAMES.appSecrets,
            keys: [APPLICATION_INSIGHTS],
            reason: `made by the CSI driver from SecretProviderClass ${NAMES.appSecrets} while a pod mounts it`,
          },
        ]
      : []),
    {
      kind: 'RuntimeClass',
      name: NAMES.runtimeClass,
      reason: 'made by AKS for node pools with Kata isolation',
    },
    {
      kind: 'GatewayClass',
      name: gateway.className,
      reason: 'made by the application routing add-on of AKS, or by whoever runs the cluster',
    },
    ...(throwaway || workspace.createStorageClass
      ? []
      : [storageClass(workspace.storageClass, 'made by AKS, or by whoever runs the cluster')]),
    ...(jobs.sqliteImport ? [storageClass('managed-csi-premium', 'made by AKS')] : []),
    {
      kind: 'Namespace',
      name: telemetry.namespace,
      reason: 'made with the OpenTelemetry collector',
    },
    {
      kind: 'Namespace',
      name: gateway.ingressNamespace,
      reason: 'made by the application routing add-on of AKS, or by whoever runs the cluster',
    },
    ...['sandboxtemplates', 'sandboxwarmpools', 'sandboxclaims'].map((plural) =>
      definition(`${plural}.extensions.agents.x-k8s.io`, CONTROLLER),
    ),
    definition(
      'secretproviderclasses.secrets-store.csi.x-k8s.io',
      'installed by the Key Vault add-on of AKS',
    ),
    definition('ciliumnetworkpolicies.cilium.io', 'installed by AKS with the Cilium data plane and ACNS'),
    definition('gateways.gateway.networking.k8s.io', 'installed by AKS with the Gateway API'),
    definition('httproutes.gateway.networking.k8s.io', 'installed by AKS with the Gateway API'),
    ...(defaultDomainCertificate
      ? [
          definition(
            'defaultdomaincertificates.approuting.kubernetes.azure.com',
            'installed by AKS with the default domain',
          ),
        ]
      : []),
  ];
}

function storageClass(name: string, reason: string): External {
  return { kind: 'StorageClass', name, reason };
}

function definition(name: string, reason: string): External {
  return { kind: 'CustomResourceDefinition', name, reason };
}
