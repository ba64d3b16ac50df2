import { type Env, type EnvSource, fieldRef } from '../../constructs/workload/env.ts';
import type { Installation } from './installation.ts';
import { A2A, NAMES, NAMESPACE, PATHS, PORTS } from './names.ts';

/** What variables take from other objects. */
export interface VariableSources {
  /** Key `connectionstring` of the Postgres Secret. */
  readonly connectionString: EnvSource;
  /** Key `appinsights-connection-string` of the synced Secret, where that option is on. */
  readonly applicationInsights: EnvSource | undefined;
}

const apiUrl = `http://${NAMES.api}:${PORTS.api.number}`;

/** Variables of the API's main container, in the order of the original. */
export function apiVariables(install: Installation, sources: VariableSources): Env {
  const { preview, zone } = install.parameters;
  return {
    ASPNETCORE_ENVIRONMENT: 'Production',
    POD_NAME: fieldRef('metadata.name'),
    HOME: `${PATHS.workspace}/.home`,
    Database__Path: `${PATHS.tmp}/agentweaver.db`,
    Workspace__Path: PATHS.workspace,
    Agentweaver__ApiBaseUrl: `http://localhost:${PORTS.api.number}`,
    ...workspaceAndSandbox(),
    ...signIn(install),
    Auth__Mcp__AllowGitHubPassthrough: 'true',
    ...tokenStore(install),
    ...telemetry(install, NAMES.api, sources),
    TMPDIR: PATHS.tmp,
    ...agentToAgent(install),
    Sandbox__Preview__Enabled: String(preview.enabled),
    ...(preview.enabled
      ? {
          Sandbox__Preview__ZoneSuffix: zone,
          Sandbox__Preview__GatewayName: NAMES.previewGateway,
          Sandbox__Preview__GatewayNamespace: NAMESPACE,
        }
      : {}),
    ...database(install, sources),
  };
}

/** Variables of the worker's main container, in the order of the original. */
export function workerVariables(install: Installation, sources: VariableSources): Env {
  return {
    ASPNETCORE_ENVIRONMENT: 'Production',
    HOME: `${PATHS.workspace}/.home`,
    DOTNET_BUNDLE_EXTRACT_BASE_DIR: `${PATHS.tmp}/.net`,
    App__Role: 'worker',
    ASPNETCORE_URLS: `http://+:${PORTS.worker.number}`,
    Workspace__Path: PATHS.workspace,
    Agentweaver__ApiBaseUrl: apiUrl,
    // corrected: the original leaves RequireMtls out, so the worker would dial https where hosts serve http
    ...workspaceAndSandbox(),
    ...signIn(install),
    // corrected: the original leaves these out, so the worker would look for user tokens on its own disk
    ...tokenStore(install),
    ...telemetry(install, NAMES.worker, sources),
    TMPDIR: PATHS.tmp,
    ...agentToAgent(install),
    ...database(install, sources),
  };
}

/** Variables of the schema migration, which boots the host and therefore trips its OAuth guard without Auth. */
export function migrationVariables(
  install: Installation,
  sources: VariableSources,
  home: string = PATHS.tmp,
): Env {
  return {
    ASPNETCORE_ENVIRONMENT: 'Production',
    HOME: home,
    TMPDIR: PATHS.tmp,
    DOTNET_BUNDLE_EXTRACT_BASE_DIR: `${PATHS.tmp}/.net`,
    Auth__OAuth__Issuer: install.origin,
    Auth__OAuth__Audience: install.mcpAudience,
    ...postgres(sources),
  };
}

/** Variables of the MCP server. */
export function mcpVariables(install: Installation): Env {
  return {
    ASPNETCORE_ENVIRONMENT: 'Production',
    AGENTWEAVER_API_URL: apiUrl,
    Auth__Mcp__Issuer: install.origin,
    Auth__Mcp__Audience: install.mcpAudience,
    Auth__Mcp__JwksUri: `${apiUrl}/oauth/jwks`,
    Auth__Mcp__AllowGitHubPassthrough: 'true',
  };
}

/** Variables of an AgentHost pod. A run's identity never stands here: /configure delivers it to a warm pod. */
export function agentHostVariables(
  install: Installation,
  sources: Pick<VariableSources, 'applicationInsights'>,
): Env {
  return {
    ASPNETCORE_ENVIRONMENT: 'Production',
    HOME: '/home/appuser',
    AgentHost__KeyVaultUri: `${install.vaultUri}/`,
    AgentHost__WorkingDirectory: PATHS.workspace,
    AgentHost__RepositoryPath: PATHS.workspace,
    ...applicationInsights(sources),
  };
}

function workspaceAndSandbox(): Env {
  return {
    Workspace__Provider: 'persistent-volume',
    Workspace__PersistentVolume__MountRoot: PATHS.workspace,
    Sandbox__Backend: 'kubernetes',
    Sandbox__Kubernetes__Namespace: NAMESPACE,
    // added: the original dropped it together with the generic pool, which the design has for commands
    Sandbox__Kubernetes__TemplateRef: NAMES.sandboxPool,
    Sandbox__AgentExecutionMode: 'pod-per-run',
    Sandbox__AgentHost__RequireMtls: String(A2A.requireMtls),
  };
}

function signIn({ origin, mcpAudience, parameters }: Installation): Env {
  return {
    Auth__GitHub__AllowedOrg: parameters.githubOrganization,
    Auth__GitHub__CallbackUrl: `${origin}/auth/github/callback`,
    Auth__GitHub__FrontendUrl: `${origin}/`,
    Auth__OAuth__Issuer: origin,
    Auth__OAuth__Audience: mcpAudience,
  };
}

function tokenStore({ vaultUri }: Installation): Env {
  return { Auth__TokenStore__Provider: 'keyvault', Auth__TokenStore__KeyVaultUri: vaultUri };
}

function telemetry(install: Installation, service: string, sources: VariableSources): Env {
  return {
    OTEL_SERVICE_NAME: service,
    OTEL_RESOURCE_ATTRIBUTES: 'service.namespace=agentweaver,deployment.environment=production',
    // added: the design sends to a collector, and has policies for the way to it; the original dropped the pair
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://${install.collector.host}:${install.collector.port}`,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
    ...applicationInsights(sources),
  };
}

function applicationInsights(sources: Pick<VariableSources, 'applicationInsights'>): Env {
  return sources.applicationInsights === undefined
    ? {}
    : { APPLICATIONINSIGHTS_CONNECTION_STRING: sources.applicationInsights };
}

function agentToAgent({ parameters }: Installation): Env {
  return {
    Sandbox__A2A__ClientCertPath: `${PATHS.a2aClientTls}/tls.crt`,
    Sandbox__A2A__ClientKeyPath: `${PATHS.a2aClientTls}/tls.key`,
    Sandbox__A2A__CACertPath: `${PATHS.a2aClientTls}/ca.crt`,
    Sandbox__A2A__Port: String(parameters.sandbox.a2aPort),
  };
}

function database(install: Installation, sources: VariableSources): Env {
  return install.throwaway ? { Database__Provider: 'Sqlite' } : postgres(sources);
}

function postgres({ connectionString }: VariableSources): Env {
  return {
    Database__Provider: 'Postgres',
    ConnectionStrings__MemoryDb: connectionString,
    ConnectionStrings__Postgres: connectionString,
  };
}
