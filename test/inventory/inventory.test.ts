import { describe, expect, test } from 'vitest';
import { InputError } from '../../core/problem.ts';
import { buildInventory, type Inventory, namespaceLabels, parseManifests } from '../../inventory/index.ts';

function inventoryOf(...objects: readonly string[]): Inventory {
  return buildInventory(parseManifests(objects.join('\n---\n'), 'f.yaml'));
}

const secret = '{apiVersion: v1, kind: Secret, metadata: {name: s, namespace: shop}}';
const gateway = '{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: g}}';
const istioGateway = '{apiVersion: networking.istio.io/v1, kind: Gateway, metadata: {name: g}}';
const namespace =
  '{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {team: a, kubernetes.io/metadata.name: x}}}';

describe('an inventory', () => {
  test('finds objects by kind, of one group where it is asked for', () => {
    const inventory = inventoryOf(gateway, secret, istioGateway);
    expect(inventory.ofKind('Gateway')).toHaveLength(2);
    expect(
      inventory.ofKind('Gateway', 'networking.istio.io').map(({ identity }) => identity.apiVersion),
    ).toEqual(['networking.istio.io/v1']);
    expect(inventory.ofKind('Secret', '')).toHaveLength(1);
    expect(inventory.ofKind('constructor')).toEqual([]);
  });

  test('finds one object; an object without a namespace is in default', () => {
    const inventory = inventoryOf(gateway, secret);
    expect(inventory.find('', 'Secret', 'shop', 's')).toBeDefined();
    expect(inventory.find('', 'Secret', undefined, 's')).toBeUndefined();
    expect(inventory.find('gateway.networking.k8s.io', 'Gateway', 'default', 'g')).toBe(inventory.objects[0]);
  });

  test('finds a cluster-scoped object whatever namespace is written on it', () => {
    const inventory = inventoryOf(
      '{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: r, namespace: shop}}',
    );
    expect(inventory.find('rbac.authorization.k8s.io', 'ClusterRole', undefined, 'r')).toBeDefined();
  });

  test('fails where two objects are the same for the API server', () => {
    const other =
      '{apiVersion: gateway.networking.k8s.io/v1beta1, kind: Gateway, metadata: {name: g, namespace: default}}';
    expect(() => inventoryOf(gateway, istioGateway, other)).toThrow(
      new InputError([
        {
          where: 'f.yaml:5:1',
          what: 'Gateway default/g is defined a second time; the first is at f.yaml:1:1',
          remedy: 'remove one of them; if they are of two environments, read each environment by itself',
        },
      ]),
    );
  });

  test('takes two objects whose names the API server makes', () => {
    const job = '{apiVersion: batch/v1, kind: Job, metadata: {generateName: run-}}';
    expect(inventoryOf(job, job).objects).toHaveLength(2);
  });
});

test('a namespace has the label that the API server gives it, written or not', () => {
  expect(namespaceLabels(inventoryOf(namespace), 'shop')).toEqual({
    team: 'a',
    'kubernetes.io/metadata.name': 'shop',
  });
  expect(namespaceLabels(inventoryOf(secret), 'shop')).toEqual({ 'kubernetes.io/metadata.name': 'shop' });
});
