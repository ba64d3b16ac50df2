import Type, { type Static, type TSchemaOptions } from 'typebox';

const LABEL = '[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?';
const HOSTNAME = `^${LABEL}(\\.${LABEL})+$`;
const GUID = '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$';
const OCTET = '(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])';
const CIDR = `^${OCTET}(\\.${OCTET}){3}/(3[0-2]|[12]?[0-9])$`;
/** A Git commit or a release; `latest` is neither, so no moving tag ever gets in. */
const IMAGE_TAG = '^([0-9a-f]{7,40}|v[0-9]+\\.[0-9]+\\.[0-9]+[-.A-Za-z0-9]{0,100})$';

const text = (pattern: string, options: TSchemaOptions & { description: string }) =>
  Type.String({ pattern, ...options });
const flag = (value: boolean, description: string) => Type.Boolean({ default: value, description });
const port = (value: number, description: string) =>
  Type.Integer({ minimum: 1, maximum: 65535, default: value, description });

/** Install parameters of Agentweaver; the descriptions are what editors, errors and the documentation show. */
export const Parameters = Type.Object({
  zone: text(HOSTNAME, {
    description:
      'the DNS zone of the cluster: status.domain of its DefaultDomainCertificate without the leading "*."',
  }),
  host: Type.Optional(
    text(HOSTNAME, { description: 'the public host name; left out, it is agentweaver.<zone>' }),
  ),
  registry: text('^[a-z0-9]([-.a-z0-9]*[a-z0-9])?(:[0-9]{1,5})?$', {
    default: 'agentweaverregistry.azurecr.io',
    description: 'the login server of the container registry that holds every image',
  }),
  imageTag: text(IMAGE_TAG, {
    description:
      'the tag of the images: a Git commit (7 to 40 hex digits) or a release such as v1.2.3, never "latest"',
  }),
  agentHostImageTag: Type.Optional(
    text(IMAGE_TAG, { description: 'the tag of the agent-host image; left out, it is imageTag' }),
  ),
  identity: Type.Object(
    {
      clientId: text(GUID, {
        description: 'the client id (a GUID) of the managed identity agentweaver-api-identity',
      }),
      tenantId: text(GUID, { description: 'the Entra tenant id (a GUID) of that identity' }),
    },
    {
      additionalProperties: false,
      description: 'the managed identity that the API, the worker and the AgentHost pods share',
    },
  ),
  keyVault: text('^(?!.*--)[A-Za-z][-A-Za-z0-9]{1,22}[A-Za-z0-9]$', {
    default: 'agentweaver-kv',
    description: 'the name of the Azure Key Vault (3 to 24 letters, digits and single hyphens)',
  }),
  githubOrganization: text('^[A-Za-z0-9](-?[A-Za-z0-9]){0,38}$', {
    default: 'microsoft',
    description: 'the GitHub organization whose members may sign in',
  }),
  database: Type.Object(
    {
      provider: Type.Enum(['postgres', 'sqlite'], {
        default: 'postgres',
        description:
          'postgres, or sqlite for a throwaway installation of one replica that loses its data on restart',
      }),
      subnet: text(CIDR, {
        default: '10.225.0.0/28',
        description: 'the address range (CIDR) of the delegated Postgres subnet; not used with sqlite',
      }),
    },
    { additionalProperties: false, default: {}, description: 'where the state of the application lives' },
  ),
  workspace: Type.Object(
    {
      storageClass: text(`^${LABEL}(\\.${LABEL})*$`, {
        default: 'azurefile-csi-premium',
        description: 'the storage class of the shared workspace volume; it must serve ReadWriteMany',
      }),
      createStorageClass: flag(
        false,
        'make that storage class too, mounting shares as uid 1000, under a name of its own; the built-in azurefile-csi-premium mounts them as root, where uid 1000 can create no directories',
      ),
      size: text('^[1-9][0-9]{0,4}(Gi|Ti)$', {
        default: '50Gi',
        description: 'the size of the volume, such as 50Gi; above 80Gi it raises the quota of the namespace',
      }),
    },
    {
      additionalProperties: false,
      default: {},
      description: 'the volume that holds all files of users and runs',
    },
  ),
  preview: Type.Object(
    {
      enabled: flag(false, 'let people open servers that run in a sandbox at <token>-preview.<zone>'),
      firstPort: port(3000, 'the first sandbox port (1 to 65535) that a preview may reach'),
      lastPort: port(9000, 'the last sandbox port (1 to 65535) that a preview may reach'),
    },
    {
      additionalProperties: false,
      default: {},
      description: 'sandbox previews; the A2A port is always left out',
    },
  ),
  jobs: Type.Object(
    {
      schemaMigration: flag(false, 'add the Job that migrates the Postgres schema outside a rollout'),
      sqliteImport: flag(
        false,
        'add the Job that copies an old SQLite database into Postgres, to be applied by hand, and the volume it reads from',
      ),
    },
    { additionalProperties: false, default: {}, description: 'one-time Jobs' },
  ),
  gateway: Type.Object(
    {
      className: text(`^${LABEL}(\\.${LABEL})*$`, {
        default: 'approuting-istio',
        description: 'the GatewayClass of the entrances',
      }),
      ingressNamespace: text(`^${LABEL}$`, {
        default: 'aks-istio-ingress',
        description:
          'the namespace of the gateways that the cluster shares; all its pods may call the platform',
      }),
    },
    { additionalProperties: false, default: {}, description: 'what serves the entrances of the platform' },
  ),
  telemetry: Type.Object(
    {
      collector: text(`^${LABEL}$`, {
        default: 'otel-collector',
        description: 'the Service of the OpenTelemetry collector',
      }),
      namespace: text(`^${LABEL}$`, {
        default: 'observability',
        description: 'the namespace of that collector',
      }),
      port: port(4317, 'the port (1 to 65535) on which that collector takes OTLP over gRPC'),
      applicationInsights: flag(
        false,
        'sync the vault secret appinsights-connection-string and give it to the API, the worker and the AgentHost',
      ),
    },
    { additionalProperties: false, default: {}, description: 'where traces and metrics go' },
  ),
  sandbox: Type.Object(
    {
      githubRange: text(CIDR, {
        default: '140.82.112.0/20',
        description: 'the address range (CIDR) of GitHub that sandboxes may reach on port 443',
      }),
      a2aPort: port(8088, 'the port (1 to 65535) on which an AgentHost pod takes its turns'),
      copilotEgress: flag(
        false,
        'let AgentHost pods reach api.githubcopilot.com and copilot-proxy.githubusercontent.com',
      ),
    },
    { additionalProperties: false, default: {}, description: 'the pods in which agents run' },
  ),
  apiSessionAffinity: flag(true, 'keep a client on one API replica for three hours'),
  defaultDomainCertificate: flag(
    false,
    'request the wildcard certificate of the zone; off, something else must make the Secret agentweaver-tls',
  ),
});

/** Checked install parameters, defaults filled in. */
export type Parameters = Static<typeof Parameters>;
