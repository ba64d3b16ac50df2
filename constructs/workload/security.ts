import type { IContainer, IPodSpec } from 'kubernetes-models/v1';
import { defined } from '../defined.ts';

/** The user that a pod's processes run as. */
export interface RunAs {
  /** Numeric user id, not 0 unless root is allowed. */
  readonly user: number;
  /** @default the image's */
  readonly group?: number;
  /** Group that owns mounted volumes. @default none */
  readonly fsGroup?: number;
}

/** What a pod gives up of the hardened default, each by its name. */
export interface PodLoosening {
  /** Lets containers run as root. @default refused */
  readonly root?: 'allowed';
  /**
   * `unspecified` leaves the profile to the node, `Unconfined` turns filtering off.
   * @default RuntimeDefault
   */
  readonly seccomp?: 'unspecified' | 'Unconfined';
  /**
   * `mounted` gives the pod a token for the cluster's API; `unspecified` leaves it to the ServiceAccount.
   * @default not mounted
   */
  readonly serviceAccountToken?: 'mounted' | 'unspecified';
  /** Shares the node's network. @default its own */
  readonly hostNetwork?: 'shared';
  /** Shares the node's processes. @default its own */
  readonly hostPID?: 'shared';
}

/** What a container gives up of the hardened default, each by its name. */
export interface ContainerLoosening {
  /**
   * `unspecified` leaves the field out, which the API takes for writable.
   * @default read-only
   */
  readonly rootFilesystem?: 'writable' | 'unspecified';
  /** Lets a process gain more rights than its parent. @default refused */
  readonly privilegeEscalation?: 'allowed';
  /** Keeps the runtime's default capabilities. @default all dropped */
  readonly capabilities?: 'runtime-defaults';
  /** Linux capabilities added, such as `NET_BIND_SERVICE`. @default none */
  readonly addCapabilities?: readonly string[];
  /** Gives the container the rights of the node. @default refused */
  readonly privileged?: 'allowed';
}

/** What a container states for itself although its pod states it too; by default it states nothing. */
export interface ContainerSecurity {
  readonly runAsNonRoot?: true;
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  readonly seccomp?: 'RuntimeDefault';
}

/** @returns the pod's part of the hardened default, less what is given up. */
export function podSecurity(runAs: RunAs | undefined, loosen: PodLoosening) {
  const seccomp = loosen.seccomp ?? 'RuntimeDefault';
  return defined<NonNullable<IPodSpec['securityContext']>>({
    runAsNonRoot: loosen.root === 'allowed' ? undefined : true,
    runAsUser: runAs?.user,
    runAsGroup: runAs?.group,
    fsGroup: runAs?.fsGroup,
    seccompProfile: seccomp === 'unspecified' ? undefined : { type: seccomp },
  });
}

/** @returns a container's part of the hardened default, less what is given up. */
export function containerSecurity(stated: ContainerSecurity, loosen: ContainerLoosening) {
  const add = loosen.addCapabilities ?? [];
  const drop = loosen.capabilities === 'runtime-defaults' ? undefined : ['ALL'];
  const capabilities = { ...(drop && { drop }), ...(add.length > 0 && { add: [...add] }) };
  return defined<NonNullable<IContainer['securityContext']>>({
    runAsNonRoot: stated.runAsNonRoot,
    runAsUser: stated.runAsUser,
    runAsGroup: stated.runAsGroup,
    privileged: loosen.privileged === 'allowed' ? true : undefined,
    allowPrivilegeEscalation: loosen.privilegeEscalation === 'allowed',
    readOnlyRootFilesystem: ROOT_FILESYSTEM[loosen.rootFilesystem ?? 'read-only'],
    capabilities: Object.keys(capabilities).length === 0 ? undefined : capabilities,
    seccompProfile: stated.seccomp && { type: stated.seccomp },
  });
}

const ROOT_FILESYSTEM = { 'read-only': true, writable: false, unspecified: undefined } as const;
