import { partOf } from '../../constructs/labels/labels.ts';
import { port } from '../../constructs/workload/port.ts';

/** The one namespace. A constant: the federated credentials of the managed identity name it too. */
export const NAMESPACE = 'agentweaver';

/** Labels that every object of the platform shares, and those of its applications. */
export const LABELS = partOf('agentweaver');

/** Names that several objects share, or that people and run-time code use. */
export const NAMES = {
  api: 'agentweaver-api',
  worker: 'agentweaver-worker',
  frontend: 'agentweaver-frontend',
  mcp: 'agentweaver-mcp',
  gateway: 'agentweaver-gateway',
  previewGateway: 'agentweaver-preview-gateway',
  runtimeClass: 'kata-vm-isolation',
  agentHostPool: 'agentweaver-agent-host',
  sandboxPool: 'agentweaver-sandbox',
  schemaMigration: 'ef-migrate-postgres',
  sqliteImport: 'sqlite-to-postgres-migrator',
  appSecrets: 'agentweaver-secrets',
  tlsSecret: 'agentweaver-tls',
} as const;

/** What tells AgentHost pods from the other sandboxes. */
export const AGENT_HOST_COMPONENT = { 'app.kubernetes.io/component': 'agent-host' } as const;

/** The applications of the platform, by what selectors and policies know them by. */
export const APPS = {
  api: LABELS.app(NAMES.api),
  worker: LABELS.app(NAMES.worker),
  frontend: LABELS.app(NAMES.frontend),
  mcp: LABELS.app(NAMES.mcp),
  /** Both pools carry this label, so that every sandbox policy covers both. */
  sandbox: LABELS.app(NAMES.sandboxPool),
  agentHost: LABELS.app(NAMES.sandboxPool, AGENT_HOST_COMPONENT),
  schemaMigration: LABELS.app(NAMES.schemaMigration),
  sqliteImport: LABELS.app(NAMES.sqliteImport),
} as const;

/** Ends the first label of a preview's host; a wildcard certificate covers one label, so the token is in it too. */
export const PREVIEW_SUFFIX = '-preview';

/** Ports of the applications; the A2A port is an install parameter. */
export const PORTS = {
  api: port('http', 8080),
  worker: port('http-worker', 8081),
  frontend: port('http', 8080),
  mcp: port('http', 8080),
} as const;

/** Directories inside the containers. */
export const PATHS = {
  workspace: '/workspace',
  tmp: '/tmp',
  logs: '/app/logs',
  secrets: '/mnt/secrets-store',
  a2aClientTls: '/mnt/a2a-client-tls',
  a2aServerTls: '/mnt/a2a-tls',
} as const;

/** How the API and the worker talk to AgentHost pods, on both sides of the wire. */
export const A2A = {
  path: '/a2a/agent',
  /** Certificates are mounted, but the host serves plain HTTP: what both sides say must agree. */
  requireMtls: false,
} as const;

/** Address ranges of private networks (RFC 1918). */
export const NETWORK_RANGES = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'] as const;

/** Addresses that lead to nodes, pods, Services and the cloud's metadata, not to the internet. */
export const PRIVATE_RANGES = [...NETWORK_RANGES, '169.254.0.0/16'] as const;
