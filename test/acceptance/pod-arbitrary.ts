import fc from 'fast-check';
import type { Json, JsonObject } from '../../core/manifest.ts';

/**
 * Random pods around what the Pod Security Standards look at. Each field is mostly left out or harmless, so that
 * pods with few violations, and with none, come up as well as those with many.
 */

/** A field that is left out, harmless, or anything else, in this order of likeliness. */
function field(good: readonly Json[], bad: readonly Json[]): fc.Arbitrary<Json | undefined> {
  const parts: fc.WeightedArbitrary<Json | undefined>[] = [{ weight: 6, arbitrary: fc.constant(undefined) }];
  if (good.length > 0) parts.push({ weight: 6, arbitrary: fc.constantFrom(...good) });
  if (bad.length > 0) parts.push({ weight: 1, arbitrary: fc.constantFrom(...bad) });
  return fc.oneof(...parts);
}

function map(fields: Readonly<Record<string, fc.Arbitrary<Json | undefined>>>): fc.Arbitrary<JsonObject> {
  return fc
    .record(fields)
    .map(
      (record) =>
        Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as JsonObject,
    );
}

function sometimes(arbitrary: fc.Arbitrary<Json>, weight = 3): fc.Arbitrary<Json | undefined> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight, arbitrary: arbitrary as fc.Arbitrary<Json | undefined> },
  );
}

const seccomp = map({ type: field(['RuntimeDefault'], ['Unconfined']) }).map(
  (profile): JsonObject => ({
    type: 'RuntimeDefault',
    ...profile,
  }),
);
const seLinux = map({
  type: field(['container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t', ''], ['spc_t']),
  user: field([''], ['sysadm_u']),
  role: field([''], ['sysadm_r']),
  level: field(['s0:c1,c2'], []),
});

const contextFields = {
  runAsNonRoot: field([true], [false]),
  runAsUser: field([1000], [0]),
  seccompProfile: sometimes(seccomp),
  seLinuxOptions: sometimes(seLinux, 1),
};

function capabilities(added: readonly string[]): fc.Arbitrary<JsonObject> {
  return map({
    drop: field([['ALL'], ['NET_RAW', 'ALL']], [['NET_RAW'], []]),
    add: field([['NET_BIND_SERVICE'], []], [[...added], ['CHOWN'], ['SYS_ADMIN', 'NET_ADMIN'], ['ALL']]),
  });
}

const containerContext = map({
  ...contextFields,
  privileged: field([false], [true]),
  allowPrivilegeEscalation: field([false, false, false], [true]),
  procMount: field(['Default'], ['Unmasked']),
  capabilities: sometimes(capabilities(['KILL', 'SYS_PTRACE'])),
});

const action = fc.oneof(
  map({ httpGet: map({ port: fc.constant(80), host: field([''], ['10.0.0.1', 'example.com']) }) }),
  map({ tcpSocket: map({ port: fc.constant(80), host: field([''], ['10.0.0.2']) }) }),
  fc.constant({ exec: { command: ['true'] } }),
);

function container(name: string, kind: 'init' | 'main' | 'ephemeral'): fc.Arbitrary<JsonObject> {
  const main = {
    ports: sometimes(
      fc.array(map({ containerPort: fc.constantFrom(80, 8080), hostPort: field([0], [80, 8080, 9000]) }), {
        maxLength: 1,
      }) as fc.Arbitrary<Json>,
    ),
    livenessProbe: sometimes(action, 1),
    readinessProbe: sometimes(action, 1),
    startupProbe: sometimes(action, 1),
    lifecycle: sometimes(map({ preStop: sometimes(action), postStart: sometimes(action) }), 1),
  };
  return map({
    name: fc.constant(name),
    image: fc.constant('registry.invalid/x:v1'),
    securityContext: sometimes(containerContext, 6),
    ...(kind === 'main' && main),
  });
}

