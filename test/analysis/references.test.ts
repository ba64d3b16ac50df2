import { describe, expect, test } from 'vitest';
import { type External, type Reference, references } from '../../analysis/index.ts';
import { buildInventory, parseManifests } from '../../inventory/index.ts';

function referencesIn(text: string, externals: readonly External[] = []): Reference[] {
  return references(buildInventory(parseManifests(text, 'f.yaml')), externals);
}

/** Each reference as `path type status: detail`, without those that resolve and have nothing to tell. */
function shown(text: string, externals: readonly External[] = []): string[] {
  return referencesIn(text, externals).map(
    ({ path, type, status, detail }) => `${path} ${type} ${status}${detail && ': '}${detail}`,
  );
}

/** Path and status of the references of one type. */
function statuses(text: string, type: string, externals: readonly External[] = []): string[] {
  return referencesIn(text, externals)
    .filter((reference) => reference.type === type)
    .map(({ path, status }) => `${path} ${status}`);
}

function document(apiVersion: string, kind: string, name: string, rest: string, namespace = 'shop'): string {
  return `---\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: ${name}, namespace: ${namespace}}\n${rest}\n`;
}

function pod(spec: string, labels = 'app: web'): string {
  return `---\napiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: shop, labels: {${labels}}}\nspec: ${spec}\n`;
}

const secret = document('v1', 'Secret', 'db', 'data: {user: eA==}\nstringData: {password: PLACEHOLDER}');
const configMap = document('v1', 'ConfigMap', 'settings', 'data: {a: x}\nbinaryData: {b: eA==}');

