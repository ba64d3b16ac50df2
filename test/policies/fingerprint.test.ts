import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../policies/fingerprint.ts';

const pod = { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web' };
const original = fingerprint('sample-a', pod, '/spec');

describe('a fingerprint', () => {
  it('is the same for versions of one group', () => {
    const deployment = (apiVersion: string) => ({ ...pod, apiVersion, kind: 'Deployment' });
    expect(fingerprint('sample-a', deployment('apps/v1'), '')).toBe(
      fingerprint('sample-a', deployment('apps/v1beta1'), ''),
    );
  });

  it.each([
    ['rule', fingerprint('sample-b', pod, '/spec')],
    ['path', fingerprint('sample-a', pod, '/spec/containers/0')],
    ['name', fingerprint('sample-a', { ...pod, name: 'api' }, '/spec')],
    ['namespace', fingerprint('sample-a', { ...pod, namespace: 'other' }, '/spec')],
    ['kind', fingerprint('sample-a', { ...pod, kind: 'Service' }, '/spec')],
    ['group', fingerprint('sample-a', { ...pod, apiVersion: 'shop.example/v1' }, '/spec')],
  ])('differs by %s', (_, other) => {
    expect(other).not.toBe(original);
  });
});
