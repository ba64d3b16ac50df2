import type { Construct } from 'constructs';
import { externalSecret } from '../../constructs/secrets/external-secret.ts';
import { SecretProviderClass } from '../../constructs/secrets/secret-provider-class.ts';
import type { EnvSource } from '../../constructs/workload/env.ts';
import type { Identities } from './identity.ts';
import type { Installation } from './installation.ts';
import { NAMES } from './names.ts';

/** What the API reads at start-up, as files. */
const APP_SECRETS = ['github-client-id', 'github-client-secret', 'mcp-oauth-signing-key'] as const;
/** The vault secret, and the key of the synced Secret, that says where Application Insights takes telemetry. */
export const APPLICATION_INSIGHTS = 'appinsights-connection-string';

/** A vault secret that start-up scripts read. */
export type AppSecret = (typeof APP_SECRETS)[number];

/** Secrets that the installation's scripts make; the manifests only name them. */
export const EXTERNAL_SECRETS = {
  postgres: externalSecret('agentweaver-postgres', {
    keys: ['host', 'port', 'database', 'username', 'password', 'connectionstring'],
    reason: 'made by the database provisioning',
  }),
  a2aClientTls: externalSecret('agentweaver-a2a-client-tls', {
    keys: ['tls.crt', 'tls.key', 'ca.crt'],
    reason: 'made by the script that issues the A2A certificates',
  }),
  a2aServerTls: externalSecret('agentweaver-a2a-server-tls', {
    keys: ['tls.crt', 'tls.key', 'ca.crt'],
    reason: 'made by the script that issues the A2A certificates',
  }),
  tls: externalSecret(NAMES.tlsSecret, {
    keys: ['tls.crt', 'tls.key'],
    reason: 'made by the DefaultDomainCertificate controller of AKS, or by whoever brings the certificate',
  }),
} as const;

/** The secrets of the platform. */
export interface Secrets {
  readonly app: SecretProviderClass<string>;
  /** The variable that Application Insights needs, where it is on. */
  readonly applicationInsights: EnvSource | undefined;
}

/** The one SecretProviderClass: user tokens are read at run time by the AgentHost itself and need none. */
export function composeSecrets(
  area: Construct,
  { parameters }: Installation,
  identities: Identities,
): Secrets {
  const on = parameters.telemetry.applicationInsights;
  const app = new SecretProviderClass<string>(area, NAMES.appSecrets, {
    vault: { keyVaultName: parameters.keyVault, identity: identities.managed },
    objects: on ? [...APP_SECRETS, APPLICATION_INSIGHTS] : [...APP_SECRETS],
    // app secrets reach the pods as files; only Application Insights is read from a Secret
    ...(on ? { syncedSecret: NAMES.appSecrets, syncedObjects: [APPLICATION_INSIGHTS] } : {}),
    rotationPollInterval: '2m',
  });
  return {
    app,
    applicationInsights: app.syncedSecret?.env(APPLICATION_INSIGHTS, { optional: true }),
  };
}
