import { describe, expect, test } from 'vitest';
import { type Change, podWith, violation } from './pods.ts';

/** A change to a pod, and the minor version at which it is judged where that matters. */
type Case = [what: string, change: Change, minor?: number];

const context = (value: object): Change => ({ context: value });
const pod = (value: object): Change => ({ pod: value });
const volume = (source: object): Change => ({ spec: { volumes: [{ name: 'v', ...source }] } });
const sysctl = (name: string): Change => pod({ sysctls: [{ name, value: '1' }] });
const annotation = (key: string, value: string): Change => ({ annotations: { [key]: value } });
const userNamespace = (change: Change): Change => ({ ...change, spec: { hostUsers: false, ...change.spec } });
const windows = { spec: { os: { name: 'windows' } } };

const APP_ARMOR = 'container.apparmor.security.beta.kubernetes.io/web';
const SECCOMP = 'seccomp.security.alpha.kubernetes.io/pod';
const SECCOMP_WEB = 'container.seccomp.security.alpha.kubernetes.io/web';

const CHECKS: Readonly<Record<string, { allows: readonly Case[]; forbids: readonly Case[] }>> = {
  hostNamespaces: {
    allows: [
      ['none', {}],
      ['false', { spec: { hostNetwork: false, hostPID: false, hostIPC: false } }],
    ],
    forbids: [
      ['the network', { spec: { hostNetwork: true } }],
      ['the processes', { spec: { hostPID: true } }],
      ['the IPC', { spec: { hostIPC: true } }],
    ],
  },
  privileged: {
    allows: [['false', context({ privileged: false })]],
    forbids: [['true', context({ privileged: true })]],
  },
  capabilities_baseline: {
    allows: [
      ['a default capability', context({ capabilities: { add: ['NET_BIND_SERVICE', 'CHOWN'] } })],
      ['anything dropped', context({ capabilities: { drop: ['NET_RAW'] } })],
    ],
    forbids: [
      ['one beyond the default', context({ capabilities: { add: ['NET_RAW'] } })],
      ['all of them', context({ capabilities: { add: ['ALL'] } })],
      ['a default one in another spelling', context({ capabilities: { add: ['CAP_CHOWN'] } })],
    ],
  },
  hostPathVolumes: {
    allows: [['an empty folder', volume({ emptyDir: {} })]],
    forbids: [['a folder of the node', volume({ hostPath: { path: '/' } })]],
  },
  hostPorts: {
    allows: [
      ['a container port', { container: { ports: [{ containerPort: 80 }] } }],
      ['host port 0', { container: { ports: [{ containerPort: 80, hostPort: 0 }] } }],
    ],
    forbids: [
      ['a host port', { container: { ports: [{ containerPort: 80, hostPort: 80 }] } }],
      [
        'the host port that the API server fills in',
        { spec: { hostNetwork: true }, container: { ports: [{ containerPort: 80 }] } },
      ],
    ],
  },
  hostProbesAndHostLifecycle: {
    allows: [
      ['a probe of the pod', { container: { livenessProbe: { httpGet: { port: 80, host: '' } } } }],
      ['a host, before 1.34', { container: { livenessProbe: { httpGet: { port: 80, host: 'x' } } } }, 33],
    ],
    forbids: [
      ['a host in a liveness probe', { container: { livenessProbe: { httpGet: { port: 80, host: 'x' } } } }],
      [
        'a host in a readiness probe',
        { container: { readinessProbe: { tcpSocket: { port: 80, host: 'x' } } } },
      ],
      [
        'a host in a startup probe',
        { container: { startupProbe: { httpGet: { port: 80, host: 'x' } } } },
        34,
      ],
      ['a host in a hook', { container: { lifecycle: { preStop: { httpGet: { port: 80, host: 'x' } } } } }],
      [
        'a host in the other hook',
        { container: { lifecycle: { postStart: { tcpSocket: { port: 1, host: 'x' } } } } },
      ],
    ],
  },
  appArmorProfile: {
    allows: [
      ['the default', context({ appArmorProfile: { type: 'RuntimeDefault' } })],
      ['one of the node', pod({ appArmorProfile: { type: 'Localhost' } })],
      ['the default by annotation', annotation(APP_ARMOR, 'runtime/default')],
      ['one of the node by annotation', annotation(APP_ARMOR, 'localhost/x')],
      ['an empty annotation', annotation(APP_ARMOR, '')],
    ],
    forbids: [
      ['none on a container', context({ appArmorProfile: { type: 'Unconfined' } })],
      ['none on the pod', pod({ appArmorProfile: { type: 'Unconfined' } })],
      ['none by annotation', annotation(APP_ARMOR, 'unconfined')],
    ],
  },
  seLinuxOptions: {
    allows: [
      ...['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'].map(
        (type): Case => [`type ${JSON.stringify(type)}`, context({ seLinuxOptions: { type } })],
      ),
      ['a level', context({ seLinuxOptions: { level: 's0:c1' } })],
    ],
    forbids: [
      ['another type', context({ seLinuxOptions: { type: 'spc_t' } })],
      ['container_engine_t before 1.31', pod({ seLinuxOptions: { type: 'container_engine_t' } }), 30],
      ['a user', pod({ seLinuxOptions: { user: 'u' } })],
      ['a role', context({ seLinuxOptions: { role: 'r' } })],
    ],
  },
  procMount: {
    allows: [
      ['Default', context({ procMount: 'Default' })],
      ['Unmasked in a user namespace', userNamespace(context({ procMount: 'Unmasked' })), 35],
    ],
    forbids: [
      ['Unmasked', context({ procMount: 'Unmasked' })],
      ['Unmasked in a user namespace before 1.35', userNamespace(context({ procMount: 'Unmasked' })), 34],
    ],
  },
  seccompProfile_baseline: {
    allows: [
      ['no profile', {}],
      ['the default', pod({ seccompProfile: { type: 'RuntimeDefault' } })],
      ['Unconfined before 1.19', pod({ seccompProfile: { type: 'Unconfined' } }), 18],
      ['the default by annotation', annotation(SECCOMP, 'docker/default'), 18],
      ['any annotation since 1.19', annotation(SECCOMP, 'unconfined'), 19],
      ['the annotation of a container that is not there', annotation(`${SECCOMP_WEB}2`, 'unconfined'), 18],
    ],
    forbids: [
      ['Unconfined', context({ seccompProfile: { type: 'Unconfined' } })],
      ['an annotation of the pod before 1.19', annotation(SECCOMP, 'unconfined'), 18],
      ['an annotation of a container before 1.19', annotation(SECCOMP_WEB, 'unconfined'), 18],
      ['an empty annotation before 1.19', annotation(SECCOMP, ''), 18],
    ],
  },
  sysctls: {
    allows: [
      ['a safe one', sysctl('net.ipv4.tcp_syncookies'), 0],
      ['ip_local_reserved_ports since 1.27', sysctl('net.ipv4.ip_local_reserved_ports'), 27],
      ['tcp_keepalive_probes since 1.29', sysctl('net.ipv4.tcp_keepalive_probes'), 29],
      ['tcp_wmem since 1.32', sysctl('net.ipv4.tcp_wmem'), 32],
      ['tcp_notsent_lowat since 1.37', sysctl('net.ipv4.tcp_notsent_lowat'), 37],
    ],
    forbids: [
      ['any other', sysctl('kernel.msgmax')],
      ['ip_local_reserved_ports before 1.27', sysctl('net.ipv4.ip_local_reserved_ports'), 26],
      ['tcp_keepalive_probes before 1.29', sysctl('net.ipv4.tcp_keepalive_probes'), 28],
      ['tcp_wmem before 1.32', sysctl('net.ipv4.tcp_wmem'), 31],
      ['tcp_notsent_lowat before 1.37', sysctl('net.ipv4.tcp_notsent_lowat'), 36],
    ],
  },
  windowsHostProcess: {
    allows: [['false', pod({ windowsOptions: { hostProcess: false } })]],
    forbids: [
      ['true on the pod', pod({ windowsOptions: { hostProcess: true } })],
      ['true on a container', context({ windowsOptions: { hostProcess: true } })],
    ],
  },
  restrictedVolumes: {
    allows: [
      ...'configMap csi downwardAPI emptyDir ephemeral image persistentVolumeClaim projected secret'
        .split(' ')
        .map((type): Case => [type, volume({ [type]: {} })]),
      ['no source, of which the API server makes an emptyDir', volume({})],
      ['a source that is null', volume({ hostPath: null })],
    ],
    forbids: ['hostPath', 'nfs', 'iscsi', 'gitRepo', 'gcePersistentDisk', 'futureDisk'].map(
      (type): Case => [type, volume({ [type]: {} })],
    ),
  },
  allowPrivilegeEscalation: {
    allows: [
      ['false', context({ allowPrivilegeEscalation: false })],
      ['nothing before 1.8', {}, 7],
      ['nothing on Windows since 1.25', windows, 25],
    ],
    forbids: [
      ['nothing', {}],
      ['true', context({ allowPrivilegeEscalation: true })],
      ['nothing on Windows before 1.25', windows, 24],
    ],
  },
  runAsNonRoot: {
    allows: [
      ['true on the pod', pod({ runAsNonRoot: true })],
      ['true on the container', context({ runAsNonRoot: true })],
      ['nothing in a user namespace since 1.35', userNamespace({}), 35],
    ],
    forbids: [
      ['nothing', {}],
      ['false on the container', { ...pod({ runAsNonRoot: true }), ...context({ runAsNonRoot: false }) }],
      [
        'false on the pod, whatever the container says',
        { ...pod({ runAsNonRoot: false }), ...context({ runAsNonRoot: true }) },
      ],
      ['nothing in a user namespace before 1.35', userNamespace({}), 34],
    ],
  },
  runAsUser: {
    allows: [
      ['nothing', {}],
      ['another user', context({ runAsUser: 1000 })],
      ['root before 1.23', context({ runAsUser: 0 }), 22],
      ['root in a user namespace since 1.35', userNamespace(pod({ runAsUser: 0 })), 35],
    ],
    forbids: [
      ['root on the pod', pod({ runAsUser: 0 })],
      ['root on a container', context({ runAsUser: 0 })],
      ['root in a user namespace before 1.35', userNamespace(pod({ runAsUser: 0 })), 34],
    ],
  },
  seccompProfile_restricted: {
    allows: [
      ['a profile of the pod', pod({ seccompProfile: { type: 'RuntimeDefault' } })],
      ['a profile of the container', context({ seccompProfile: { type: 'Localhost' } })],
      ['nothing before 1.19', {}, 18],
      ['nothing on Windows since 1.25', windows, 25],
    ],
    forbids: [
      ['nothing', {}],
      [
        'Unconfined on the container',
        {
          ...pod({ seccompProfile: { type: 'RuntimeDefault' } }),
          ...context({ seccompProfile: { type: 'Unconfined' } }),
        },
      ],
      ['nothing on Windows before 1.25', windows, 24],
    ],
  },
  capabilities_restricted: {
    allows: [
      ['all dropped', context({ capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } })],
      ['nothing before 1.22', {}, 21],
      ['nothing on Windows since 1.25', windows, 25],
    ],
    forbids: [
      ['nothing', {}],
      ['some dropped', context({ capabilities: { drop: ['NET_RAW'] } })],
      ['all dropped in another spelling', context({ capabilities: { drop: ['all'] } })],
      ['one added', context({ capabilities: { drop: ['ALL'], add: ['CHOWN'] } })],
      ['nothing on Windows before 1.25', windows, 24],
    ],
  },
  procMount_restricted: {
    allows: [
      ['Default', context({ procMount: 'Default' })],
      ['Unmasked before 1.35', context({ procMount: 'Unmasked' }), 34],
    ],
    forbids: [['Unmasked in a user namespace', userNamespace(context({ procMount: 'Unmasked' }))]],
  },
};

