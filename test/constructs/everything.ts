import { App, Chart } from 'cdk8s';
import {
  azureWorkloadIdentity,
  CiliumNetworkPolicy,
  ClusterRole,
  ClusterRoleBinding,
  ConfigMap,
  CronJob,
  DaemonSet,
  DefaultDomainCertificate,
  Deployment,
  dns,
  doesNotExist,
  everyPod,
  exec,
  externalSecret,
  fieldRef,
  Gateway,
  grpc,
  HorizontalPodAutoscaler,
  HttpRoute,
  httpGet,
  ipBlock,
  isIn,
  Job,
  jsonFile,
  LimitRange,
  Namespace,
  NetworkPolicy,
  namespaces,
  PersistentVolumeClaim,
  PodDisruptionBudget,
  partOf,
  pathExact,
  pathPrefix,
  pods,
  podsIn,
  port,
  preferNodes,
  ReferenceGrant,
  ResourceQuota,
  Role,
  RoleBinding,
  redirect,
  requestHeaders,
  resourceFieldRef,
  responseHeaders,
  rewritePath,
  rewritePrefix,
  SandboxClaim,
  SandboxTemplate,
  SandboxWarmPool,
  SecretProviderClass,
  Service,
  ServiceAccount,
  StatefulSet,
  StorageClass,
  sleep,
  tcp,
  tcpSocket,
  tolerate,
  udp,
  Volume,
  where,
} from '../../constructs/index.ts';