describe('what a pod needs', () => {
  test('Secrets and ConfigMaps resolve wherever they are named', () => {
    const spec = `
  imagePullSecrets: [{name: db}]
  volumes:
    - {name: a, secret: {secretName: db}}
    - {name: b, configMap: {name: settings, items: [{key: a, path: x}, {key: b, path: y}]}}
    - {name: c, projected: {sources: [{secret: {name: db}}, {configMap: {name: settings}}, {serviceAccountToken: {path: t}}]}}
    - {name: d, csi: {driver: x, nodePublishSecretRef: {name: db}}}
    - {name: e, azureFile: {secretName: db, shareName: s}}
  initContainers: [{name: i, envFrom: [{secretRef: {name: db}}, {configMapRef: {name: settings}}]}]
  containers: [{name: c, env: [{name: A, valueFrom: {secretKeyRef: {name: db, key: user}}}, {name: B, valueFrom: {configMapKeyRef: {name: settings, key: a}}}]}]`;
    const found = referencesIn(pod(spec) + secret + configMap);
    expect(found.map(({ path }) => path)).toEqual([
      '/spec/imagePullSecrets/0/name',
      '/spec/volumes/0/secret/secretName',
      '/spec/volumes/1/configMap/name',
      '/spec/volumes/1/configMap/items/0/key',
      '/spec/volumes/1/configMap/items/1/key',
      '/spec/volumes/2/projected/sources/0/secret/name',
      '/spec/volumes/2/projected/sources/1/configMap/name',
      '/spec/volumes/3/csi/nodePublishSecretRef/name',
      '/spec/volumes/4/azureFile/secretName',
      '/spec/initContainers/0/envFrom/0/secretRef/name',
      '/spec/initContainers/0/envFrom/1/configMapRef/name',
      '/spec/containers/0/env/0/valueFrom/secretKeyRef/name',
      '/spec/containers/0/env/1/valueFrom/configMapKeyRef/name',
    ]);
    expect(new Set(found.map(({ status }) => status))).toEqual(new Set(['resolved']));
  });

  test('fails for what is nowhere, and says where one of that name is', () => {
    const spec =
      '{containers: [{name: c, envFrom: [{secretRef: {name: db}}, {configMapRef: {name: none}}]}]}';
    expect(shown(pod(spec) + secret.replace('namespace: shop', 'namespace: other'))).toEqual([
      '/spec/containers/0/envFrom/0/secretRef/name secret missing: there is no Secret shop/db; there is one in namespace other',
      '/spec/containers/0/envFrom/1/configMapRef/name config-map missing: there is no ConfigMap shop/none',
    ]);
  });

  test('fails for a key that is not there, at the key', () => {
    const spec =
      '{volumes: [{name: v, secret: {secretName: db, items: [{key: usr, path: x}]}}], containers: [{name: c, env: [{name: A, valueFrom: {secretKeyRef: {name: db, key: passwort}}}]}]}';
    expect(shown(pod(spec) + secret)).toEqual([
      '/spec/volumes/0/secret/secretName secret resolved',
      '/spec/volumes/0/secret/items/0/key secret missing-key: Secret shop/db has no key usr; its keys are password, user',
      '/spec/containers/0/env/0/valueFrom/secretKeyRef/key secret missing-key: Secret shop/db has no key passwort; its keys are password, user',
    ]);
  });

  test('what may be absent is marked optional', () => {
    const spec = '{containers: [{name: c, envFrom: [{secretRef: {name: none, optional: true}}]}]}';
    expect(referencesIn(pod(spec))).toMatchObject([{ status: 'missing', optional: true }]);
  });

  test('accounts, claims and classes', () => {
    const spec =
      '{serviceAccountName: app, serviceAccount: ignored, priorityClassName: high, runtimeClassName: kata, volumes: [{name: v, persistentVolumeClaim: {claimName: data}}, {name: e, ephemeral: {volumeClaimTemplate: {spec: {storageClassName: fast}}}}], containers: []}';
    const found =
      document('v1', 'ServiceAccount', 'app', '') + document('v1', 'PersistentVolumeClaim', 'data', '');
    const classes =
      '---\napiVersion: node.k8s.io/v1\nkind: RuntimeClass\nmetadata: {name: kata}\nhandler: kata\n---\napiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: {name: high}\nvalue: 1\n---\napiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: fast}\nprovisioner: x\n';
    expect(new Set(referencesIn(pod(spec) + found + classes).map(({ status }) => status))).toEqual(
      new Set(['resolved']),
    );
    expect(shown(pod(spec)).map((line) => line.split(':')[0])).toEqual([
      '/spec/serviceAccountName service-account missing',
      '/spec/priorityClassName priority-class missing',
      '/spec/runtimeClassName runtime-class missing',
      '/spec/volumes/0/persistentVolumeClaim/claimName persistent-volume-claim missing',
      '/spec/volumes/1/ephemeral/volumeClaimTemplate/spec/storageClassName storage-class missing',
    ]);
  });

  test('what every cluster has resolves', () => {
    const spec =
      '{serviceAccountName: default, priorityClassName: system-node-critical, volumes: [{name: v, configMap: {name: kube-root-ca.crt}}], containers: []}';
    expect(referencesIn(pod(spec)).map(({ status }) => status)).toEqual(['resolved', 'resolved', 'resolved']);
  });

  test('Secrets that controllers make resolve, with the keys that their makers tell', () => {
    const made =
      document(
        'secrets-store.csi.x-k8s.io/v1',
        'SecretProviderClass',
        'vault',
        'spec: {secretObjects: [{secretName: synced, data: [{key: token, objectName: t}]}]}',
      ) +
      document('cert-manager.io/v1', 'Certificate', 'tls', 'spec: {secretName: web-tls}') +
      document('external-secrets.io/v1', 'ExternalSecret', 'es', 'spec: {data: [{secretKey: k}]}') +
      document(
        'external-secrets.io/v1',
        'ExternalSecret',
        'open',
        'spec: {target: {name: all}, dataFrom: [{}]}',
      ) +
      document('bitnami.com/v1alpha1', 'SealedSecret', 'sealed', 'spec: {encryptedData: {k: x}}') +
      document(
        'approuting.kubernetes.azure.com/v1alpha1',
        'DefaultDomainCertificate',
        'cert',
        'spec: {target: {secret: zone-tls}}',
      );
    const env = [
      ['synced', 'token'],
      ['synced', 'other'],
      ['web-tls', 'tls.key'],
      ['es', 'k'],
      ['es', 'other'],
      ['all', 'anything'],
      ['sealed', 'k'],
      ['zone-tls', 'tls.crt'],
    ].map(
      ([name, key], index) => `{name: E${index}, valueFrom: {secretKeyRef: {name: ${name}, key: ${key}}}}`,
    );
    const spec = `{volumes: [{name: v, csi: {driver: secrets-store.csi.k8s.io, volumeAttributes: {secretProviderClass: vault}}}, {name: w, csi: {driver: secrets-store.csi.k8s.io, volumeAttributes: {secretProviderClass: none}}}], containers: [{name: c, env: [${env.join(', ')}]}]}`;
    expect(statuses(pod(spec) + made, 'secret').map((line) => line.split(' ')[1])).toEqual([
      'resolved',
      'missing-key',
      'resolved',
      'resolved',
      'missing-key',
      'resolved',
      'resolved',
      'resolved',
    ]);
    expect(statuses(pod(spec) + made, 'secret-provider-class')).toEqual([
      '/spec/volumes/0/csi/volumeAttributes/secretProviderClass resolved',
      '/spec/volumes/1/csi/volumeAttributes/secretProviderClass missing',
    ]);
  });

  test('pods of templates are looked at where they stand', () => {
    const template = '{spec: {serviceAccountName: none, containers: []}}';
    const text =
      document(
        'apps/v1',
        'StatefulSet',
        's',
        `spec: {serviceName: heads, template: ${template}, volumeClaimTemplates: [{spec: {storageClassName: fast}}]}`,
      ) + document('batch/v1', 'CronJob', 'c', `spec: {jobTemplate: {spec: {template: ${template}}}}`);
    expect(shown(text).map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      '/spec/template/spec/serviceAccountName service-account',
      '/spec/serviceName governing-service',
      '/spec/volumeClaimTemplates/0/spec/storageClassName storage-class',
      '/spec/jobTemplate/spec/template/spec/serviceAccountName service-account',
    ]);
  });
});

