import type { Construct } from 'constructs';
import { httpGet } from '../../constructs/workload/action.ts';
import { Deployment } from '../../constructs/workload/deployment.ts';
import { USER } from './containers.ts';
import { mcpVariables } from './environment-variables.ts';
import type { Installation } from './installation.ts';
import { APPS, NAMES, PORTS } from './names.ts';

/** The MCP server: it forwards the caller's token and holds no secret of its own. */
export function composeMcp(area: Construct, install: Installation) {
  return new Deployment(area, 'deployment', {
    name: NAMES.mcp,
    ...APPS.mcp,
    // corrected: the original gives MCP the API's account, and with it pod-exec and the vault; it needs neither
    // corrected: no annotation of a rotation interval and no identity label: it mounts nothing and needs no vault
    podLabels: APPS.mcp.labels,
    replicas: 1,
    runAs: USER,
    containers: [
      {
        name: NAMES.mcp,
        image: install.images.mcp,
        imagePullPolicy: 'Always',
        command: ['/bin/sh', '-c', 'set -eu\nexec dotnet Agentweaver.Mcp.dll\n'],
        ports: [PORTS.mcp],
        env: mcpVariables(install),
        resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '1', memory: '512Mi' } },
        liveness: {
          check: httpGet(PORTS.mcp, '/healthz'),
          initialDelaySeconds: 15,
          periodSeconds: 20,
          failureThreshold: 3,
        },
        readiness: {
          check: httpGet(PORTS.mcp, '/healthz'),
          initialDelaySeconds: 10,
          periodSeconds: 10,
          failureThreshold: 3,
        },
      },
    ],
  });
}