/** Every construct with every option that changes its manifest, as a platform that could be applied. */
export function everything(): Chart {
  const labels = partOf('everything');
  const chart = new Chart(new App(), 'everything', { namespace: 'everything', labels: labels.common });
  new Namespace(chart, 'everything', {
    podSecurity: { warn: 'restricted', audit: 'restricted', version: 'latest' },
  });

  const identity = azureWorkloadIdentity({ clientId: 'placeholder-client', tenantId: 'placeholder-tenant' });
  const account = new ServiceAccount(chart, 'account', { identity, automountServiceAccountToken: false });
  const secrets = new SecretProviderClass(chart, 'secrets', {
    vault: { keyVaultName: 'example-kv', identity },
    objects: ['client-id', 'client-secret'],
    syncedSecret: 'synced',
    rotationPollInterval: '2m',
  });
  const tls = externalSecret('tls', { keys: ['tls.crt', 'tls.key'], reason: 'made by the test' });
  const config = new ConfigMap(chart, 'config', {
    data: { 'app.json': jsonFile({ Port: 8080 }), mode: 'plain' },
  });
  const files = new StorageClass(chart, 'everything-files', {
    provisioner: 'file.csi.example.org',
    parameters: { skuName: 'Premium_LRS' },
    mountOptions: ['uid=1000'],
    allowVolumeExpansion: true,
  });
  const workspace = new PersistentVolumeClaim(chart, 'workspace', {
    accessModes: ['ReadWriteMany'],
    size: '50Gi',
    storageClass: files,
  });

  const [http, health] = [port('http', 8080), port('health', 8090)] as const;
  const tmp = Volume.emptyDir('tmp', { sizeLimit: '1Gi', medium: 'Memory' });
  const resources = { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '1', memory: '128Mi' } };
  const bare = { name: 'main', image: 'registry.example/app:1.0.0', resources } as const;
  const web = new Deployment<typeof http | typeof health>(chart, 'web', {
    ...labels.app('web'),
    replicas: 'autoscaled',
    strategy: { maxSurge: '50%', maxUnavailable: 0 },
    minReadySeconds: 5,
    revisionHistoryLimit: 3,
    serviceAccount: account,
    runAs: { user: 1000, group: 1000, fsGroup: 1000 },
    affinity: preferNodes(100, isIn('disk', 'ssd')),
    tolerations: [tolerate('pool', 'web', 'NoSchedule')],
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    topologySpread: [{ topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'DoNotSchedule' }],
    terminationGracePeriodSeconds: 60,
    dnsPolicy: 'ClusterFirst',
    enableServiceLinks: false,
    imagePullSecrets: [tls],
    podAnnotations: { note: 'a' },
    initContainers: [
      { ...bare, name: 'init', resources: 'from-limit-range', mounts: [tmp.at('/tmp')] },
      { ...bare, name: 'sidecar', restartPolicy: 'Always' },
    ],
    containers: [
      {
        ...bare,
        imagePullPolicy: 'Always',
        command: ['/bin/sh', '-c', 'exec app "${NAME}"'],
        args: ['--verbose'],
        workingDir: '/app',
        ports: [http, health],
        env: {
          NAME: 'true',
          POD: fieldRef('metadata.name'),
          MEMORY: resourceFieldRef('limits.memory', '1Mi'),
          KEY: tls.env('tls.crt', { optional: true }),
          MODE: config.env('mode'),
        },
        mounts: [
          tmp.at('/tmp', { subPath: 'a' }),
          Volume.persistent('workspace', workspace).at('/workspace'),
          Volume.secret('tls', tls, { mode: 0o400, optional: true, only: ['tls.crt'] }).at('/mnt/tls'),
          Volume.configMap('config', config).at('/mnt/config'),
          Volume.secretsStore('secrets', secrets).at('/mnt/secrets'),
          Volume.serviceAccountToken('token', { audience: 'vault' }).at('/mnt/token'),
        ],
        liveness: {
          check: httpGet(http, '/live', { headers: { a: 'b' } }),
          initialDelaySeconds: 5,
          timeoutSeconds: 2,
        },
        readiness: { check: grpc(health, 'ready'), periodSeconds: 5, successThreshold: 2 },
        startup: { check: tcpSocket(http), failureThreshold: 30, terminationGracePeriodSeconds: 10 },
        postStart: exec(['/bin/true']),
        preStop: sleep(5),
        security: { runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000, seccomp: 'RuntimeDefault' },
        loosen: { rootFilesystem: 'writable', addCapabilities: ['NET_BIND_SERVICE'] },
      },
    ],
  });
  new HorizontalPodAutoscaler(chart, 'web-hpa', {
    workload: web,
    minReplicas: 1,
    maxReplicas: 3,
    cpuUtilization: 70,
    memoryUtilization: 80,
    scaleUp: { stabilizationWindowSeconds: 30, policies: [{ type: 'Pods', value: 1, periodSeconds: 30 }] },
    scaleDown: { policies: [{ type: 'Percent', value: 50, periodSeconds: 60 }] },
  });
  new PodDisruptionBudget(chart, 'web-pdb', { pods: web, maxUnavailable: '50%' });

  const redis = port('redis', 6379);
  const data = Volume.ownStorage('data', {
    accessModes: ['ReadWriteOnce'],
    size: '1Gi',
    storageClass: files,
  });
  const store = new StatefulSet(chart, 'store', {
    ...labels.app('store'),
    replicas: 1,
    serviceName: 'store',
    podManagementPolicy: 'Parallel',
    loosen: { root: 'allowed', seccomp: 'Unconfined', serviceAccountToken: 'mounted' },
    containers: [{ ...bare, ports: [redis], mounts: [data.at('/data')] }],
  });
  new PodDisruptionBudget(chart, 'store-pdb', { pods: store, minAvailable: 1 });
  new Service(chart, 'store-service', { name: 'store', pods: store, ports: [redis], clusterIP: 'None' });
  new DaemonSet(chart, 'agent', {
    ...labels.app('agent'),
    loosen: {
      hostNetwork: 'shared',
      hostPID: 'shared',
      serviceAccountToken: 'unspecified',
      seccomp: 'unspecified',
    },
    containers: [
      {
        ...bare,
        loosen: { privileged: 'allowed', privilegeEscalation: 'allowed', capabilities: 'runtime-defaults' },
      },
    ],
  });
  const task = {
    backoffLimit: 0,
    ttlSecondsAfterFinished: 600,
    activeDeadlineSeconds: 60,
    completions: 2,
    parallelism: 1,
  };
  new Job(chart, 'migrate', { ...labels.app('migrate'), ...task, containers: [bare] });
  new CronJob(chart, 'sweep', {
    ...labels.app('sweep'),
    ...task,
    schedule: '*/5 * * * mon-fri',
    timeZone: 'Etc/UTC',
    startingDeadlineSeconds: 60,
    successfulJobsHistoryLimit: 1,
    failedJobsHistoryLimit: 1,
    suspend: true,
    containers: [bare],
  });

  const service = new Service(chart, 'web-service', {
    name: 'web',
    pods: web,
    ports: [{ target: http, port: 80, appProtocol: 'http' }, health],
    sessionAffinitySeconds: 600,
  });
  const certificate = new DefaultDomainCertificate(chart, 'cert', { secretName: 'edge-tls' }).secret;
  const gateway = new Gateway(chart, 'gateway', {
    className: 'example',
    listeners: [
      { name: 'https', hostname: '*.example.org', certificate, routesFrom: { labels: { edge: 'yes' } } },
      { name: 'http', protocol: 'HTTP', hostname: '*.example.org', routesFrom: 'All' },
    ],
  });
  const backends = [{ ...service.backend(http), weight: 1 }];
  new HttpRoute(chart, 'route', {
    gateway,
    hostnames: ['web.example.org'],
    rules: [
      {
        matches: [pathPrefix('/v1', { method: 'GET', headers: { a: 'b' } })],
        filters: [
          rewritePrefix('/'),
          requestHeaders({ set: { a: 'b' } }),
          responseHeaders({ remove: ['server'] }),
        ],
        backends,
        timeout: '30s',
      },
      { matches: [pathExact('/health')], filters: [rewritePath('/healthz')], backends },
      {
        matches: [pathPrefix('/old')],
        filters: [redirect({ hostname: 'new.example.org', path: '/', statusCode: 301 })],
      },
    ],
  });
  new ReferenceGrant(chart, 'grant', {
    from: [{ kind: 'HTTPRoute', namespace: 'edge' }],
    to: [{ kind: 'Service', name: 'web' }, { kind: 'Secret' }],
  });

  new NetworkPolicy(chart, 'default-deny', { pods: everyPod, ingress: 'nothing', egress: 'nothing' });
  new NetworkPolicy(chart, 'web-policy', {
    pods: web,
    ingress: [
      {
        from: [pods(gateway), namespaces('edge'), podsIn({ edge: 'yes' }, where(doesNotExist('job')))],
        ports: http,
      },
      { from: 'anywhere', ports: tcp(3000, 9000).except(8080) },
    ],
    egress: [
      dns,
      { to: ipBlock('0.0.0.0/0', { except: ['10.0.0.0/8'] }), ports: [443, udp(443)] },
      { to: pods(store), ports: 'every port' },
    ],
  });
  new CiliumNetworkPolicy(chart, 'web-names', {
    pods: web,
    egress: [
      { names: ['api.example.org'], patterns: ['*.example.com'], ports: [tcp(443)] },
      { entities: ['kube-apiserver'], ports: 'every port' },
      { cidrs: ['192.0.2.0/24'], ports: [tcp(8000, 8010)] },
      { pods: { app: 'db' }, namespace: 'data', ports: [5432] },
    ],
    lookups: ['*.example.org', '*.example.com'],
  });

  const sandbox = { ...labels.app('sandbox'), runtimeClass: 'kata' } as const;
  const template = new SandboxTemplate(chart, 'sandbox', {
    ...sandbox,
    containers: [{ ...bare, ports: [http] }],
  });
  new SandboxTemplate(chart, 'managed', {
    ...sandbox,
    apiVersion: 'v1alpha1',
    envVarsInjectionPolicy: 'Allowed',
    networkPolicyManagement: { managed: { egress: [], ingress: [] } },
    service: true,
    containers: [bare],
  });
  const pool = new SandboxWarmPool(chart, 'pool', { template, replicas: 2, updateStrategy: 'Recreate' });
  new SandboxClaim(chart, 'claim', { pool, shutdownPolicy: 'Delete', ttlSecondsAfterFinished: 600 });

  new ResourceQuota(chart, 'quota', {
    hard: { pods: '30', 'requests.storage': '80Gi', 'count/jobs.batch': '5' },
  });
  new LimitRange(chart, 'limits', {
    container: {
      default: { cpu: '1', memory: '512Mi' },
      defaultRequest: { cpu: '100m', memory: '128Mi' },
      max: { cpu: '4', memory: '4Gi' },
      min: { cpu: '1m', memory: '1Mi' },
    },
  });
  const role = new Role(chart, 'role', {
    rules: [{ apiGroup: 'apps', resources: ['deployments'], verbs: ['get'], resourceNames: ['web'] }],
  });
  new RoleBinding(chart, 'role-binding', { role, subjects: [account] });
  const metrics = new ClusterRole(chart, 'everything-metrics', {
    rules: [{ urls: ['/metrics'], verbs: ['get'] }],
  });
  new ClusterRoleBinding(chart, 'everything-metrics-binding', { role: metrics, subjects: [account] });
  return chart;
}