test('a volume that a claim template of the StatefulSet replaces points nowhere', () => {
  const volumes =
    '[{name: data, persistentVolumeClaim: {claimName: d}}, {name: logs, persistentVolumeClaim: {claimName: l}}]';
  const spec = `{template: {spec: {containers: [], volumes: ${volumes}}}, volumeClaimTemplates: [{metadata: {name: data}}]}`;
  const text = document('apps/v1', 'StatefulSet', 's', `spec: ${spec}`);
  expect(statuses(text, 'persistent-volume-claim')).toEqual([
    '/spec/template/spec/volumes/1/persistentVolumeClaim/claimName missing',
  ]);
});

describe('externals', () => {
  const spec =
    '{containers: [{name: c, env: [{name: A, valueFrom: {secretKeyRef: {name: db-eu, key: user}}}]}]}';
  const external = { kind: 'Secret', namespace: 'shop', name: 'db-eu', reason: 'made by the provisioning' };

  test.each<[string, External, string]>([
    ['the object itself', external, 'external'],
    ['its key', { ...external, keys: ['user'] }, 'external'],
    ['another key', { ...external, keys: ['password'] }, 'missing-key'],
    ['a prefix of its name', { ...external, name: 'db-*' }, 'external'],
    ['any namespace', { kind: 'Secret', name: '*', reason: 'r' }, 'external'],
    ['another prefix', { ...external, name: 'dc-*' }, 'missing'],
    ['another namespace', { ...external, namespace: 'other' }, 'missing'],
    ['another kind', { ...external, kind: 'ConfigMap' }, 'missing'],
    ['another group', { ...external, group: 'example.com' }, 'missing'],
  ])('that name %s', (_, declared, status) => {
    expect(referencesIn(pod(spec), [declared]).map((reference) => reference.status)).toEqual([status]);
  });

  test('tell their reason', () => {
    expect(referencesIn(pod(spec), [external])[0]?.detail).toBe('made by the provisioning');
  });

  test('that are pods stand for what a selector selects', () => {
    const service = document('v1', 'Service', 's', 'spec: {selector: {app: far}}');
    const far = {
      kind: 'Pod',
      namespace: 'shop',
      name: 'far',
      labels: { app: 'far', more: 'x' },
      reason: 'another team',
    };
    expect(statuses(service, 'service-selector', [far])).toEqual(['/spec/selector external']);
    expect(statuses(service, 'service-selector', [{ ...far, namespace: 'other' }])).toEqual([
      '/spec/selector missing',
    ]);
  });
});