const source = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom<JsonObject>({ emptyDir: {} }, { secret: { secretName: 's' } }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<JsonObject>({ configMap: { name: 'c' } }, { projected: { sources: [] } }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<JsonObject>(
      { hostPath: { path: '/var' } },
      { nfs: { server: 'nfs.example.com', path: '/' } },
      { iscsi: { targetPortal: '10.0.0.1', iqn: 'iqn.2001-04.com.example:storage', lun: 0 } },
      { gitRepo: { repository: 'https://example.com/x.git' } },
      { image: { reference: 'registry.invalid/x:v1' } },
      { persistentVolumeClaim: { claimName: 'p' } },
      { csi: { driver: 'csi.example.com' } },
      { downwardAPI: {} },
    ),
  },
);

const sysctlNames = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_notsent_lowat',
  'kernel.msgmax',
];

const podContext = map({
  ...contextFields,
  sysctls: sometimes(
    fc.subarray(sysctlNames, { maxLength: 2 }).map((names) => names.map((name) => ({ name, value: '1' }))),
    1,
  ),
});

/** Specs of pods, nearly all of which the API server accepts as valid. */
export const podSpec: fc.Arbitrary<JsonObject> = fc
  .record({
    fields: map({
      hostNetwork: field([false], [true]),
      hostPID: field([false], [true]),
      hostIPC: field([false], [true]),
      hostUsers: field([true], [false, false, false]),
      securityContext: sometimes(podContext, 6),
      volumes: sometimes(
        fc
          .array(source, { maxLength: 2 })
          .map((sources) =>
            sources.map((one, index): JsonObject => ({ name: `v${index}`, ...one })),
          ) as fc.Arbitrary<Json>,
      ),
    }),
    main: fc.oneof(
      { weight: 2, arbitrary: fc.tuple(container('web', 'main')) },
      { weight: 1, arbitrary: fc.tuple(container('web', 'main'), container('proxy', 'main')) },
    ),
    init: fc.oneof(fc.constant([]), fc.tuple(container('init', 'init'))),
  })
  .map(
    ({ fields, main, init }): JsonObject => ({
      ...fields,
      containers: main,
      ...(init.length > 0 && { initContainers: init }),
    }),
  );

const osField = field([{ name: 'linux' }], [{ name: 'windows' }]);
const ephemeral = fc.array(container('debug', 'ephemeral'), { maxLength: 1 });
const profile = map({ type: field(['RuntimeDefault', 'Localhost'], ['Unconfined', '']) });
const windowsOptions = map({ hostProcess: field([false], [true]) });

/** Pods with fields and annotations that the API server would refuse, or change, before the checks see them. */
export const uncheckedPod: fc.Arbitrary<JsonObject> = fc
  .record({
    spec: podSpec,
    os: osField,
    ephemeral,
    pod: map({ appArmorProfile: sometimes(profile), windowsOptions: sometimes(windowsOptions) }),
    container: map({ appArmorProfile: sometimes(profile), windowsOptions: sometimes(windowsOptions) }),
    annotations: map({
      'seccomp.security.alpha.kubernetes.io/pod': field(
        ['runtime/default', 'localhost/x'],
        ['unconfined', ''],
      ),
      'container.seccomp.security.alpha.kubernetes.io/web': field(['docker/default'], ['unconfined']),
      'container.seccomp.security.alpha.kubernetes.io/other': field([], ['unconfined']),
      'container.apparmor.security.beta.kubernetes.io/web': field(
        ['runtime/default', 'localhost/x', ''],
        ['unconfined'],
      ),
      'container.apparmor.security.beta.kubernetes.io/other': field([], ['un"con\u0007fi\u00e9ned\n']),
    }),
  })
  .map(({ spec, os, ephemeral, pod, container, annotations }): JsonObject => {
    const [first, ...others] = spec['containers'] as JsonObject[];
    return {
      metadata: { annotations },
      spec: {
        ...spec,
        ...(os !== undefined && { os }),
        ...(ephemeral.length > 0 && { ephemeralContainers: ephemeral }),
        securityContext: { ...(spec['securityContext'] as JsonObject | undefined), ...pod },
        containers: [
          {
            ...first,
            securityContext: { ...(first?.['securityContext'] as JsonObject | undefined), ...container },
          },
          ...others,
        ],
      },
    };
  });
