import { App, Chart } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import {
  ClusterRole,
  ClusterRoleBinding,
  Deployment,
  HorizontalPodAutoscaler,
  type HorizontalPodAutoscalerProps,
  LimitRange,
  Namespace,
  PersistentVolumeClaim,
  PodDisruptionBudget,
  partOf,
  ResourceQuota,
  Role,
  RoleBinding,
  type RoleProps,
  SandboxClaim,
  SandboxTemplate,
  type SandboxTemplateProps,
  SandboxWarmPool,
  ServiceAccount,
  StorageClass,
  sandboxClaim,
} from '../../constructs/index.ts';
import { chart, container, type http, server } from './support.ts';

const deployment = (replicas: number | 'autoscaled') =>
  new Deployment(chart(), 'worker', { selector: { app: 'worker' }, replicas, containers: [container] });

describe('HorizontalPodAutoscaler', () => {
  const bounds = { minReplicas: 1, maxReplicas: 3, cpuUtilization: 70 } as const;
  const specOf = (props: Partial<HorizontalPodAutoscalerProps> = {}) =>
    new HorizontalPodAutoscaler(chart(), 'hpa', {
      workload: deployment('autoscaled'),
      ...bounds,
      ...props,
    }).toJson().spec;

  test('scales its workload by what it uses', () => {
    expect(specOf({ memoryUtilization: 80 })).toEqual({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'worker' },
      minReplicas: 1,
      maxReplicas: 3,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } },
        },
        {
          type: 'Resource',
          resource: { name: 'memory', target: { type: 'Utilization', averageUtilization: 80 } },
        },
      ],
    });
  });

  test('scales at its own pace', () => {
    const scaleDown = {
      stabilizationWindowSeconds: 120,
      policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }],
    } as const;
    expect(specOf({ scaleDown })?.behavior).toEqual({ scaleDown });
  });

  test.each<[string, Partial<HorizontalPodAutoscalerProps>, string]>([
    [
      'a workload that fixes its replicas',
      { workload: deployment(1) },
      "platform/hpa: workload: Deployment worker fixes its replicas; set its replicas to 'autoscaled'",
    ],
    ['bounds that cross', { minReplicas: 4 }, 'minReplicas: 4 is above maxReplicas; use 3 or less'],
    ['no pod at all', { minReplicas: 0 }, 'minReplicas: 0 is not allowed'],
  ])('fails for %s', (_, props, message) => {
    expect(() => specOf(props)).toThrow(message);
  });

  test('fails without a metric', () => {
    const { cpuUtilization: _, ...rest } = bounds;
    const workload = deployment('autoscaled');
    expect(() => new HorizontalPodAutoscaler(chart(), 'hpa', { workload, ...rest })).toThrow(
      'names no metric',
    );
  });
});

describe('PodDisruptionBudget', () => {
  test('protects the pods of a workload', () => {
    const pods = deployment(2);
    expect(new PodDisruptionBudget(chart(), 'pdb', { pods, minAvailable: 1 }).toJson().spec).toEqual({
      minAvailable: 1,
      selector: { matchLabels: { app: 'worker' } },
    });
    expect(
      new PodDisruptionBudget(chart(), 'pdb', { pods, maxUnavailable: '50%' }).toJson().spec,
    ).toMatchObject({
      maxUnavailable: '50%',
    });
  });

  test('fails for a number of pods that is none', () => {
    const make = () => new PodDisruptionBudget(chart(), 'pdb', { pods: { app: 'a' }, minAvailable: 0.5 });
    expect(make).toThrow(
      'platform/pdb: minAvailable: 0.5 is not allowed; use 0 or more, or a percentage such as 50%',
    );
  });
});

describe('quotas', () => {
  test('a ResourceQuota bounds a namespace', () => {
    const hard = {
      pods: '30',
      'limits.memory': '64Gi',
      'count/sandboxclaims.extensions.agents.x-k8s.io': '20',
    };
    expect(new ResourceQuota(chart(), 'quota', { hard }).toJson().spec).toEqual({ hard });
  });

  test('a LimitRange bounds each container', () => {
    const limits = { default: { cpu: '1' }, defaultRequest: { cpu: '100m' }, max: { cpu: '4' } };
    expect(new LimitRange(chart(), 'limits', { container: limits }).toJson().spec).toEqual({
      limits: [{ type: 'Container', ...limits }],
    });
  });

  test('fail for what is no quantity', () => {
    expect(() => new ResourceQuota(chart(), 'quota', { hard: { pods: 'many' } })).toThrow(
      'platform/quota: hard[pods]: "many" is not a quantity',
    );
    expect(() => new LimitRange(chart(), 'limits', { container: { max: { cpu: '4x' } } })).toThrow(
      'container.max.cpu: "4x" is not a quantity',
    );
  });
});

