import { describe, expect, it } from 'vitest';
import '../../testing/vitest.ts';
import { manifestsOf } from '../../testing/index.ts';

const pod = (image: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { containers: [{ name: 'app', image }] },
});
const pinned = manifestsOf([pod('registry.example/app:1.4.2')]);
const moving = manifestsOf([pod('registry.example/app:latest')]);

describe('policy tests of users', () => {
  it('a clean manifest has no findings', async () => {
    expect(await pinned.check('workload-image-pinned')).toHaveNoFindings();
  });

  it('a finding is recognized by rule, object, path and message', async () => {
    const result = await moving.check('workload');
    expect(result).toContainFinding({
      rule: 'workload-image-pinned',
      object: 'Pod shop/web',
      path: '/spec/containers/0',
      message: 'latest',
    });
    expect(result).not.toContainFinding({ rule: 'workload-image-pinned', object: 'Pod shop/other' });
  });

  it('fails with the findings there are', async () => {
    const result = await moving.check('workload-image-pinned');
    expect(() => expect(result).toHaveNoFindings()).toThrow(
      /workload-image-pinned at Pod shop\/web .* moves/s,
    );
  });

  it('fails with the nearest finding when the expected one is not there', async () => {
    const result = await moving.check('workload-image-pinned');
    const expected = () =>
      expect(result).toContainFinding({ rule: 'workload-image-pinned', path: '/spec/volumes' });
    expect(expected).toThrow(
      /the nearest are:\n {2}workload-image-pinned at Pod shop\/web \/spec\/containers\/0\/image/,
    );
  });

  it('fails by saying that a rule was not evaluated', async () => {
    const result = await moving.check('rbac');
    const expected = () => expect(result).toContainFinding({ rule: 'workload-image-pinned' });
    expect(expected).toThrow('workload-image-pinned was not evaluated');
  });

  it('fails on a name that is neither pack nor rule', async () => {
    await expect(moving.check('workloads')).rejects.toThrow('neither a pack nor a rule: workloads');
  });

  it('finds the manifest of an object, and names the others when it is not there', () => {
    expect(moving.get('Pod', 'web')['spec']).toMatchObject({ containers: [{ name: 'app' }] });
    expect(() => moving.get('Pod', 'wbe')).toThrow('there is no Pod wbe; of that kind there are: web');
  });
});

describe('pods are held against the Pod Security Standards', () => {
  const sound = manifestsOf([
    { ...pod('x'), metadata: { name: 'a' } },
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' } },
  ]);

  it('a level admits all of them', () => {
    expect(sound).toConform('baseline');
    expect(sound).not.toConform('restricted');
  });

  it('fails with what admission would say of each', () => {
    expect(() => expect(sound).toConform('restricted')).toThrow(
      'Pod a /spec/containers/0/securityContext/allowPrivilegeEscalation: allowPrivilegeEscalation != false (container "app" must set',
    );
  });

  it('fails on a field that the API server would refuse', () => {
    const wrong = manifestsOf([{ ...pod('x'), spec: { hostPID: 'yes' } }]);
    expect(() => expect(wrong).toConform('baseline')).toThrow(
      'Pod shop/web /spec/hostPID: is not true or false',
    );
  });

  it('fails where there are no pods', () => {
    expect(() => expect(manifestsOf([])).toConform('baseline')).toThrow('there are no pods');
  });
});
