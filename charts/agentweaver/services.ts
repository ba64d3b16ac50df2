import type { Construct } from 'constructs';
import { Service } from '../../constructs/network/service.ts';
import type { Workload } from '../../constructs/workload/workload.ts';
import type { Installation } from './installation.ts';
import { APPS, NAMES, PORTS } from './names.ts';

type Api = Service<typeof PORTS.api>;
type Frontend = Service<typeof PORTS.frontend>;
type Mcp = Service<typeof PORTS.mcp>;

/** What the routes lead to. */
export interface Services {
  readonly api: Api;
  readonly frontend: Frontend;
  readonly mcp: Mcp;
}

export function apiService(area: Construct, install: Installation, pods: Workload<typeof PORTS.api>): Api {
  return new Service(area, 'service', {
    name: NAMES.api,
    labels: APPS.api.labels,
    pods,
    ports: [PORTS.api],
    ...(install.parameters.apiSessionAffinity ? { sessionAffinitySeconds: 10_800 } : {}),
  });
}

export function frontendService(area: Construct, pods: Workload<typeof PORTS.frontend>): Frontend {
  return new Service(area, 'service', {
    name: NAMES.frontend,
    labels: APPS.frontend.labels,
    pods,
    ports: [{ target: PORTS.frontend, port: 80 }],
  });
}

export function mcpService(area: Construct, pods: Workload<typeof PORTS.mcp>): Mcp {
  return new Service(area, 'service', { name: NAMES.mcp, labels: APPS.mcp.labels, pods, ports: [PORTS.mcp] });
}