describe('permissions', () => {
  const rules: RoleProps['rules'] = [
    { apiGroup: '', resources: ['pods', 'pods/exec'], verbs: ['get', 'create'] },
  ];

  test('a Role names what may be done', () => {
    expect(new Role(chart(), 'role', { rules }).toJson().rules).toEqual([
      { apiGroups: [''], resources: ['pods', 'pods/exec'], verbs: ['get', 'create'] },
    ]);
  });

  test('a RoleBinding names its ServiceAccounts with their namespace', () => {
    const scope = chart();
    const role = new Role(scope, 'role', { rules });
    const account = new ServiceAccount(scope, 'account');
    const { roleRef, subjects } = new RoleBinding(scope, 'binding', { role, subjects: [account] }).toJson();
    expect(roleRef).toEqual({ apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'role' });
    expect(subjects).toEqual([{ kind: 'ServiceAccount', name: 'account', namespace: 'agents' }]);
  });

  test('cluster-wide ones have no namespace of their own', () => {
    const scope = chart();
    const role = new ClusterRole(scope, 'metrics', { rules: [{ urls: ['/metrics'], verbs: ['get'] }] });
    const binding = new ClusterRoleBinding(scope, 'metrics-binding', {
      role,
      subjects: [new ServiceAccount(scope, 'account')],
    });
    expect(role.toJson()).toMatchObject({
      metadata: { name: 'metrics' },
      rules: [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }],
    });
    expect(binding.toJson().metadata).toEqual({ name: 'metrics-binding' });
    expect(binding.toJson().roleRef).toMatchObject({ kind: 'ClusterRole', name: 'metrics' });
  });

  test('can be those of a ClusterRole that the cluster brings', () => {
    const scope = chart();
    const subjects = [new ServiceAccount(scope, 'account')] as const;
    const role = { clusterRole: 'view' };
    expect(new RoleBinding(scope, 'binding', { role, subjects }).toJson().roleRef).toMatchObject({
      kind: 'ClusterRole',
      name: 'view',
    });
  });

  test('fail for a Role of another namespace', () => {
    const scope = chart();
    const role = new Role(scope, 'role', { namespace: 'team', rules });
    const subjects = [new ServiceAccount(scope, 'account')] as const;
    expect(() => new RoleBinding(scope, 'binding', { role, subjects })).toThrow(
      'platform/binding: role: Role role is in namespace team, not agents',
    );
  });

  test('fail for a wildcard', () => {
    const make = () =>
      new Role(chart(), 'role', { rules: [{ apiGroup: '*', resources: ['*'], verbs: ['get'] }] });
    expect(make).toThrow('platform/role: rules[0]: "*" is a wildcard; name what is needed');
  });

  test('fail for a kind where a resource is meant', () => {
    const make = () =>
      new Role(chart(), 'role', { rules: [{ apiGroup: '', resources: ['Pod'], verbs: ['get'] }] });
    expect(make).toThrow('"Pod" is no resource; use its plural in lower case');
  });

  test('fail for a ServiceAccount without namespace', () => {
    const scope = new Chart(new App(), 'c');
    const subjects = [new ServiceAccount(scope, 'account')] as const;
    expect(
      () => new RoleBinding(scope, 'binding', { role: new Role(scope, 'role', { rules }), subjects }),
    ).toThrow('c/binding: subjects: ServiceAccount account has no namespace');
  });
});