describe('what selects pods', () => {
  const web = pod(
    '{containers: [{name: c, ports: [{containerPort: 8080, name: http}, {containerPort: 53, name: dns, protocol: UDP}]}]}',
  );
  const service = (selector: string, ports = '') =>
    document('v1', 'Service', 's', `spec: {selector: ${selector}, ports: [${ports}]}`);

  test('a Service selects pods of its namespace', () => {
    expect(statuses(web + service('{app: web}'), 'service-selector')).toEqual(['/spec/selector resolved']);
    expect(shown(web + service('{app: web, tier: x}'))).toEqual([
      '/spec/selector service-selector missing: the selector selects no pods of namespace shop',
    ]);
    expect(
      statuses(
        web + service('{app: web}').replace('namespace: shop', 'namespace: other'),
        'service-selector',
      ),
    ).toEqual(['/spec/selector missing']);
    expect(statuses(web + service('{app: 1}'), 'service-selector')).toEqual(['/spec/selector missing']);
  });

  test('a Service without a selector, or for a name outside, selects none and refers to none', () => {
    expect(shown(service('{}', '{port: 80}'))).toEqual([]);
    expect(
      shown(
        document(
          'v1',
          'Service',
          's',
          'spec: {type: ExternalName, externalName: x.example, selector: {app: web}}',
        ),
      ),
    ).toEqual([]);
  });

  test('a Service over several workloads is told', () => {
    const second = web.replace('name: p,', 'name: q,');
    expect(shown(web + second + service('{app: web}'))).toEqual([
      '/spec/selector service-selector ambiguous: selects pods of Pod p, Pod q',
    ]);
  });

  test('fails for a port that no container names, or where all ports are declared and it is none of them', () => {
    const ports =
      '{port: 80, targetPort: http}, {port: 81, targetPort: https}, {port: 82, targetPort: dns}, {port: 53, targetPort: dns, protocol: UDP}, {port: 8080}, {port: 83, targetPort: 8081}';
    expect(statuses(web + service('{app: web}', ports), 'target-port')).toEqual([
      '/spec/ports/0/targetPort resolved',
      '/spec/ports/1/targetPort missing-port',
      '/spec/ports/2/targetPort missing-port',
      '/spec/ports/3/targetPort resolved',
      '/spec/ports/4/port resolved',
      '/spec/ports/5/targetPort undeclared-port',
    ]);
    const silent = pod('{containers: [{name: c}]}');
    expect(statuses(silent + service('{app: web}', '{port: 80}'), 'target-port')).toEqual([
      '/spec/ports/0/port resolved',
    ]);
  });

  test('a PodDisruptionBudget selects by the full selector; an empty one selects every pod', () => {
    const budget = (selector: string) =>
      document('policy/v1', 'PodDisruptionBudget', 'b', `spec: {${selector}}`);
    expect(
      statuses(
        web + budget('selector: {matchExpressions: [{key: app, operator: In, values: [web, api]}]}'),
        'pdb-selector',
      ),
    ).toEqual(['/spec/selector resolved']);
    expect(statuses(web + budget('selector: {}'), 'pdb-selector')).toEqual(['/spec/selector resolved']);
    expect(
      statuses(
        web + budget('selector: {matchExpressions: [{key: app, operator: DoesNotExist}]}'),
        'pdb-selector',
      ),
    ).toEqual(['/spec/selector missing']);
    expect(shown(web + budget('maxUnavailable: 1'))).toEqual([
      '/spec/selector pdb-selector missing: the selector is missing, or not one that the API server accepts',
    ]);
  });
});

