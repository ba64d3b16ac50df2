import type { Json, JsonObject } from '../../core/manifest.ts';

/** One rule as each tool is given it. All say the same about the objects of this benchmark. */
export interface Rule {
  /** Our rule, below `rego/gate/workload`. */
  readonly slug: string;
  /** Breaks this rule, and no other, in a sound pod spec. */
  readonly breakPod: (pod: JsonObject) => JsonObject;
  /** Rego conditions for conftest and Gatekeeper, over `pod`, `container` (each of `containers`) and `volume`. */
  readonly rego: string;
  /** Pod spec patterns for Kyverno, one of which must hold. */
  readonly kyverno: readonly JsonObject[];
}

/** The twenty rules, written as the users of each tool write them. */
export const RULES: readonly Rule[] = [
  {
    slug: 'image-pinned',
    breakPod: container({ image: 'registry.example.com/shop/web:latest' }),
    rego: 'some container in containers\nendswith(container.image, ":latest")',
    kyverno: inContainers({ image: '!*:latest' }),
  },
  {
    slug: 'image-registry',
    breakPod: container({ image: 'shop/web:v1.4.2' }),
    rego: 'some container in containers\nnot contains(split(container.image, "/")[0], ".")',
    kyverno: inContainers({ image: '*.*/*' }),
  },
  {
    slug: 'resource-requests',
    breakPod: container({ resources: { limits: { memory: '256Mi' }, requests: { memory: '128Mi' } } }),
    rego: 'some container in containers\nsome resource in ["cpu", "memory"]\nnot container.resources.requests[resource]',
    kyverno: inContainers({ resources: { requests: { cpu: '?*', memory: '?*' } } }),
  },
  {
    slug: 'memory-limit',
    breakPod: container({ resources: { requests: { cpu: '100m', memory: '128Mi' } } }),
    rego: 'some container in containers\nnot container.resources.limits.memory',
    kyverno: inContainers({ resources: { limits: { memory: '?*' } } }),
  },
  {
    slug: 'liveness-probe',
    breakPod: container({ livenessProbe: undefined }),
    rego: 'some container in pod.containers\nnot container.livenessProbe',
    kyverno: [{ containers: [{ livenessProbe: { periodSeconds: '>0' } }] }],
  },
  {
    slug: 'readiness-probe',
    breakPod: container({ readinessProbe: undefined }),
    rego: 'some container in pod.containers\nnot container.readinessProbe',
    kyverno: [{ containers: [{ readinessProbe: { periodSeconds: '>0' } }] }],
  },
  {
    slug: 'run-as-non-root',
    breakPod: podSecurity({ runAsNonRoot: undefined, runAsUser: undefined }),
    rego: 'some container in containers\nnot object.get(container, ["securityContext", "runAsNonRoot"], object.get(pod, ["securityContext", "runAsNonRoot"], false))',
    kyverno: [
      { securityContext: { runAsNonRoot: true } },
      ...inContainers({ securityContext: { runAsNonRoot: true } }),
    ],
  },
  {
    slug: 'root-user',
    breakPod: containerSecurity({ runAsUser: 0 }),
    rego: 'some container in containers\ncontainer.securityContext.runAsUser == 0',
    kyverno: inContainers({ '=(securityContext)': { '=(runAsUser)': '>0' } }),
  },
  {
    slug: 'privilege-escalation',
    breakPod: containerSecurity({ allowPrivilegeEscalation: undefined }),
    rego: 'some container in containers\nobject.get(container, ["securityContext", "allowPrivilegeEscalation"], true) != false',
    kyverno: inContainers({ securityContext: { allowPrivilegeEscalation: false } }),
  },
  {
    slug: 'capabilities-dropped',
    breakPod: containerSecurity({ capabilities: { drop: ['NET_RAW'] } }),
    rego: 'some container in containers\nnot "ALL" in object.get(container, ["securityContext", "capabilities", "drop"], [])',
    kyverno: inContainers({ securityContext: { capabilities: { drop: ['ALL'] } } }),
  },
  {
    slug: 'capabilities-added',
    breakPod: containerSecurity({ capabilities: { drop: ['ALL'], add: ['SYS_ADMIN'] } }),
    rego: 'some container in containers\nsome capability in container.securityContext.capabilities.add\ncapability != "NET_BIND_SERVICE"',
    kyverno: inContainers({
      '=(securityContext)': { '=(capabilities)': { '=(add)': ['NET_BIND_SERVICE'] } },
    }),
  },
  {
    slug: 'privileged',
    breakPod: containerSecurity({ privileged: true }),
    rego: 'some container in containers\ncontainer.securityContext.privileged == true',
    kyverno: inContainers({ '=(securityContext)': { '=(privileged)': false } }),
  },
  {
    slug: 'host-namespaces',
    breakPod: (pod) => ({ ...pod, hostNetwork: true }),
    rego: 'some field in ["hostNetwork", "hostPID", "hostIPC"]\npod[field] == true',
    kyverno: [{ '=(hostNetwork)': false, '=(hostPID)': false, '=(hostIPC)': false }],
  },
  {
    slug: 'host-path',
    breakPod: (pod) => ({ ...pod, volumes: [{ name: 'tmp', hostPath: { path: '/var/lib/shop' } }] }),
    rego: 'some volume in pod.volumes\nvolume.hostPath\nnot endswith(volume.hostPath.path, ".sock")',
    kyverno: [{ '=(volumes)': [{ '=(hostPath)': { path: '*.sock' } }] }],
  },
  {
    slug: 'host-port',
    breakPod: container({ ports: [{ name: 'http', containerPort: 8080, hostPort: 8080, protocol: 'TCP' }] }),
    rego: 'some container in containers\nsome port in container.ports\nobject.get(port, "hostPort", 0) != 0',
    kyverno: inContainers({ '=(ports)': [{ '=(hostPort)': 0 }] }),
  },
  {
    slug: 'seccomp',
    breakPod: podSecurity({ seccompProfile: { type: 'Unconfined' } }),
    rego: 'some container in containers\nof_pod := object.get(pod, ["securityContext", "seccompProfile", "type"], "Unconfined")\nobject.get(container, ["securityContext", "seccompProfile", "type"], of_pod) == "Unconfined"',
    kyverno: [
      { securityContext: { seccompProfile: { type: 'RuntimeDefault | Localhost' } } },
      ...inContainers({ securityContext: { seccompProfile: { type: 'RuntimeDefault | Localhost' } } }),
    ],
  },
  {
    slug: 'read-only-root',
    breakPod: containerSecurity({ readOnlyRootFilesystem: false }),
    rego: 'some container in containers\nobject.get(container, ["securityContext", "readOnlyRootFilesystem"], false) != true',
    kyverno: inContainers({ securityContext: { readOnlyRootFilesystem: true } }),
  },
  {
    slug: 'default-service-account',
    breakPod: (pod) => ({ ...pod, automountServiceAccountToken: true, serviceAccountName: 'default' }),
    rego: 'pod.automountServiceAccountToken == true\nobject.get(pod, "serviceAccountName", "default") == "default"',
    kyverno: [{ '=(automountServiceAccountToken)': false }, { serviceAccountName: '!default' }],
  },
  {
    slug: 'empty-dir-limit',
    breakPod: (pod) => ({ ...pod, volumes: [{ name: 'tmp', emptyDir: {} }] }),
    rego: 'some volume in pod.volumes\nvolume.emptyDir\nnot volume.emptyDir.sizeLimit',
    kyverno: [{ '=(volumes)': [{ '=(emptyDir)': { sizeLimit: '?*' } }] }],
  },
  {
    slug: 'runtime-socket',
    breakPod: (pod) => ({
      ...pod,
      volumes: [{ name: 'tmp', hostPath: { path: '/run/containerd/containerd.sock' } }],
    }),
    rego: 'some volume in pod.volumes\nendswith(volume.hostPath.path, ".sock")',
    kyverno: [{ '=(volumes)': [{ '=(hostPath)': { path: '!*.sock' } }] }],
  },
];

function container(change: Change): (pod: JsonObject) => JsonObject {
  return (pod) => ({
    ...pod,
    containers: (pod['containers'] as JsonObject[]).map((one) => merged(one, change)),
  });
}

function containerSecurity(change: Change): (pod: JsonObject) => JsonObject {
  return (pod) => ({
    ...pod,
    containers: (pod['containers'] as JsonObject[]).map((one) => ({
      ...one,
      securityContext: merged(one['securityContext'] as JsonObject, change),
    })),
  });
}

function podSecurity(change: Change): (pod: JsonObject) => JsonObject {
  return (pod) => ({ ...pod, securityContext: merged(pod['securityContext'] as JsonObject, change) });
}

/** New values of fields; undefined takes the field away. */
type Change = Readonly<Record<string, Json | undefined>>;

function merged(object: JsonObject, change: Change): JsonObject {
  return Object.fromEntries(
    Object.entries({ ...object, ...change }).filter(([, value]) => value !== undefined),
  );
}

function inContainers(pattern: JsonObject): JsonObject[] {
  return [{ containers: [pattern], '=(initContainers)': [pattern] }];
}
