import { describe, expect, test } from 'vitest';
import {
  azureWorkloadIdentity,
  type Container,
  CronJob,
  DaemonSet,
  Deployment,
  type DeploymentProps,
  exec,
  externalSecret,
  fieldRef,
  grpc,
  httpGet,
  isIn,
  Job,
  type Port,
  partOf,
  port,
  preferNodes,
  requireNodes,
  resourceFieldRef,
  ServiceAccount,
  StatefulSet,
  sleep,
  tcpSocket,
  tolerate,
  Volume,
} from '../../constructs/index.ts';
import { chart, container, http, resources, server } from './support.ts';

const base = { selector: { app: 'api' }, replicas: 2, containers: [container] } as const;

/** The pod template's spec of a Deployment with these props. */
function podOf(props: Partial<DeploymentProps<Port>> = {}) {
  return new Deployment<Port>(chart(), 'api', { ...base, ...props }).toJson().spec?.template.spec;
}

/** The container of a Deployment whose container has these props. */
function containerOf(props: Partial<Container>) {
  return podOf({ containers: [{ ...container, ...props }] })?.containers[0];
}

describe('a Deployment is hardened by default', () => {
  test('its pods never run as root, have no token and filter system calls', () => {
    expect(podOf()).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    });
  });

  test('its containers cannot gain rights, have no capabilities and a read-only root', () => {
    expect(containerOf({})?.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    });
  });

  test('so are its init containers', () => {
    const init = podOf({ initContainers: [{ ...container, name: 'migrate' }] })?.initContainers?.[0];
    expect(init?.securityContext).toEqual(containerOf({})?.securityContext);
  });

  test('writes nothing else that it was not told', () => {
    expect(new Deployment(chart(), 'api', base).toJson()).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'api', namespace: 'agents' },
      spec: {
        replicas: 2,
        selector: { matchLabels: { app: 'api' } },
        template: {
          metadata: { labels: { app: 'api' } },
          spec: {
            automountServiceAccountToken: false,
            securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
            containers: [
              {
                name: 'main',
                image: 'registry.example/app:1.0.0',
                resources,
                securityContext: {
                  allowPrivilegeEscalation: false,
                  capabilities: { drop: ['ALL'] },
                  readOnlyRootFilesystem: true,
                },
              },
            ],
          },
        },
      },
    });
  });
});

describe('each part of it is given up by its name', () => {
  test('root', () => {
    const pod = podOf({ loosen: { root: 'allowed' }, runAs: { user: 0 } });
    expect(pod?.securityContext).toEqual({ runAsUser: 0, seccompProfile: { type: 'RuntimeDefault' } });
  });

  test('the filter of system calls', () => {
    expect(podOf({ loosen: { seccomp: 'unspecified' } })?.securityContext).toEqual({ runAsNonRoot: true });
    expect(podOf({ loosen: { seccomp: 'Unconfined' } })?.securityContext?.seccompProfile).toEqual({
      type: 'Unconfined',
    });
  });

  test('the token for the cluster API', () => {
    expect(podOf({ loosen: { serviceAccountToken: 'mounted' } })?.automountServiceAccountToken).toBe(true);
    expect(podOf({ loosen: { serviceAccountToken: 'unspecified' } })).not.toHaveProperty(
      'automountServiceAccountToken',
    );
  });

  test('the namespaces of the node', () => {
    expect(podOf({ loosen: { hostNetwork: 'shared', hostPID: 'shared' } })).toMatchObject({
      hostNetwork: true,
      hostPID: true,
    });
  });

  test('the read-only root', () => {
    const context = (rootFilesystem: 'writable' | 'unspecified') =>
      containerOf({ loosen: { rootFilesystem } })?.securityContext;
    expect(context('writable')?.readOnlyRootFilesystem).toBe(false);
    expect(context('unspecified')).not.toHaveProperty('readOnlyRootFilesystem');
  });

  test('capabilities and escalation', () => {
    const loosen = {
      capabilities: 'runtime-defaults',
      addCapabilities: ['NET_BIND_SERVICE'],
      privilegeEscalation: 'allowed',
      privileged: 'allowed',
    } as const;
    expect(containerOf({ loosen })?.securityContext).toEqual({
      allowPrivilegeEscalation: true,
      capabilities: { add: ['NET_BIND_SERVICE'] },
      privileged: true,
      readOnlyRootFilesystem: true,
    });
  });

  test('resources, to the LimitRange of the namespace', () => {
    expect(containerOf({ resources: 'from-limit-range' })).not.toHaveProperty('resources');
  });

  test('a container can state for itself what its pod states', () => {
    const security = { runAsNonRoot: true, runAsUser: 1000, seccomp: 'RuntimeDefault' } as const;
    expect(containerOf({ security })?.securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    });
  });
});