describe('what scales, binds and calls', () => {
  test('a HorizontalPodAutoscaler scales an object of that group and kind', () => {
    const scaler = (ref: string) =>
      document('autoscaling/v2', 'HorizontalPodAutoscaler', 'h', `spec: {scaleTargetRef: ${ref}}`);
    const deployment = document('apps/v1', 'Deployment', 'web', 'spec: {}');
    expect(
      statuses(deployment + scaler('{apiVersion: apps/v1, kind: Deployment, name: web}'), 'hpa-target'),
    ).toEqual(['/spec/scaleTargetRef/name resolved']);
    expect(
      statuses(deployment + scaler('{apiVersion: apps/v1, kind: StatefulSet, name: web}'), 'hpa-target'),
    ).toEqual(['/spec/scaleTargetRef/name missing']);
    expect(statuses(deployment + scaler('{kind: Deployment, name: web}'), 'hpa-target')).toEqual([
      '/spec/scaleTargetRef/name missing',
    ]);
  });

  test('bindings name roles and accounts', () => {
    const binding = (kind: string, role: string) =>
      document(
        'rbac.authorization.k8s.io/v1',
        kind,
        'b',
        `roleRef: {apiGroup: rbac.authorization.k8s.io, ${role}}\nsubjects: [{kind: ServiceAccount, name: app}, {kind: ServiceAccount, name: far, namespace: other}, {kind: User, name: u}]`,
      );
    const role = document('rbac.authorization.k8s.io/v1', 'Role', 'r', 'rules: []');
    const account = document('v1', 'ServiceAccount', 'app', '');
    expect(
      shown(binding('RoleBinding', 'kind: Role, name: r') + role + account).map((line) => line.split(':')[0]),
    ).toEqual([
      '/roleRef/name role resolved',
      '/subjects/0/name service-account resolved',
      '/subjects/1/name service-account missing',
    ]);
    expect(statuses(binding('RoleBinding', 'kind: ClusterRole, name: view'), 'role')).toEqual([
      '/roleRef/name resolved',
    ]);
    expect(statuses(binding('ClusterRoleBinding', 'kind: ClusterRole, name: r') + role, 'role')).toEqual([
      '/roleRef/name missing',
    ]);
  });

  test('webhooks call a port of a Service, 443 unless they say otherwise', () => {
    const hook = (service: string) =>
      `---\napiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata: {name: w}\nwebhooks: [{name: h, clientConfig: {service: ${service}}}]\n`;
    const service = document('v1', 'Service', 'hook', 'spec: {ports: [{port: 443, name: https}]}');
    expect(statuses(service + hook('{name: hook, namespace: shop}'), 'webhook-service')).toEqual([
      '/webhooks/0/clientConfig/service/name resolved',
    ]);
    expect(shown(service + hook('{name: hook, namespace: shop, port: 8443}'))).toEqual([
      '/webhooks/0/clientConfig/service/port webhook-service missing-port: Service shop/hook has no port 8443; its ports are 443',
    ]);
    expect(statuses(service + hook('{name: hook, namespace: other}'), 'webhook-service')).toEqual([
      '/webhooks/0/clientConfig/service/name missing',
    ]);
  });

  test('sandboxes: pool to template, claim to pool or template', () => {
    const api = 'extensions.agents.x-k8s.io';
    const text =
      document(`${api}/v1beta1`, 'SandboxTemplate', 't', 'spec: {}') +
      document(`${api}/v1beta1`, 'SandboxWarmPool', 'p', 'spec: {sandboxTemplateRef: {name: t}}') +
      document(`${api}/v1beta1`, 'SandboxWarmPool', 'q', 'spec: {sandboxTemplateRef: {name: none}}') +
      document(`${api}/v1beta1`, 'SandboxClaim', 'c', 'spec: {warmPoolRef: {name: p}}') +
      document(`${api}/v1alpha1`, 'SandboxClaim', 'd', 'spec: {sandboxTemplateRef: {name: none}}');
    expect(statuses(text, 'sandbox-template')).toEqual([
      '/spec/sandboxTemplateRef/name resolved',
      '/spec/sandboxTemplateRef/name missing',
      '/spec/sandboxTemplateRef/name missing',
    ]);
    expect(statuses(text, 'warm-pool')).toEqual(['/spec/warmPoolRef/name resolved']);
  });

  test('GitOps, certificates and storage', () => {
    const text =
      document('argoproj.io/v1alpha1', 'Application', 'a', 'spec: {project: default}') +
      document('argoproj.io/v1alpha1', 'Application', 'b', 'spec: {project: none}') +
      document('source.toolkit.fluxcd.io/v1', 'GitRepository', 'repo', '', 'flux') +
      document(
        'kustomize.toolkit.fluxcd.io/v1',
        'Kustomization',
        'k',
        'spec: {sourceRef: {kind: GitRepository, name: repo, namespace: flux}}',
      ) +
      document(
        'helm.toolkit.fluxcd.io/v2',
        'HelmRelease',
        'h',
        'spec: {chart: {spec: {sourceRef: {kind: HelmRepository, name: none}}}}',
      ) +
      document(
        'cert-manager.io/v1',
        'Certificate',
        'c',
        'spec: {issuerRef: {kind: ClusterIssuer, name: none}, secretName: s}',
      ) +
      document('v1', 'PersistentVolumeClaim', 'pvc', 'spec: {storageClassName: "", volumeName: pv}');
    expect(shown(text)).toEqual([
      '/spec/project app-project resolved: every cluster has it',
      '/spec/project app-project missing: there is no AppProject shop/none',
      '/spec/sourceRef/name source resolved',
      '/spec/chart/spec/sourceRef/name source missing: there is no HelmRepository shop/none',
      '/spec/issuerRef/name issuer missing: there is no ClusterIssuer none',
      '/spec/volumeName persistent-volume missing: there is no PersistentVolume pv',
    ]);
  });
});

