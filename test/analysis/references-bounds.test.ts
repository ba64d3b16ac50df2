import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { indexPods } from '../../analysis/references/pod-index.ts';
import { references } from '../../analysis/references.ts';
import type { Json, Manifest } from '../../core/manifest.ts';
import {
  buildInventory,
  equalitySelector,
  type InventoryObject,
  podTemplates,
} from '../../inventory/index.ts';

function objectOf(manifest: Manifest): InventoryObject {
  const { apiVersion, kind, metadata } = manifest;
  const identity = { apiVersion, kind, name: metadata.name, namespace: metadata.namespace ?? 'default' };
  return { identity, manifest, file: 'memory', position: () => ({ file: 'memory', line: 1, column: 1 }) };
}

/** A value that counts each read of a field, at any depth. */
function counted<T extends object>(value: T, reads: { count: number }): T {
  return new Proxy(value, {
    get: (target, key) => {
      reads.count += 1;
      const found: unknown = Reflect.get(target, key);
      return typeof found === 'object' && found !== null ? counted(found, reads) : found;
    },
  });
}

/** Services, Deployments that they select, ConfigMaps that these mount, budgets, and a route for each. */
function shop(
  count: number,
  labelsOf = (index: number): Record<string, string> => ({ app: `n${index}`, team: 'all' }),
): Manifest[] {
  return Array.from({ length: count }, (_, index): Manifest[] => {
    const metadata = { name: `n${index}`, namespace: 'shop' };
    const labels = labelsOf(index);
    return [
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata,
        spec: { selector: labels, ports: [{ port: 80, targetPort: 'http' }] },
      },
      { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { a: 'x' } },
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata,
        spec: {
          template: {
            metadata: { labels },
            spec: {
              volumes: [{ name: 'v', configMap: { name: index % 2 === 0 ? metadata.name : 'none' } }],
              containers: [{ name: 'c', ports: [{ name: 'http', containerPort: 80 }] }],
            },
          },
        },
      },
      {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata,
        spec: { selector: { matchLabels: labels } },
      },
      {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'HTTPRoute',
        metadata,
        spec: { rules: [{ backendRefs: [{ name: metadata.name, port: 80 }] }] },
      },
    ];
  }).flat();
}

describe('the work grows with the input, not with its square', () => {
  test('fields read, from 2,000 objects to 20,000', () => {
    const readsOf = (count: number): number => {
      const reads = { count: 0 };
      const inventory = buildInventory(shop(count).map((manifest) => objectOf(counted(manifest, reads))));
      const found = references(inventory);
      expect(found).toHaveLength(5 * count);
      expect(found.filter(({ status }) => status === 'missing')).toHaveLength(count / 2);
      return reads.count;
    };
    const small = readsOf(400);
    expect(readsOf(4000)).toBeLessThan(10.5 * small);
  });

  test('fields read, where every Service and budget selects every Deployment', () => {
    const readsOf = (count: number): number => {
      const reads = { count: 0 };
      const alike = shop(count, () => ({ app: 'a' }));
      const objects = alike.map((manifest) => objectOf(counted(manifest, reads)));
      const named = objects.map((object) => ({ ...object, identity: counted(object.identity, reads) }));
      const found = references(buildInventory(named));
      expect(found.filter(({ status }) => status === 'ambiguous')).toHaveLength(count);
      return reads.count;
    };
    const small = readsOf(200);
    expect(readsOf(2000)).toBeLessThan(10.5 * small);
  });

  test('a selector is held against the pods of its rarest label only', () => {
    const templates = podTemplates(buildInventory(shop(4000).map(objectOf)));
    const pods = indexPods(templates);
    const compared = templates.map(
      ({ labels }) => pods.candidates('shop', equalitySelector(labels) ?? []).length,
    );
    expect(templates).toHaveLength(4000);
    expect(compared.every((count) => count === 1)).toBe(true);
  });

  test('pods with the same labels are compared once', () => {
    const metadata = (index: number) => ({ name: `p${index}`, namespace: 'shop', labels: { app: 'a' } });
    const manifests = Array.from({ length: 1000 }, (_, index) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: metadata(index),
      spec: {},
    }));
    const pods = indexPods(podTemplates(buildInventory(manifests.map(objectOf))));
    expect(pods.candidates('shop', [{ key: 'app', operator: 'Exists' }])).toHaveLength(1);
    expect(pods.select('shop', [{ key: 'app', operator: 'Exists' }])).toHaveLength(1000);
  });
});