describe.each(Object.entries(CHECKS))('%s', (check, { allows, forbids }) => {
  test.each<Case>([...allows])('allows %s', (_, change, minor) => {
    expect(violation(check, podWith(change), minor)).toBeUndefined();
  });

  test.each<Case>([...forbids])('forbids %s', (_, change, minor) => {
    expect(violation(check, podWith(change), minor)).toMatchObject({ check });
  });
});

describe.each(['initContainers', 'ephemeralContainers'])('%s are containers', (list) => {
  test.each<[string, object]>([
    ['privileged', { securityContext: { privileged: true } }],
    ['capabilities_baseline', { securityContext: { capabilities: { add: ['NET_RAW'] } } }],
    ['runAsUser', { securityContext: { runAsUser: 0 } }],
    ['allowPrivilegeEscalation', {}],
  ])('for %s', (check, container) => {
    const sound = { context: { allowPrivilegeEscalation: false } };
    const found = violation(
      check,
      podWith({ ...sound, spec: { [list]: [{ name: 'other', ...container }] } }),
    );
    expect(found?.detail).toContain('container "other"');
    expect(found?.path).toMatch(new RegExp(`^/spec/${list}/0/`));
  });
});

describe('a violation says what admission says, and where', () => {
  test.each<[string, Change, string, string, string]>([
    [
      'privileged',
      { context: { privileged: true } },
      'privileged',
      'container "web" must not set securityContext.privileged=true',
      '/spec/containers/0/securityContext/privileged',
    ],
    [
      'runAsNonRoot',
      { spec: { initContainers: [{ name: 'a' }] } },
      'runAsNonRoot != true',
      'pod or containers "a", "web" must set securityContext.runAsNonRoot=true',
      '/spec/initContainers/0/securityContext/runAsNonRoot',
    ],
    [
      'seccompProfile_restricted',
      { pod: { seccompProfile: { type: 'Unconfined' } }, context: { seccompProfile: { type: 'Other' } } },
      'seccompProfile',
      'pod and container "web" must not set securityContext.seccompProfile.type to "Other", "Unconfined"',
      '/spec/securityContext/seccompProfile/type',
    ],
    [
      'capabilities_restricted',
      { context: { capabilities: { add: ['SYS_ADMIN', 'CHOWN'] } } },
      'unrestricted capabilities',
      'container "web" must set securityContext.capabilities.drop=["ALL"]; container "web" must not include "CHOWN", "SYS_ADMIN" in securityContext.capabilities.add',
      '/spec/containers/0/securityContext/capabilities/drop',
    ],
    [
      'restrictedVolumes',
      {
        spec: {
          volumes: [
            { name: 'a', nfs: {} },
            { name: 'b', hostPath: {} },
          ],
        },
      },
      'restricted volume types',
      'volumes "a", "b" use restricted volume types "hostPath", "nfs"',
      '/spec/volumes/0/nfs',
    ],
    [
      'appArmorProfile',
      { annotations: { [APP_ARMOR]: 'un"confined\u0007' } },
      'forbidden AppArmor profile',
      `annotation must not set AppArmor profile type to "${APP_ARMOR}="un\\"confined\\a""`,
      '/metadata/annotations/container.apparmor.security.beta.kubernetes.io~1web',
    ],
  ])('%s', (check, change, reason, detail, path) => {
    expect(violation(check, podWith(change))).toMatchObject({ check, reason, detail, path });
  });
});
