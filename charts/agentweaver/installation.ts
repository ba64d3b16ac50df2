import type { Parameters } from './parameters.ts';

/** What the install parameters mean: everything derived from them, derived once. */
export interface Installation {
  readonly parameters: Parameters;
  /** Public host name. */
  readonly host: string;
  /** `https://<host>`, the OAuth issuer, without a trailing slash. */
  readonly origin: string;
  /** OAuth audience of the MCP server. */
  readonly mcpAudience: string;
  /** Hosts of sandbox previews: the wildcard of the zone. */
  readonly previewHost: string;
  /** `https://<vault>.vault.azure.net`, without a trailing slash. */
  readonly vaultUri: string;
  readonly images: Readonly<Record<'api' | 'frontend' | 'mcp' | 'agentHost' | 'sandbox', string>>;
  /** In-cluster host of the OpenTelemetry collector, and where it takes gRPC. */
  readonly collector: { readonly host: string; readonly port: number };
  /** The throwaway mode: one API replica, no Postgres, no worker, no persistent volume. */
  readonly throwaway: boolean;
}

/** @returns the values that several objects share. */
export function installation(parameters: Parameters): Installation {
  const { zone, registry, imageTag, agentHostImageTag = imageTag, telemetry } = parameters;
  const host = parameters.host ?? `agentweaver.${zone}`;
  const origin = `https://${host}`;
  const image = (name: string, tag = imageTag): string => `${registry}/agentweaver-${name}:${tag}`;
  return {
    parameters,
    host,
    origin,
    mcpAudience: `${origin}/mcp`,
    previewHost: `*.${zone}`,
    vaultUri: `https://${parameters.keyVault}.vault.azure.net`,
    images: {
      api: image('api'),
      frontend: image('frontend'),
      mcp: image('mcp'),
      agentHost: image('agent-host', agentHostImageTag),
      sandbox: image('sandbox'),
    },
    collector: {
      host: `${telemetry.collector}.${telemetry.namespace}.svc.cluster.local`,
      port: telemetry.port,
    },
    throwaway: parameters.database.provider === 'sqlite',
  };
}
