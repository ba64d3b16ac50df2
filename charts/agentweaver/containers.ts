import type { Container, InitContainer } from '../../constructs/workload/container.ts';
import type { Port } from '../../constructs/workload/port.ts';
import type { ResourceBounds } from '../../constructs/workload/resources.ts';
import { type Mount, Volume } from '../../constructs/workload/volume.ts';
import { migrationVariables, type VariableSources } from './environment-variables.ts';
import type { Installation } from './installation.ts';
import { PATHS } from './names.ts';
import { type AppSecret, EXTERNAL_SECRETS, type Secrets } from './secrets.ts';
import type { Storage } from './storage.ts';

/** The user that the images are built for. */
export const USER = { user: 1000, group: 1000 } as const;
/** The same, owning the volumes that its pods mount. */
export const USER_WITH_VOLUMES = { ...USER, fsGroup: 1000 } as const;

/** What a container of the namespace gets that says nothing; the LimitRange says the same. */
export const DEFAULT_RESOURCES = {
  requests: { cpu: '100m', memory: '128Mi' },
  limits: { cpu: '1', memory: '512Mi' },
} as const satisfies ResourceBounds;

/** What the API and the worker, which run one image, have in common. */
export interface ServerProps<P extends Port> {
  readonly install: Installation;
  readonly secrets: Secrets;
  readonly storage: Storage;
  /** Vault secrets that this server reads at start-up. */
  readonly reads: readonly AppSecret[];
  readonly container: Pick<Container<P>, 'name' | 'ports' | 'env' | 'liveness' | 'readiness' | 'preStop'>;
}

const tmp = Volume.emptyDir('tmp');

/** @returns where variables take their values from. */
export function variableSources({ applicationInsights }: Secrets): VariableSources {
  return { connectionString: EXTERNAL_SECRETS.postgres.env('connectionstring'), applicationInsights };
}

/** @returns the containers of the API or the worker. */
export function serverContainers<P extends Port>(props: ServerProps<P>) {
  const { install, secrets, storage, reads, container } = props;
  const files = Volume.secretsStore('secrets-store', secrets.app).at(PATHS.secrets);
  const main: Container<P> = {
    ...container,
    image: install.images.api,
    imagePullPolicy: 'Always',
    command: ['/bin/sh', '-c', startScript(files, reads)],
    resources: { requests: { cpu: '500m', memory: '512Mi' }, limits: { cpu: '2', memory: '4Gi' } },
    mounts: [
      storage.workspace.at(PATHS.workspace),
      tmp.at(PATHS.tmp),
      Volume.emptyDir('logs').at(PATHS.logs),
      files,
      Volume.secret('a2a-client-tls', EXTERNAL_SECRETS.a2aClientTls, { mode: 0o400 }).at(PATHS.a2aClientTls),
    ],
  };
  return {
    containers: [main] as const,
    // SQLite is made by the server itself; only Postgres is migrated before it starts
    initContainers: install.throwaway ? [] : [migration(install, variableSources(secrets))],
  };
}

function migration(install: Installation, sources: VariableSources): InitContainer {
  return {
    name: 'migrate-memory-db',
    image: install.images.api,
    imagePullPolicy: 'Always',
    command: ['/app/efbundle', '--verbose'],
    env: migrationVariables(install, sources),
    resources: DEFAULT_RESOURCES,
    mounts: [tmp.at(PATHS.tmp)],
  };
}

/**
 * Reads secrets from their files into variables: they never stand in a manifest nor in a Secret. Values are
 * assigned before they are exported because `export X="$(cat missing)"` would go on.
 */
function startScript(files: Mount, reads: readonly AppSecret[]): string {
  const pair = [
    `GitHub__ClientId="$(cat ${files.file('github-client-id')})"`,
    `GitHub__ClientSecret="$(cat ${files.file('github-client-secret')})"`,
    'Auth__GitHub__ClientId="${GitHub__ClientId}"',
    'Auth__GitHub__ClientSecret="${GitHub__ClientSecret}"',
    'export GitHub__ClientId GitHub__ClientSecret Auth__GitHub__ClientId Auth__GitHub__ClientSecret',
  ];
  const signingKey = [
    `Auth__OAuth__SigningKey="$(cat ${files.file('mcp-oauth-signing-key')})"`,
    'export Auth__OAuth__SigningKey',
  ];
  const lines = [...pair, ...(reads.includes('mcp-oauth-signing-key') ? signingKey : [])];
  return ['set -eu', ...lines, 'exec dotnet Agentweaver.Api.dll', ''].join('\n');
}
