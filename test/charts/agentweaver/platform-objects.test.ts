import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { render, renderEnvironment } from './render.ts';

const byDefault = await renderEnvironment('default');
const full = await renderEnvironment('full');
const preview = await renderEnvironment('preview');
const ID = '00000000-0000-0000-0000-000000000000';

describe('identity', () => {
  test.each(['agentweaver-api', 'agentweaver-agent-host'])('%s is the managed identity', (name) => {
    expect(byDefault.get('ServiceAccount', name).metadata.annotations).toEqual({
      'azure.workload.identity/client-id': ID,
      'azure.workload.identity/tenant-id': ID,
    });
  });

  const sandboxes = 'extensions.agents.x-k8s.io';
  const RULES = [
    { apiGroups: [sandboxes], resources: ['sandboxclaims'], verbs: ['get', 'list', 'create', 'delete'] },
    { apiGroups: [sandboxes], resources: ['sandboxtemplates', 'sandboxwarmpools'], verbs: ['get', 'list'] },
    { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] },
    { apiGroups: [''], resources: ['pods/exec'], verbs: ['create'] },
    { apiGroups: [''], resources: ['resourcequotas'], verbs: ['get'] },
  ];
  const ALL_BUT_WATCH = ['get', 'list', 'create', 'delete', 'patch', 'update'];

  test('may claim sandboxes and execute in them, and nothing on templates, secrets or classes', () => {
    expect(byDefault.get('Role', 'agentweaver-api-sandbox')['rules']).toEqual(RULES);
    expect(byDefault.get('RoleBinding', 'agentweaver-api-sandbox')['subjects']).toEqual([
      { kind: 'ServiceAccount', name: 'agentweaver-api', namespace: 'agentweaver' },
    ]);
  });

  test('may make previews only where they are on', () => {
    expect(preview.get('Role', 'agentweaver-api-sandbox')['rules']).toEqual([
      ...RULES.map((rule) =>
        rule.resources[0] === 'pods' ? { ...rule, verbs: ['get', 'list', 'patch'] } : rule,
      ),
      { apiGroups: [''], resources: ['services'], verbs: ALL_BUT_WATCH },
      { apiGroups: ['gateway.networking.k8s.io'], resources: ['httproutes'], verbs: ALL_BUT_WATCH },
    ]);
  });
});

describe('secrets', () => {
  const objects = (of: typeof byDefault): string[] => {
    const text = of.at('SecretProviderClass', 'agentweaver-secrets', 'spec', 'parameters', 'objects');
    const { array } = load(String(text)) as { array: string[] };
    return array.map((item) => {
      const { objectName, objectType } = load(item) as Record<string, string>;
      return `${objectType} ${objectName}`;
    });
  };

  test('are three objects of the vault, read with the managed identity', () => {
    expect(byDefault.ofKind('SecretProviderClass')).toHaveLength(1);
    expect(byDefault.at('SecretProviderClass', 'agentweaver-secrets', 'spec')).toMatchObject({
      provider: 'azure',
      parameters: {
        usePodIdentity: 'false',
        useVMManagedIdentity: 'false',
        clientID: ID,
        tenantId: ID,
        keyvaultName: 'agentweaver-kv',
      },
    });
    expect(objects(byDefault)).toEqual([
      'secret github-client-id',
      'secret github-client-secret',
      'secret mcp-oauth-signing-key',
    ]);
  });

  test('never become a Kubernetes Secret, unless Application Insights needs one', () => {
    const synced = (of: typeof byDefault) =>
      of.at('SecretProviderClass', 'agentweaver-secrets', 'spec', 'secretObjects');
    expect(synced(byDefault)).toBeUndefined();
    expect(synced(full)).toEqual([
      {
        secretName: 'agentweaver-secrets',
        type: 'Opaque',
        data: [{ objectName: 'appinsights-connection-string', key: 'appinsights-connection-string' }],
      },
    ]);
    expect(objects(full)).toContain('secret appinsights-connection-string');
  });

  test('are mounted so that only their owner can read them', () => {
    const volume = (pod: string, name: string) =>
      byDefault.podTemplates.get(pod)?.spec.volumes?.find((each) => each.name === name);
    expect(volume('Deployment agentweaver-api', 'a2a-client-tls')).toEqual({
      name: 'a2a-client-tls',
      secret: { secretName: 'agentweaver-a2a-client-tls', defaultMode: 256 },
    });
    expect(volume('SandboxTemplate agentweaver-sandbox', 'a2a-tls')).toEqual({
      name: 'a2a-tls',
      secret: { secretName: 'agentweaver-a2a-server-tls', defaultMode: 256, optional: true },
    });
  });
});

