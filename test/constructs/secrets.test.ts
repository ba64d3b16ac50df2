import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import {
  azureWorkloadIdentity,
  ConfigMap,
  Deployment,
  externalSecret,
  jsonFile,
  SecretProviderClass,
  type SecretProviderClassProps,
  ServiceAccount,
  Volume,
} from '../../constructs/index.ts';
import { chart, container } from './support.ts';

const identity = azureWorkloadIdentity({ clientId: 'client', tenantId: 'tenant' });
const vault = { keyVaultName: 'example-kv', identity };

function classOf(props: Partial<SecretProviderClassProps<'client-id' | 'client-secret'>> = {}) {
  return new SecretProviderClass(chart(), 'secrets', {
    vault,
    objects: ['client-id', 'client-secret'],
    ...props,
  });
}

describe('SecretProviderClass', () => {
  test('reads a vault of Azure with the identity of its pods; every parameter is a text', () => {
    expect(classOf().toJson().spec).toEqual({
      provider: 'azure',
      parameters: {
        usePodIdentity: 'false',
        useVMManagedIdentity: 'false',
        clientID: 'client',
        tenantId: 'tenant',
        keyvaultName: 'example-kv',
        objects: expect.any(String),
      },
    });
  });

  test('lists its objects as YAML texts inside a YAML text', () => {
    const outer = load(classOf().toJson().spec.parameters?.['objects'] ?? '') as { array: string[] };
    expect(outer.array.map((item) => load(item))).toEqual([
      { objectName: 'client-id', objectType: 'secret' },
      { objectName: 'client-secret', objectType: 'secret' },
    ]);
  });

  test('can also make a Secret, which is then an external one', () => {
    const secrets = classOf({ syncedSecret: 'synced' });
    expect(secrets.toJson().spec.secretObjects).toEqual([
      {
        secretName: 'synced',
        type: 'Opaque',
        data: [
          { objectName: 'client-id', key: 'client-id' },
          { objectName: 'client-secret', key: 'client-secret' },
        ],
      },
    ]);
    expect(secrets.syncedSecret?.env('client-id')).toEqual({
      valueFrom: { secretKeyRef: { name: 'synced', key: 'client-id' } },
    });
    expect(classOf().syncedSecret).toBeUndefined();
    const one = classOf({ syncedSecret: 'synced', syncedObjects: ['client-id'] });
    expect(one.toJson().spec.secretObjects?.[0]?.data).toEqual([
      { objectName: 'client-id', key: 'client-id' },
    ]);
  });

  test('declares its rotation on itself and on each pod that mounts it', () => {
    const secrets = classOf({ rotationPollInterval: '2m' });
    const annotations = { 'secrets-store.csi.k8s.io/rotation-poll-interval': '2m' };
    const mounts = [Volume.secretsStore('secrets', secrets).at('/mnt/secrets')];
    const deployment = new Deployment(chart(), 'api', {
      selector: { app: 'api' },
      replicas: 1,
      containers: [{ ...container, mounts }],
    });
    expect(secrets.toJson().metadata).toMatchObject({ annotations });
    expect(deployment.toJson().spec?.template.metadata).toMatchObject({ annotations });
  });

  test.each<[string, Parameters<typeof classOf>[0], string]>([
    [
      'a vault name that is none',
      { vault: { identity, keyVaultName: 'a--b' } },
      'vault.keyVaultName: "a--b" is no name of a key vault',
    ],
    [
      'an object that appears twice',
      { objects: ['client-id', 'client-id'] },
      'objects: "client-id" appears twice',
    ],
    ['an interval that is none', { rotationPollInterval: '2' }, '"2" is no duration; write it as 2m or 90s'],
  ])('fails for %s', (_, props, message) => {
    expect(() => classOf(props)).toThrow(message);
  });
});

