/**
 * @param environment name of the environment
 * @returns an environment file for Agentweaver that works as it stands, for a person to fill in
 */
export function template(environment: string): string {
  return `# yaml-language-server: $schema=schema.json
# One installation of Agentweaver. "sluice synth" turns this file into dist/agentweaver/${environment}/.
# Secrets are named by the manifests and never given here. docs/platforms/agentweaver.md explains every key.
platform: agentweaver
environment: ${environment}

# The zone that AKS gave the cluster (status.domain of its DefaultDomainCertificate, without "*.").
# The platform answers at agentweaver.<zone>.
zone: placeholder.westus2.aksapp.io

# A Git commit or a release, never "latest".
imageTag: v1.0.0
registry: agentweaverregistry.azurecr.io

# The managed identity agentweaver-api-identity. These zeros are placeholders.
identity:
  clientId: 00000000-0000-0000-0000-000000000000
  tenantId: 00000000-0000-0000-0000-000000000000
keyVault: agentweaver-kv

# Whose members may sign in.
githubOrganization: microsoft

# Options, each with its default:
#
# database:
#   provider: postgres            # or sqlite: one replica, data lost on restart, for a look around
#   subnet: 10.225.0.0/28         # where Postgres answers
# workspace:
#   storageClass: azurefile-csi-premium
#   createStorageClass: false
#   size: 50Gi
# preview:
#   enabled: false                # servers in sandboxes, opened at <token>-preview.<zone>
#   firstPort: 3000
#   lastPort: 9000
# jobs:
#   schemaMigration: false
#   sqliteImport: false
# gateway:
#   className: approuting-istio
#   ingressNamespace: aks-istio-ingress # all of its pods may call the platform
# telemetry:
#   collector: otel-collector
#   namespace: observability
#   port: 4317
#   applicationInsights: false
# sandbox:
#   githubRange: 140.82.112.0/20
#   a2aPort: 8088
#   copilotEgress: false
# apiSessionAffinity: true
# defaultDomainCertificate: false # true: also request the wildcard certificate of the zone
`;
}