describe('storage', () => {
  test('is one claim that every replica shares', () => {
    expect(byDefault.ofKind('PersistentVolumeClaim').map(({ spec }) => spec)).toEqual([
      {
        accessModes: ['ReadWriteMany'],
        resources: { requests: { storage: '50Gi' } },
        storageClassName: 'azurefile-csi-premium',
      },
    ]);
  });

  test('can have a class whose shares belong to user 1000', () => {
    expect(full.at('PersistentVolumeClaim', 'agentweaver-workspace', 'spec', 'storageClassName')).toBe(
      'azurefile-csi-premium-uid1000',
    );
    expect(full.get('StorageClass', 'azurefile-csi-premium-uid1000')).toMatchObject({
      provisioner: 'file.csi.azure.com',
      parameters: { skuName: 'Premium_LRS' },
      reclaimPolicy: 'Delete',
      volumeBindingMode: 'Immediate',
      allowVolumeExpansion: true,
      mountOptions: [
        'dir_mode=0755',
        'file_mode=0644',
        'uid=1000',
        'gid=1000',
        'mfsymlinks',
        'cache=strict',
        'actimeo=30',
      ],
    });
  });

  test('can take an old SQLite database to import', () => {
    expect(full.at('PersistentVolumeClaim', 'agentweaver-data', 'spec')).toEqual({
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '10Gi' } },
      storageClassName: 'managed-csi-premium',
    });
  });
});