describe('volumes', () => {
  const tls = externalSecret('tls', { keys: ['tls.crt', 'tls.key'], reason: 'made by a test' });
  const config = new ConfigMap(chart(), 'config', { data: { 'app.json': jsonFile({ Port: 8088 }) } });

  test('of Secrets have file permissions as the number that they are', () => {
    expect(Volume.secret('tls', tls, { mode: 0o400, optional: true, only: ['tls.crt'] }).source).toEqual({
      secret: {
        secretName: 'tls',
        defaultMode: 256,
        optional: true,
        items: [{ key: 'tls.crt', path: 'tls.crt' }],
      },
    });
  });

  test('of the Secrets Store name their class', () => {
    expect(Volume.secretsStore('secrets', classOf()).source).toEqual({
      csi: {
        driver: 'secrets-store.csi.k8s.io',
        readOnly: true,
        volumeAttributes: { secretProviderClass: 'secrets' },
      },
    });
  });

  test('of ConfigMaps and tokens', () => {
    expect(Volume.configMap('config', config).source).toEqual({ configMap: { name: 'config' } });
    expect(Volume.serviceAccountToken('token', { audience: 'vault' }).source).toEqual({
      projected: {
        sources: [{ serviceAccountToken: { audience: 'vault', path: 'token', expirationSeconds: 3600 } }],
      },
    });
  });

  test('that are secrets or settings are mounted read-only unless told otherwise', () => {
    expect(Volume.secret('tls', tls).at('/tls').readOnly).toBe(true);
    expect(Volume.configMap('config', config).at('/config', { readOnly: false }).readOnly).toBe(false);
    expect(Volume.emptyDir('tmp').at('/tmp').readOnly).toBe(false);
  });

  test('fail for file permissions that are not written in octal', () => {
    expect(() => Volume.secret('tls', tls, { mode: 644 })).toThrow(
      'volume tls: mode: 644 is no file permission; write it in octal, such as 0o400',
    );
  });

  test('fail for an object of another namespace', () => {
    const elsewhere = new ConfigMap(chart(), 'config', { namespace: 'team', data: {} });
    const mounts = [Volume.configMap('config', elsewhere).at('/config')];
    const make = () =>
      new Deployment(chart(), 'api', {
        selector: { app: 'a' },
        replicas: 1,
        containers: [{ ...container, mounts }],
      });
    expect(make).toThrow(
      'platform/api: volume "config": ConfigMap config is in namespace team, not agents; put both into one namespace',
    );
  });

  test('know the paths of their files', () => {
    expect(Volume.secret('tls', tls).at('/mnt/tls').file('tls.crt')).toBe('/mnt/tls/tls.crt');
    expect(Volume.secretsStore('secrets', classOf()).at('/mnt/secrets').file('client-id')).toBe(
      '/mnt/secrets/client-id',
    );
  });
});

describe('ConfigMap', () => {
  test('writes data as strict JSON', () => {
    const config = new ConfigMap(chart(), 'config', {
      data: { 'app.json': jsonFile({ b: [1, true], a: 'x' }), mode: 'plain' },
      immutable: true,
    });
    const { data, immutable } = config.toJson();
    expect(JSON.parse(data?.['app.json'] ?? '')).toEqual({ b: [1, true], a: 'x' });
    expect(data?.['mode']).toBe('plain');
    expect(immutable).toBe(true);
    expect(config.env('mode')).toEqual({ valueFrom: { configMapKeyRef: { name: 'config', key: 'mode' } } });
  });
});

describe('identities', () => {
  test('a workload identity is one declaration for the account and its pods', () => {
    const account = new ServiceAccount(chart(), 'account', { identity });
    expect(account.toJson().metadata).toMatchObject({
      annotations: {
        'azure.workload.identity/client-id': 'client',
        'azure.workload.identity/tenant-id': 'tenant',
      },
    });
    expect(account.podLabels).toEqual({ 'azure.workload.identity/use': 'true' });
    expect(account.toJson()).not.toHaveProperty('automountServiceAccountToken');
  });

  test('an account without identity adds nothing to its pods', () => {
    expect(
      new ServiceAccount(chart(), 'account', { automountServiceAccountToken: false }).toJson(),
    ).toMatchObject({
      automountServiceAccountToken: false,
    });
    expect(new ServiceAccount(chart(), 'account').podLabels).toEqual({});
  });

  test('fails for an id that is empty or an unresolved placeholder', () => {
    expect(() => azureWorkloadIdentity({ clientId: '', tenantId: '${TENANT_ID}' })).toThrow(
      /clientId: "" is no id.*\n.*tenantId: "\$\{TENANT_ID\}" is no id/,
    );
  });

  test('fails for a Secret whose name or key is none', () => {
    expect(() => externalSecret('A', { keys: ['a/b'], reason: '' })).toThrow(
      /"A" is not.*\n.*"a\/b" is not a data key/,
    );
  });
});
