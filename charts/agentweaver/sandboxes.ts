import type { Construct } from 'constructs';
import { ConfigMap, jsonFile } from '../../constructs/config/config-map.ts';
import { isIn } from '../../constructs/labels/selector.ts';
import { SandboxTemplate, type SandboxTemplateProps } from '../../constructs/sandbox/sandbox-template.ts';
import { SandboxWarmPool } from '../../constructs/sandbox/sandbox-warm-pool.ts';
import type { Container } from '../../constructs/workload/container.ts';
import { type Port, port } from '../../constructs/workload/port.ts';
import { preferNodes, tolerate } from '../../constructs/workload/scheduling.ts';
import { Volume } from '../../constructs/workload/volume.ts';
import type { ServerParts } from './api.ts';
import { USER, USER_WITH_VOLUMES } from './containers.ts';
import { agentHostVariables } from './environment-variables.ts';
import type { Installation } from './installation.ts';
import { A2A, AGENT_HOST_COMPONENT, APPS, LABELS, NAMES, PATHS } from './names.ts';
import { EXTERNAL_SECRETS } from './secrets.ts';

/** What both kinds of sandbox are: virtual machines of their own on nodes kept for them. */
const KATA = {
  runtimeClass: NAMES.runtimeClass,
  tolerations: [tolerate('sandbox', 'kata', 'NoSchedule')],
  affinity: preferNodes(100, isIn('agentweaver.io/kata', 'true')),
  runAs: USER_WITH_VOLUMES,
  restartPolicy: 'Never',
  // corrected: Managed, the API's default, adds egress to every public address on every port. It also makes public
  // resolvers the pods' DNS, and then no name passes Cilium's DNS proxy, so the policies by name match nothing
  networkPolicyManagement: 'Unmanaged',
} as const satisfies Partial<SandboxTemplateProps>;

/** The generic pool for commands, and the AgentHost pool for live agent turns. */
export function composeSandboxes(area: Construct, install: Installation, parts: ServerParts): void {
  const a2a = port('a2a', install.parameters.sandbox.a2aPort);
  const config = new ConfigMap(area, 'agenthost-config', {
    data: { 'appsettings.k8s.json': jsonFile(hostSettings(a2a)) },
  });
  const workspace = parts.storage.workspace.at(PATHS.workspace);
  const tmp = Volume.emptyDir('tmp').at(PATHS.tmp);
  const settings = [
    Volume.secret('a2a-tls', EXTERNAL_SECRETS.a2aServerTls, { mode: 0o400, optional: true }).at(
      PATHS.a2aServerTls,
    ),
    Volume.configMap('agenthost-config', config).at('/app/config'),
  ];
  const container = {
    imagePullPolicy: 'IfNotPresent',
    ports: [a2a],
    resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '2000m', memory: '4Gi' } },
    security: { runAsNonRoot: true, runAsUser: USER.user, seccomp: 'RuntimeDefault' },
  } as const satisfies Partial<Container<Port>>;

  const agentHost = new SandboxTemplate<Port>(area, 'agent-host-template', {
    ...KATA,
    name: NAMES.agentHostPool,
    labels: AGENT_HOST_COMPONENT,
    selector: APPS.agentHost.selector,
    podLabels: APPS.agentHost.labels,
    // the identity's token comes from its webhook; corrected: the original also mounts one for the cluster's API
    serviceAccount: parts.identities.agentHost,
    envVarsInjectionPolicy: 'Allowed',
    containers: [
      {
        ...container,
        name: NAMES.agentHostPool,
        image: install.images.agentHost,
        env: agentHostVariables(install, parts.secrets),
        mounts: [workspace, tmp, Volume.emptyDir('home').at('/home/appuser'), ...settings],
        // no probes: /healthz answers 200 in standby too, so it tells nothing about a turn
        // an agent installs tools wherever they want to be; the virtual machine is the boundary
        loosen: { rootFilesystem: 'writable' },
      },
    ],
  });
  new SandboxWarmPool(area, 'agent-host-pool', {
    name: NAMES.agentHostPool,
    labels: AGENT_HOST_COMPONENT,
    template: agentHost,
    replicas: 2,
    updateStrategy: 'OnReplenish',
  });

  const generic = new SandboxTemplate<Port>(area, 'sandbox-template', {
    ...KATA,
    name: NAMES.sandboxPool,
    selector: APPS.sandbox.selector,
    podLabels: LABELS.common,
    envVarsInjectionPolicy: 'Disallowed',
    containers: [
      {
        ...container,
        name: NAMES.sandboxPool,
        image: install.images.sandbox,
        mounts: [workspace, tmp, ...settings],
      },
    ],
  });
  new SandboxWarmPool(area, 'sandbox-pool', { name: NAMES.sandboxPool, template: generic, replicas: 3 });
}

/** Settings of the AgentHost; it reads strict JSON and crashes on a comment. */
function hostSettings(a2a: Port) {
  return {
    Kestrel: {
      Limits: {
        MaxConcurrentConnections: 50,
        MaxConcurrentUpgradedConnections: 50,
        MaxRequestBodySize: 10_485_760,
        KeepAliveTimeout: '00:02:00',
        RequestHeadersTimeout: '00:00:30',
      },
    },
    AgentHost: {
      RequireMtls: A2A.requireMtls,
      Port: a2a.number,
      A2APath: A2A.path,
      ClientCACertPath: `${PATHS.a2aServerTls}/ca.crt`,
      HeartbeatIntervalSeconds: 15,
      Security: {
        GateCardEndpoint: true,
        RequireClientCertificate: A2A.requireMtls,
        ClientCertSubjectCN: NAMES.worker,
        SkipTlsHostnameVerification: true,
      },
    },
  };
}