describe('routes and gateways', () => {
  const api = 'gateway.networking.k8s.io/v1';
  const service = document('v1', 'Service', 'web', 'spec: {ports: [{port: 80, name: http}]}');
  const gateway = (listeners: string) =>
    document(api, 'Gateway', 'g', `spec: {gatewayClassName: c, listeners: [${listeners}]}`, 'edge');
  const route = (spec: string) => document(api, 'HTTPRoute', 'r', `spec: ${spec}`);
  const grant = (to: string, from = 'group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop') =>
    document(
      'gateway.networking.k8s.io/v1beta1',
      'ReferenceGrant',
      'grant',
      `spec: {from: [{${from}}], to: [{${to}}]}`,
      'back',
    );

  test('a backend is a Service with that port', () => {
    expect(
      statuses(
        service +
          route(
            '{rules: [{backendRefs: [{name: web, port: 80}, {name: web, port: 81}, {name: none, port: 80}]}]}',
          ),
        'backend',
      ),
    ).toEqual([
      '/spec/rules/0/backendRefs/0/name resolved',
      '/spec/rules/0/backendRefs/1/port missing-port',
      '/spec/rules/0/backendRefs/2/name missing',
    ]);
  });

  test('a mirror and a filter are references too', () => {
    const filters =
      '[{type: RequestMirror, requestMirror: {backendRef: {name: none, port: 80}}}, {type: ExtensionRef, extensionRef: {group: example.com, kind: Limit, name: l}}]';
    expect(shown(route(`{rules: [{filters: ${filters}}]}`))).toEqual([
      '/spec/rules/0/filters/0/requestMirror/backendRef/name backend missing: there is no Service shop/none',
      '/spec/rules/0/filters/1/extensionRef/name filter missing: there is no Limit shop/l',
    ]);
  });

  test.each([
    ['no grant', '', 'not-permitted'],
    ['a grant for the kind', grant('group: "", kind: Service'), 'resolved'],
    ['a grant for the name', grant('group: "", kind: Service, name: far'), 'resolved'],
    ['a grant for another name', grant('group: "", kind: Service, name: other'), 'not-permitted'],
    [
      'a grant for another namespace',
      grant('group: "", kind: Service', 'group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: x'),
      'not-permitted',
    ],
    [
      'a grant for another kind of route',
      grant('group: "", kind: Service', 'group: gateway.networking.k8s.io, kind: GRPCRoute, namespace: shop'),
      'not-permitted',
    ],
  ])('a backend of another namespace needs a ReferenceGrant there: %s', (_, grants, status) => {
    const far = document('v1', 'Service', 'far', 'spec: {ports: [{port: 80}]}', 'back');
    expect(
      statuses(
        far + grants + route('{rules: [{backendRefs: [{name: far, namespace: back, port: 80}]}]}'),
        'backend',
      ),
    ).toEqual([`/spec/rules/0/backendRefs/0/name ${status}`]);
  });

  const labels = '---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {team: a}}\n';

  test.each([
    ['{name: g, namespace: edge}', '{name: l, port: 443}', '/name not-permitted'],
    [
      '{name: g, namespace: edge}',
      '{name: l, port: 443, allowedRoutes: {namespaces: {from: All}}}',
      '/name resolved',
    ],
    [
      '{name: g, namespace: edge}',
      '{name: l, port: 443, allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {team: a}}}}}',
      '/name resolved',
    ],
    [
      '{name: g, namespace: edge}',
      '{name: l, port: 443, allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {kubernetes.io/metadata.name: shop}}}}}',
      '/name resolved',
    ],
    [
      '{name: g, namespace: edge}',
      '{name: l, port: 443, allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {team: b}}}}}',
      '/name not-permitted',
    ],
    [
      '{name: g, namespace: edge, sectionName: m}',
      '{name: l, port: 443, allowedRoutes: {namespaces: {from: All}}}',
      '/sectionName missing-section',
    ],
    [
      '{name: g, namespace: edge, port: 80}',
      '{name: l, port: 443, allowedRoutes: {namespaces: {from: All}}}',
      '/port missing-port',
    ],
    [
      '{name: g, namespace: edge, sectionName: b}',
      '{name: a, port: 80, allowedRoutes: {namespaces: {from: All}}}, {name: b, port: 443}',
      '/name not-permitted',
    ],
    ['{name: g}', '{name: l, port: 443}', '/name missing'],
  ])('a route with parent %s of a gateway with listeners %s: %s', (parent, listeners, expected) => {
    expect(
      statuses(labels + gateway(listeners) + route(`{parentRefs: [${parent}]}`), 'parent-gateway'),
    ).toEqual([`/spec/parentRefs/0${expected}`]);
  });

  test('a mesh route may have a Service for its parent', () => {
    expect(
      statuses(
        service + route('{parentRefs: [{group: "", kind: Service, name: web, port: 80}]}'),
        'parent-gateway',
      ),
    ).toEqual(['/spec/parentRefs/0/name resolved']);
  });

  test('a gateway names its class and its certificates, of another namespace by grant', () => {
    const listener =
      '{name: l, port: 443, tls: {certificateRefs: [{name: near}, {name: far, namespace: back}]}}';
    const near = document('v1', 'Secret', 'near', '', 'edge');
    const far = document('v1', 'Secret', 'far', '', 'back');
    expect(shown(gateway(listener) + near + far).map((line) => line.split(':')[0])).toEqual([
      '/spec/gatewayClassName gateway-class missing',
      '/spec/listeners/0/tls/certificateRefs/0/name certificate resolved',
      '/spec/listeners/0/tls/certificateRefs/1/name certificate not-permitted',
    ]);
    const granted = grant(
      'group: "", kind: Secret',
      'group: gateway.networking.k8s.io, kind: Gateway, namespace: edge',
    );
    expect(statuses(gateway(listener) + near + far + granted, 'certificate').at(-1)).toMatch(/resolved$/);
  });

  test('an Ingress names Services by number or name of a port, and certificates', () => {
    const backend = (port: string) =>
      `{path: /, pathType: Prefix, backend: {service: {name: web, port: ${port}}}}`;
    const ingress = document(
      'networking.k8s.io/v1',
      'Ingress',
      'i',
      `spec: {ingressClassName: nginx, tls: [{secretName: none}], defaultBackend: {resource: {apiGroup: example.com, kind: Bucket, name: b}}, rules: [{http: {paths: [${backend('{number: 80}')}, ${backend('{name: http}')}, ${backend('{name: https}')}]}}]}`,
    );
    expect(shown(service + ingress).map((line) => line.split(':')[0])).toEqual([
      '/spec/tls/0/secretName certificate missing',
      '/spec/ingressClassName ingress-class missing',
      '/spec/defaultBackend/resource/name backend missing',
      '/spec/rules/0/http/paths/0/backend/service/name backend resolved',
      '/spec/rules/0/http/paths/1/backend/service/name backend resolved',
      '/spec/rules/0/http/paths/2/backend/service/port backend missing-port',
    ]);
  });
});

test('references tell who refers to what', () => {
  expect(referencesIn(document('v1', 'ServiceAccount', 'a', 'secrets: [{name: none}]'))).toEqual([
    {
      from: { apiVersion: 'v1', kind: 'ServiceAccount', namespace: 'shop', name: 'a' },
      path: '/secrets/0/name',
      type: 'secret',
      to: { group: '', kind: 'Secret', namespace: 'shop', name: 'none' },
      optional: false,
      status: 'missing',
      detail: 'there is no Secret shop/none',
    },
  ]);
});