describe('a container', () => {
  test('keeps the order of its variables and knows where values come from', () => {
    const database = externalSecret('postgres', { keys: ['url'], reason: 'made by a test' });
    const env = {
      ZONE: 'true',
      ALPHA: '8088',
      POD_NAME: fieldRef('metadata.name'),
      DATABASE: database.env('url'),
      HINT: database.env('url', { optional: true }),
      MEMORY: resourceFieldRef('limits.memory'),
    };
    expect(containerOf({ env })?.env).toEqual([
      { name: 'ZONE', value: 'true' },
      { name: 'ALPHA', value: '8088' },
      { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { name: 'DATABASE', valueFrom: { secretKeyRef: { name: 'postgres', key: 'url' } } },
      { name: 'HINT', valueFrom: { secretKeyRef: { name: 'postgres', key: 'url', optional: true } } },
      { name: 'MEMORY', valueFrom: { resourceFieldRef: { resource: 'limits.memory' } } },
    ]);
  });

  test('leaves shell variables in its command alone', () => {
    const command = ['/bin/sh', '-c', 'export A="${GitHub__ClientId}" && exec app'];
    expect(containerOf({ command })?.command).toEqual(command);
  });

  test('is probed at its declared port by number', () => {
    const probed = containerOf({
      ports: [http],
      liveness: {
        check: httpGet(http, '/healthz'),
        initialDelaySeconds: 15,
        periodSeconds: 20,
        failureThreshold: 3,
      },
      readiness: { check: tcpSocket(http) },
      startup: { check: grpc(http, 'health') },
    });
    expect(probed?.livenessProbe).toEqual({
      httpGet: { path: '/healthz', port: 8080 },
      initialDelaySeconds: 15,
      periodSeconds: 20,
      failureThreshold: 3,
    });
    expect(probed?.readinessProbe).toEqual({ tcpSocket: { port: 8080 } });
    expect(probed?.startupProbe).toEqual({ grpc: { port: 8080, service: 'health' } });
    expect(probed?.ports).toEqual([{ name: 'http', containerPort: 8080, protocol: 'TCP' }]);
  });

  test('can be probed by a command and with headers', () => {
    const check = httpGet(http, '/', { scheme: 'HTTPS', headers: { Host: 'a' } });
    const probed = containerOf({ ports: [http], liveness: { check: exec(['true']) }, readiness: { check } });
    expect(probed?.livenessProbe).toEqual({ exec: { command: ['true'] } });
    expect(probed?.readinessProbe?.httpGet).toEqual({
      path: '/',
      port: 8080,
      scheme: 'HTTPS',
      httpHeaders: [{ name: 'Host', value: 'a' }],
    });
  });

  test('does something when it starts and before it stops', () => {
    const lifecycle = containerOf({ postStart: exec(['/warm']), preStop: sleep(30) })?.lifecycle;
    expect(lifecycle).toEqual({
      postStart: { exec: { command: ['/warm'] } },
      preStop: { sleep: { seconds: 30 } },
    });
  });

  const admin = port('admin', 9000);
  test.each<[string, Partial<Container>, string]>([
    [
      'a probe of a foreign port',
      { ports: [http], liveness: { check: tcpSocket(admin) } },
      'platform/api: container "main": liveness: port admin 9000/TCP is not one of the container\'s; its ports: http 8080/TCP',
    ],
    [
      'an unresolved image',
      { image: '${REGISTRY}/app:1' },
      'image: "${REGISTRY}/app:1" is not an image reference',
    ],
    [
      'a request above the limit',
      { resources: { ...resources, requests: { cpu: '2', memory: '1Mi' } } },
      'resources.requests.cpu: 2 is above the limit 1; raise the limit or lower it',
    ],
    [
      'no quantity',
      { resources: { ...resources, limits: { cpu: '1', memory: '512 MB' } } },
      '"512 MB" is not a quantity',
    ],
    [
      'two mounts at one path',
      { mounts: [Volume.emptyDir('a').at('/tmp'), Volume.emptyDir('b').at('/tmp')] },
      '/tmp is mounted twice',
    ],
    ['a relative mount path', { mounts: [Volume.emptyDir('a').at('tmp')] }, '"tmp" is not an absolute path'],
    ['a bad variable name', { env: { '1A': '' } }, '"1A" is not an environment variable name'],
    [
      'a port that is none',
      { ports: [port('http', 80_000)] },
      'port "http": 80000 is not allowed; use an integer from 1 to 65535',
    ],
    [
      'a liveness that must succeed twice',
      { ports: [http], liveness: { check: tcpSocket(http), successThreshold: 2 } },
      'liveness.successThreshold: is not 1; leave it out',
    ],
    [
      'a period of nothing',
      { ports: [http], readiness: { check: tcpSocket(http), periodSeconds: 0 } },
      'readiness.periodSeconds: 0 is not allowed',
    ],
    [
      'a readiness that would stop the container',
      { ports: [http], readiness: { check: tcpSocket(http), terminationGracePeriodSeconds: 5 } },
      'readiness stops no container',
    ],
  ])('fails for %s', (_, props, message) => {
    expect(() => containerOf(props)).toThrow(message);
  });
});

describe('a pod', () => {
  test('has each volume once, in the order of their first mount', () => {
    const [tmp, logs] = [Volume.emptyDir('tmp'), Volume.emptyDir('logs', { sizeLimit: '1Gi' })];
    const pod = podOf({
      initContainers: [{ ...container, name: 'init', mounts: [tmp.at('/tmp')] }],
      containers: [{ ...container, mounts: [logs.at('/logs'), tmp.at('/tmp')] }],
    });
    expect(pod?.volumes).toEqual([
      { name: 'logs', emptyDir: { sizeLimit: '1Gi' } },
      { name: 'tmp', emptyDir: {} },
    ]);
  });

  test('carries the labels of its selector, its own and those of its identity', () => {
    const identity = azureWorkloadIdentity({ clientId: 'client', tenantId: 'tenant' });
    const scope = chart();
    const serviceAccount = new ServiceAccount(scope, 'account', { identity });
    const deployment = new Deployment(scope, 'api', {
      ...base,
      ...partOf('platform').app('api'),
      serviceAccount,
    });
    expect(deployment.podLabels).toEqual({
      app: 'api',
      'app.kubernetes.io/part-of': 'platform',
      'azure.workload.identity/use': 'true',
    });
    expect(deployment.toJson().spec?.template.spec?.serviceAccountName).toBe('account');
  });

  test('is placed as told', () => {
    const pod = podOf({
      runtimeClass: 'kata',
      tolerations: [tolerate('sandbox', 'kata', 'NoSchedule')],
      affinity: preferNodes(100, isIn('kata', 'true')),
      nodeSelector: { disk: 'ssd' },
      topologySpread: [{ topologyKey: 'topology.kubernetes.io/zone' }],
      terminationGracePeriodSeconds: 120,
    });
    const matchExpressions = [{ key: 'kata', operator: 'In', values: ['true'] }];
    expect(pod).toMatchObject({
      runtimeClassName: 'kata',
      tolerations: [{ key: 'sandbox', operator: 'Equal', value: 'kata', effect: 'NoSchedule' }],
      affinity: {
        nodeAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 100, preference: { matchExpressions } },
          ],
        },
      },
      nodeSelector: { disk: 'ssd' },
      topologySpreadConstraints: [
        {
          topologyKey: 'topology.kubernetes.io/zone',
          maxSkew: 1,
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: { matchLabels: { app: 'api' } },
        },
      ],
      terminationGracePeriodSeconds: 120,
    });
    expect(podOf({ affinity: requireNodes(isIn('kata', 'true')) })?.affinity?.nodeAffinity).toEqual({
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] },
    });
  });

  const twice = [Volume.emptyDir('tmp').at('/a'), Volume.emptyDir('tmp', { medium: 'Memory' }).at('/b')];
  test.each<[string, Partial<DeploymentProps<Port>>, string]>([
    [
      'root without a word',
      { runAs: { user: 0 } },
      "runAs.user: 0 is root; use another user, or say loosen: { root: 'allowed' }",
    ],
    [
      'two volumes of one name',
      { containers: [{ ...container, mounts: twice }] },
      'volume "tmp": is the name of two different volumes',
    ],
    ['two containers of one name', { containers: [container, container] }, 'two containers are named "main"'],
    [
      'two ports of one number',
      { containers: [{ ...container, ports: [http, port('other', 8080)] }] },
      'other 8080/TCP and http 8080/TCP share a name or a number',
    ],
    [
      'a label that contradicts the selector',
      { podLabels: { app: 'other' } },
      "podLabels[app]: differs from the selector's api",
    ],
    ['no selector', { selector: {} }, 'selector: is empty; name at least one label'],
  ])('fails for %s', (_, props, message) => {
    expect(() => podOf(props)).toThrow(message);
  });
});