describe('sandboxes', () => {
  test.each([
    ['agentweaver-agent-host', 2],
    ['agentweaver-sandbox', 3],
  ])('%s stand ready', (name, replicas) => {
    expect(byDefault.at('SandboxWarmPool', name, 'spec')).toMatchObject({
      replicas,
      sandboxTemplateRef: { name },
    });
    expect(byDefault.get('SandboxWarmPool', name).apiVersion).toBe('extensions.agents.x-k8s.io/v1beta1');
  });

  test.each([
    ['agentweaver-agent-host', 'Allowed'],
    ['agentweaver-sandbox', 'Disallowed'],
  ])('%s are virtual machines whose network only the platform governs', (name, envVarsInjectionPolicy) => {
    expect(byDefault.at('SandboxTemplate', name, 'spec')).toMatchObject({
      networkPolicyManagement: 'Unmanaged',
      envVarsInjectionPolicy,
      podTemplate: {
        spec: {
          runtimeClassName: 'kata-vm-isolation',
          restartPolicy: 'Never',
          automountServiceAccountToken: false,
          tolerations: [{ key: 'sandbox', operator: 'Equal', value: 'kata', effect: 'NoSchedule' }],
          affinity: {
            nodeAffinity: {
              preferredDuringSchedulingIgnoredDuringExecution: [
                {
                  weight: 100,
                  preference: {
                    matchExpressions: [{ key: 'agentweaver.io/kata', operator: 'In', values: ['true'] }],
                  },
                },
              ],
            },
          },
        },
      },
    });
  });

  test('carry one app label, so that every sandbox policy covers both pools', () => {
    const labels = (name: string) => byDefault.podTemplates.get(`SandboxTemplate ${name}`)?.metadata.labels;
    const shared = { app: 'agentweaver-sandbox', 'app.kubernetes.io/part-of': 'agentweaver' };
    expect(labels('agentweaver-sandbox')).toEqual(shared);
    expect(labels('agentweaver-agent-host')).toEqual({
      ...shared,
      'app.kubernetes.io/component': 'agent-host',
      'azure.workload.identity/use': 'true',
    });
  });

  test('learn nothing of a run before it is theirs', () => {
    expect(JSON.stringify(byDefault.ofKind('SandboxTemplate'))).not.toMatch(
      /AgentHost__(RunId|UserId|TurnBearerToken|KvUserSecretName)|"csi"/,
    );
  });

  test('read settings that are strict JSON and agree with those who call them', () => {
    const { data } = render('sandbox: {a2aPort: 9099}').get('ConfigMap', 'agenthost-config') as unknown as {
      data: Record<string, string>;
    };
    expect(Object.keys(data)).toEqual(['appsettings.k8s.json']);
    expect(JSON.parse(data['appsettings.k8s.json'] ?? '')).toEqual({
      Kestrel: {
        Limits: {
          MaxConcurrentConnections: 50,
          MaxConcurrentUpgradedConnections: 50,
          MaxRequestBodySize: 10485760,
          KeepAliveTimeout: '00:02:00',
          RequestHeadersTimeout: '00:00:30',
        },
      },
      AgentHost: {
        RequireMtls: false,
        Port: 9099,
        A2APath: '/a2a/agent',
        ClientCACertPath: '/mnt/a2a-tls/ca.crt',
        HeartbeatIntervalSeconds: 15,
        Security: {
          GateCardEndpoint: true,
          RequireClientCertificate: false,
          ClientCertSubjectCN: 'agentweaver-worker',
          SkipTlsHostnameVerification: true,
        },
      },
    });
  });
});

describe('bounds', () => {
  test('of the namespace', () => {
    expect(byDefault.at('ResourceQuota', 'agentweaver-quota', 'spec', 'hard')).toEqual({
      pods: '30',
      'requests.cpu': '16',
      'requests.memory': '32Gi',
      'limits.cpu': '32',
      'limits.memory': '64Gi',
      persistentvolumeclaims: '4',
      'requests.storage': '80Gi',
      'count/sandboxclaims.extensions.agents.x-k8s.io': '20',
    });
    expect(byDefault.at('LimitRange', 'agentweaver-default-limits', 'spec', 'limits')).toEqual([
      {
        type: 'Container',
        defaultRequest: { cpu: '100m', memory: '128Mi' },
        default: { cpu: '1', memory: '512Mi' },
        max: { cpu: '4', memory: '4Gi' },
      },
    ]);
  });

  test('of the worker’s number', () => {
    expect(byDefault.at('HorizontalPodAutoscaler', 'agentweaver-worker-hpa', 'spec')).toEqual({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'agentweaver-worker' },
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
      behavior: {
        scaleDown: {
          stabilizationWindowSeconds: 120,
          policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }],
        },
        scaleUp: {
          stabilizationWindowSeconds: 30,
          policies: [{ type: 'Pods', value: 1, periodSeconds: 30 }],
        },
      },
    });
  });

  test.each([
    ['api', { minAvailable: 1 }],
    ['frontend', { minAvailable: 1 }],
    // one replica or an autoscaled one: minAvailable 1 would block every drain
    ['mcp', { maxUnavailable: 1 }],
    ['worker', { maxUnavailable: 1 }],
  ])('of what a drain may take from the %s', (name, bound) => {
    expect(byDefault.at('PodDisruptionBudget', `agentweaver-${name}-pdb`, 'spec')).toEqual({
      ...bound,
      selector: { matchLabels: { app: `agentweaver-${name}` } },
    });
  });
});