describe('storage', () => {
  test('a claim asks for a class, by object or by name', () => {
    const scope = chart();
    const files = new StorageClass(scope, 'files', {
      provisioner: 'file.csi.azure.com',
      parameters: { skuName: 'Premium_LRS' },
      allowVolumeExpansion: true,
      mountOptions: ['uid=1000'],
    });
    const ask = { accessModes: ['ReadWriteMany'], size: '50Gi' } as const;
    expect(files.toJson()).toEqual({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'files' },
      provisioner: 'file.csi.azure.com',
      parameters: { skuName: 'Premium_LRS' },
      reclaimPolicy: 'Delete',
      volumeBindingMode: 'Immediate',
      allowVolumeExpansion: true,
      mountOptions: ['uid=1000'],
    });
    expect(new PersistentVolumeClaim(scope, 'a', { ...ask, storageClass: files }).toJson().spec).toEqual({
      accessModes: ['ReadWriteMany'],
      resources: { requests: { storage: '50Gi' } },
      storageClassName: 'files',
    });
    expect(
      new PersistentVolumeClaim(scope, 'b', { ...ask, storageClass: 'fast' }).toJson().spec,
    ).toMatchObject({
      storageClassName: 'fast',
    });
    expect(new PersistentVolumeClaim(scope, 'c', ask).toJson().spec).not.toHaveProperty('storageClassName');
  });
});

describe('sandboxes', () => {
  const props = { selector: { app: 'sandbox' }, containers: [server] } as const;
  const specOf = (more: Partial<SandboxTemplateProps<typeof http>> = {}) =>
    new SandboxTemplate(chart(), 'sandbox', { ...props, ...more }).toJson().spec;

  test('a template is hardened, keeps its network to us and its variables to itself', () => {
    expect(specOf()).toMatchObject({
      networkPolicyManagement: 'Unmanaged',
      envVarsInjectionPolicy: 'Disallowed',
      podTemplate: {
        metadata: { labels: { app: 'sandbox' } },
        spec: { restartPolicy: 'Never', automountServiceAccountToken: false },
      },
    });
  });

  test('a template is managed only by rules of its own', () => {
    const spec = specOf({ networkPolicyManagement: { managed: { egress: [] } } });
    expect(spec).toMatchObject({ networkPolicyManagement: 'Managed', networkPolicy: { egress: [] } });
  });

  test('a template is written in either served version', () => {
    const template = new SandboxTemplate(chart(), 'sandbox', { ...props, apiVersion: 'v1alpha1' });
    expect(template.apiVersion).toBe('extensions.agents.x-k8s.io/v1alpha1');
    expect(new SandboxTemplate(chart(), 'sandbox', props).apiVersion).toBe(
      'extensions.agents.x-k8s.io/v1beta1',
    );
  });

  test('a pool takes its template, a claim its pool', () => {
    const scope = chart();
    const template = new SandboxTemplate(scope, 'template', { ...props, name: 'sandbox' });
    const pool = new SandboxWarmPool(scope, 'pool', { name: 'sandboxes', template, replicas: 3 });
    const claim = new SandboxClaim(scope, 'run-1', { pool, ttlSecondsAfterFinished: 600 });
    expect(pool.toJson().spec).toEqual({ replicas: 3, sandboxTemplateRef: { name: 'sandbox' } });
    expect(claim.toJson().spec).toEqual({
      warmPoolRef: { name: 'sandboxes' },
      lifecycle: { shutdownPolicy: 'Delete', ttlSecondsAfterFinished: 600 },
    });
    expect(sandboxClaim('run-1', { pool, ttlSecondsAfterFinished: 600 })).toEqual(claim.toJson());
  });

  test('a pool says what happens when its template changes', () => {
    const scope = chart();
    const template = new SandboxTemplate(scope, 'template', props);
    const pool = new SandboxWarmPool(scope, 'pool', { template, replicas: 1, updateStrategy: 'OnReplenish' });
    expect(pool.toJson().spec.updateStrategy).toEqual({ type: 'OnReplenish' });
  });
});

describe('namespaces and labels', () => {
  test('a namespace holds its pods to a standard', () => {
    const namespace = new Namespace(chart(), 'agents', {
      podSecurity: { enforce: 'restricted', version: 'v1.34' },
    });
    expect(namespace.toJson().metadata).toEqual({
      name: 'agents',
      labels: {
        'pod-security.kubernetes.io/enforce': 'restricted',
        'pod-security.kubernetes.io/enforce-version': 'v1.34',
      },
    });
  });

  test('the labels of a platform are declared once', () => {
    const labels = partOf('platform');
    const all = { app: 'api', 'app.kubernetes.io/part-of': 'platform', tier: 'web' };
    expect(labels.common).toEqual({ 'app.kubernetes.io/part-of': 'platform' });
    expect(labels.app('api', { tier: 'web' })).toEqual({
      selector: { app: 'api' },
      labels: all,
      podLabels: all,
    });
  });
});