describe('a Deployment', () => {
  const specOf = (props: Partial<DeploymentProps>) =>
    new Deployment<Port>(chart(), 'api', { ...base, ...props }).toJson().spec;

  test('leaves its replicas to an autoscaler', () => {
    expect(specOf({ replicas: 'autoscaled' })).not.toHaveProperty('replicas');
  });

  test('replaces its pods as told', () => {
    expect(specOf({ strategy: { maxSurge: 1, maxUnavailable: 0 } })?.strategy).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
    });
    expect(specOf({ strategy: 'Recreate' })?.strategy).toEqual({ type: 'Recreate' });
  });

  test('fails for an update that could never begin', () => {
    expect(() => specOf({ strategy: { maxSurge: 0, maxUnavailable: '0%' } })).toThrow(
      'strategy: maxSurge and maxUnavailable are both 0',
    );
  });

  test('fails for replicas that are no number of pods', () => {
    expect(() => specOf({ replicas: -1 })).toThrow('replicas: -1 is not allowed; use an integer from 0 to');
  });
});

describe('other workloads', () => {
  const task = { selector: { app: 'migrate' }, containers: [container] } as const;

  test('a Job runs to its end, without a selector of its own', () => {
    const job = new Job(chart(), 'migrate', { ...task, backoffLimit: 0, ttlSecondsAfterFinished: 600 });
    const spec = job.toJson().spec;
    expect(spec).toMatchObject({ backoffLimit: 0, ttlSecondsAfterFinished: 600 });
    expect(spec).not.toHaveProperty('selector');
    expect(spec?.template).toMatchObject({
      metadata: { labels: { app: 'migrate' } },
      spec: { restartPolicy: 'Never' },
    });
    expect(job.podSelector).toEqual({ app: 'migrate' });
  });

  test('a CronJob runs by the clock, one at a time', () => {
    const spec = new CronJob(chart(), 'sweep', {
      ...task,
      schedule: '0 3 * * *',
      timeZone: 'Etc/UTC',
    }).toJson().spec;
    expect(spec).toMatchObject({ schedule: '0 3 * * *', timeZone: 'Etc/UTC', concurrencyPolicy: 'Forbid' });
    expect(spec?.jobTemplate.spec?.template.spec?.restartPolicy).toBe('Never');
  });

  test('a CronJob fails for a bad schedule or a name too long for its Jobs', () => {
    const make = () => new CronJob(chart(), 'a'.repeat(53), { ...task, schedule: '61 * * * *' });
    expect(make).toThrow('metadata.name: has more than 52 characters');
    expect(make).toThrow('schedule: "61 * * * *" has a bad minute');
  });

  test('a DaemonSet selects its own pods', () => {
    const spec = new DaemonSet(chart(), 'agent', task).toJson().spec;
    expect(spec).toMatchObject({
      selector: { matchLabels: { app: 'migrate' } },
      template: { metadata: { labels: { app: 'migrate' } } },
    });
  });

  test('a StatefulSet gives each pod storage of its own', () => {
    const data = Volume.ownStorage('data', {
      accessModes: ['ReadWriteOnce'],
      size: '10Gi',
      storageClass: 'fast',
    });
    const tmp = Volume.emptyDir('tmp');
    const set = new StatefulSet(chart(), 'store', {
      selector: { app: 'store' },
      replicas: 3,
      serviceName: 'store',
      containers: [{ ...server, mounts: [data.at('/data'), tmp.at('/tmp')] }],
    });
    const spec = set.toJson().spec;
    expect(spec).toMatchObject({ replicas: 3, serviceName: 'store' });
    expect(spec?.volumeClaimTemplates).toEqual([
      {
        metadata: { name: 'data' },
        spec: {
          accessModes: ['ReadWriteOnce'],
          resources: { requests: { storage: '10Gi' } },
          storageClassName: 'fast',
        },
      },
    ]);
    expect(spec?.template.spec?.volumes).toEqual([{ name: 'tmp', emptyDir: {} }]);
    expect(spec?.template.spec?.containers[0]?.volumeMounts?.[0]).toEqual({
      name: 'data',
      mountPath: '/data',
    });
  });

  test('a Deployment fails to give its pods storage of their own', () => {
    const data = Volume.ownStorage('data', { accessModes: ['ReadWriteOnce'], size: '10Gi' });
    expect(() => podOf({ containers: [{ ...container, mounts: [data.at('/data')] }] })).toThrow(
      'volume "data": is one pod\'s own storage; use a StatefulSet, or Volume.persistent',
    );
  });
});
