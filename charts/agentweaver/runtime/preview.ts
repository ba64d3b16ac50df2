import type { IHTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute';
import type { IService } from 'kubernetes-models/v1/Service';
import { LABELS, NAMES, NAMESPACE, PREVIEW_SUFFIX } from '../names.ts';
import type { Parameters } from '../parameters.ts';
import { MAX_LABEL, runLabel } from './run-id.ts';

/** Prefix of the labels and annotations of previews. */
const PREFIX = 'agentweaver.dev';
const SERVICE_PORT = 80;

/** How long previews live, which their routes say, and how many there may be, which whoever makes them must count. */
export const PREVIEW_LIMITS = {
  /** Minutes that a preview lives without being used. */
  idleMinutes: 30,
  /** Hours that it lives in any case. */
  maxHours: 8,
  /** Previews that one run may have at a time. */
  perRun: 3,
  /** Previews that the installation may have at a time. */
  total: 20,
} as const;

/** One server in a sandbox that a person may open. */
export interface Preview {
  /** Three words and 26 base32 characters, joined by dashes: what makes the address unguessable. */
  readonly token: string;
  readonly runId: string;
  /** Where the server listens in the sandbox. */
  readonly targetPort: number;
  /** Name of the sandbox pod. */
  readonly pod: string;
  /** Who asked for the preview. */
  readonly owner: string;
  readonly startedAt: Date;
  /** Last use, after which it lives as {@link PREVIEW_LIMITS} say. @default its start */
  readonly usedAt?: Date;
}

/** The label that the API gives the pod, so that only its preview's Service selects it. */
export function previewPodLabels(runId: string): Readonly<Record<string, string>> {
  return { [`${PREFIX}/preview-run`]: runLabel(runId) };
}

/**
 * The Service in front of one sandbox pod.
 *
 * @throws RangeError if previews are off, the token is none, or the port is outside the installation's preview ports
 * or is its A2A port
 */
export function previewService(preview: Preview, parameters: Parameters): IService {
  const { runId, targetPort } = preview;
  checkToken(preview.token);
  checkPort(targetPort, parameters);
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: previewName(preview.token),
      namespace: NAMESPACE,
      labels: { ...LABELS.common, ...tokenLabel(preview.token), ...previewPodLabels(runId) },
    },
    spec: {
      type: 'ClusterIP',
      selector: previewPodLabels(runId),
      ports: [{ name: 'http', protocol: 'TCP', port: SERVICE_PORT, targetPort }],
    },
  };
}

/**
 * The route from the preview's host name to its Service.
 *
 * @throws RangeError as {@link previewService} does, and if the token makes no host name
 */
export function previewRoute(preview: Preview, parameters: Parameters): IHTTPRoute {
  const { token, runId, targetPort, pod, owner, startedAt, usedAt = startedAt } = preview;
  const maxUntil = startedAt.getTime() + PREVIEW_LIMITS.maxHours * 3_600_000;
  const expiresAt = Math.min(usedAt.getTime() + PREVIEW_LIMITS.idleMinutes * 60_000, maxUntil);
  checkToken(token);
  checkPort(targetPort, parameters);
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: {
      name: previewName(token),
      namespace: NAMESPACE,
      labels: { ...LABELS.common, ...tokenLabel(token) },
      annotations: {
        [`${PREFIX}/preview-expires-at`]: new Date(expiresAt).toISOString(),
        [`${PREFIX}/preview-max-until`]: new Date(maxUntil).toISOString(),
        [`${PREFIX}/preview-run`]: runId,
        [`${PREFIX}/preview-token`]: token,
        [`${PREFIX}/preview-owner`]: owner,
        [`${PREFIX}/preview-pod`]: pod,
        [`${PREFIX}/preview-target-port`]: String(targetPort),
        [`${PREFIX}/preview-started-at`]: startedAt.toISOString(),
      },
    },
    spec: {
      parentRefs: [{ name: NAMES.previewGateway, namespace: NAMESPACE }],
      hostnames: [`${token}${PREVIEW_SUFFIX}.${parameters.zone}`],
      rules: [{ backendRefs: [{ name: previewName(token), port: SERVICE_PORT }] }],
    },
  };
}

/** Service and HTTPRoute share it; a token that fits the host name fits the 63 characters here too. */
function previewName(token: string): string {
  return `preview-${token}`;
}

function tokenLabel(token: string): Record<string, string> {
  return { [`${PREFIX}/preview-token`]: token };
}

function checkToken(token: string): void {
  if (!/^[a-z]+-[a-z]+-[a-z]+-[a-z2-7]{26}$/.test(token)) {
    throw new RangeError('a preview token is three words and 26 base32 characters, joined by dashes');
  }
  const longest = MAX_LABEL - PREVIEW_SUFFIX.length;
  if (token.length > longest) {
    throw new RangeError(
      `preview token of ${token.length} characters makes no host name; use words so short that it has at most ${longest}`,
    );
  }
}

function checkPort(port: number, { preview, sandbox }: Parameters): void {
  if (!preview.enabled) {
    throw new RangeError(
      'previews are off, so there is no gateway for them and no policy lets one in; set preview.enabled to true',
    );
  }
  const inside = Number.isInteger(port) && port >= preview.firstPort && port <= preview.lastPort;
  if (!inside) {
    throw new RangeError(`preview port ${port} is not from ${preview.firstPort} to ${preview.lastPort}`);
  }
  if (port === sandbox.a2aPort) {
    throw new RangeError(`preview port ${port} is the A2A port, which would open /configure to the world`);
  }
}