describe('hostile objects are no reason to stop', () => {
  const name = fc.constantFrom('a', 'b', '', 'constructor', '__proto__');
  const leaf = fc.oneof(name, fc.constantFrom<Json>(null, 1, true, [], {}));
  const fields = [
    'spec',
    'template',
    'podTemplate',
    'containers',
    'volumes',
    'configMap',
    'secret',
    'name',
    'secretName',
    'items',
    'key',
    'env',
    'envFrom',
    'valueFrom',
    'secretKeyRef',
    'selector',
    'matchLabels',
    'matchExpressions',
    'ports',
    'port',
    'targetPort',
    'rules',
    'backendRefs',
    'parentRefs',
    'namespace',
    'listeners',
    'tls',
    'certificateRefs',
    'from',
    'to',
    'kind',
    'group',
    'scaleTargetRef',
    'roleRef',
    'subjects',
    'webhooks',
    'clientConfig',
    'service',
    'data',
    'secretObjects',
    'sandboxTemplateRef',
    'projected',
    'sources',
    'allowedRoutes',
    'namespaces',
    'metadata',
    'labels',
  ];
  const { value } = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 6, withCrossShrink: true },
      leaf,
      fc.dictionary(fc.constantFrom(...fields), tie('value'), { maxKeys: 6, noNullPrototype: true }),
      fc.array(tie('value'), { maxLength: 3 }),
    ),
  }));
  const kinds = [
    ['v1', 'Pod'],
    ['v1', 'Service'],
    ['v1', 'Secret'],
    ['v1', 'ServiceAccount'],
    ['apps/v1', 'Deployment'],
    ['apps/v1', 'StatefulSet'],
    ['batch/v1', 'CronJob'],
    ['policy/v1', 'PodDisruptionBudget'],
    ['autoscaling/v2', 'HorizontalPodAutoscaler'],
    ['networking.k8s.io/v1', 'Ingress'],
    ['gateway.networking.k8s.io/v1', 'Gateway'],
    ['gateway.networking.k8s.io/v1', 'HTTPRoute'],
    ['gateway.networking.k8s.io/v1beta1', 'ReferenceGrant'],
    ['gateway.networking.k8s.io/v1', 'BackendTLSPolicy'],
    ['rbac.authorization.k8s.io/v1', 'RoleBinding'],
    ['admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration'],
    ['secrets-store.csi.x-k8s.io/v1', 'SecretProviderClass'],
    ['extensions.agents.x-k8s.io/v1beta1', 'SandboxTemplate'],
    ['extensions.agents.x-k8s.io/v1beta1', 'SandboxWarmPool'],
    ['extensions.agents.x-k8s.io/v1beta1', 'SandboxClaim'],
    ['external-secrets.io/v1', 'ExternalSecret'],
    ['bitnami.com/v1alpha1', 'SealedSecret'],
  ] as const;

  test('whatever their shape', () => {
    const object = fc.tuple(
      fc.constantFrom(...kinds),
      fc.dictionary(fc.constantFrom(...fields), value, { maxKeys: 4, noNullPrototype: true }),
    );
    fc.assert(
      fc.property(fc.array(object, { maxLength: 8 }), (objects) => {
        const manifests = objects.map(([[apiVersion, kind], fieldsOf], index) => ({
          ...fieldsOf,
          apiVersion,
          kind,
          metadata: { name: `${'ab'[index % 2]}${index > 1 ? index : ''}` },
        }));
        const unique = manifests.filter(
          (one, index) =>
            manifests.findIndex(
              (other) => other.kind === one.kind && other.metadata.name === one.metadata.name,
            ) === index,
        );
        for (const { status, path, detail } of references(buildInventory(unique.map(objectOf)))) {
          expect(path).toMatch(/^\//);
          expect(`${status}${detail}`).not.toContain('undefined');
        }
      }),
      { numRuns: 1500 },
    );
  });
});
