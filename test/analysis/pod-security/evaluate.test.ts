import { describe, expect, test } from 'vitest';
import { podWith, violated, violation } from './pods.ts';

const restricted = {
  pod: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  context: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
};

describe('a level', () => {
  test('privileged allows everything', () => {
    const anything = podWith({ spec: { hostNetwork: true }, context: { privileged: true } });
    expect(violated(anything, 'privileged')).toEqual([]);
  });

  test('baseline allows a pod that says nothing', () => {
    expect(violated(podWith({}), 'baseline')).toEqual([]);
  });

  test('restricted wants four things of a pod, and no more', () => {
    expect(violated(podWith({}), 'restricted')).toEqual([
      'allowPrivilegeEscalation',
      'capabilities_restricted',
      'runAsNonRoot',
      'seccompProfile_restricted',
    ]);
    expect(violated(podWith(restricted), 'restricted')).toEqual([]);
  });

  test('restricted names the violations of baseline first', () => {
    expect(violated(podWith({ ...restricted, spec: { hostPID: true }, pod: {} }), 'restricted')).toEqual([
      'hostNamespaces',
      'runAsNonRoot',
      'seccompProfile_restricted',
    ]);
  });
});

describe('at level restricted a check takes the place of one of baseline', () => {
  test.each([
    ['capabilities', 'capabilities_baseline', 21, 'capabilities_restricted', 22],
    ['seccomp profiles', 'seccompProfile_baseline', 18, 'seccompProfile_restricted', 19],
    ['the mount of /proc', 'procMount', 34, 'procMount_restricted', 35],
  ] as const)('for %s', (_, before, last, after, first) => {
    const pod = podWith({
      annotations: { 'seccomp.security.alpha.kubernetes.io/pod': 'unconfined' },
      pod: { seccompProfile: { type: 'Unconfined' } },
      context: { capabilities: { add: ['NET_RAW'] }, procMount: 'Unmasked' },
    });
    expect(violated(pod, 'restricted', last)).toContain(before);
    expect(violated(pod, 'restricted', last)).not.toContain(after);
    expect(violated(pod, 'restricted', first)).toContain(after);
    expect(violated(pod, 'restricted', first)).not.toContain(before);
    expect(violated(pod, 'baseline', first)).toContain(before);
  });

  test('for volumes, in every version', () => {
    const pod = podWith({ spec: { volumes: [{ name: 'v', hostPath: {} }] } });
    expect(violated(pod, 'restricted', 0)).toEqual(['restrictedVolumes', 'runAsNonRoot']);
    expect(violated(pod, 'baseline', 0)).toEqual(['hostPathVolumes']);
  });
});

describe('the pod of', () => {
  const spec = { containers: [{ name: 'web', securityContext: { privileged: true } }] };
  const template = { metadata: { annotations: {} }, spec };
  const field = 'containers/0/securityContext/privileged';

  test.each<[string, string, object, string]>([
    ['v1', 'Pod', { spec }, '/spec'],
    ['v1', 'PodTemplate', { template }, '/template/spec'],
    ['v1', 'ReplicationController', { spec: { template } }, '/spec/template/spec'],
    ['apps/v1', 'Deployment', { spec: { template } }, '/spec/template/spec'],
    ['apps/v1', 'ReplicaSet', { spec: { template } }, '/spec/template/spec'],
    ['apps/v1', 'StatefulSet', { spec: { template } }, '/spec/template/spec'],
    ['apps/v1', 'DaemonSet', { spec: { template } }, '/spec/template/spec'],
    ['batch/v1', 'Job', { spec: { template } }, '/spec/template/spec'],
    [
      'batch/v1',
      'CronJob',
      { spec: { jobTemplate: { spec: { template } } } },
      '/spec/jobTemplate/spec/template/spec',
    ],
    ['agents.x-k8s.io/v1alpha1', 'Sandbox', { spec: { podTemplate: template } }, '/spec/podTemplate/spec'],
  ])('a %s %s is found', (apiVersion, kind, rest, path) => {
    const found = violation('privileged', { apiVersion, kind, metadata: { name: 'x' }, ...rest });
    expect(found?.path).toBe(`${path}/${field}`);
  });

  test('a template has no host ports that the API server fills in', () => {
    const hostNetwork = { hostNetwork: true, containers: [{ name: 'web', ports: [{ containerPort: 80 }] }] };
    const deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'x' },
      spec: { template: { spec: hostNetwork } },
    };
    expect(violated(deployment, 'baseline')).toEqual(['hostNamespaces']);
  });
});

describe('fails on a field of a wrong type, and names it', () => {
  test.each<[string, object, string]>([
    ['text for a boolean', { spec: { hostNetwork: 'true' } }, '/spec/hostNetwork: is not true or false'],
    ['a list for a map', { pod: [] }, '/spec/securityContext: is not a map'],
    [
      'text for a number',
      { context: { runAsUser: '0' } },
      '/spec/containers/0/securityContext/runAsUser: is not a whole number',
    ],
    ['a map for a list', { spec: { volumes: {} } }, '/spec/volumes: is not a list'],
    ['a number for text', { container: { name: 5 } }, '/spec/containers/0/name: is not text'],
  ])('%s', (_, change, message) => {
    expect(() => violated(podWith(change), 'restricted')).toThrow(message);
  });

  test('null is no value at all', () => {
    const nulls = {
      spec: { hostNetwork: null, volumes: null, initContainers: null },
      context: { runAsUser: null },
    };
    expect(
      violated(
        podWith({ ...restricted, ...nulls, context: { ...restricted.context, ...nulls.context } }),
        'restricted',
      ),
    ).toEqual([]);
  });
});
