import { appArmorProfile } from './app-armor.ts';
import { capabilitiesBaseline, capabilitiesRestricted } from './capabilities.ts';
import type { Check } from './check.ts';
import { hostNamespaces, hostPathVolumes, hostPorts, hostProbesAndHostLifecycle } from './host.ts';
import { allowPrivilegeEscalation, privileged, windowsHostProcess } from './privilege.ts';
import { procMount, procMountRestricted } from './proc-mount.ts';
import { runAsNonRoot, runAsUser } from './run-as.ts';
import { seLinuxOptions } from './se-linux.ts';
import { seccompBaseline, seccompRestricted } from './seccomp.ts';
import { sysctls } from './sysctls.ts';
import { restrictedVolumes } from './volumes.ts';

/** Every check of the Pod Security Standards, in the order in which admission names them. */
export const CHECKS: readonly Check[] = [
  appArmorProfile,
  capabilitiesBaseline,
  hostNamespaces,
  hostPathVolumes,
  hostPorts,
  hostProbesAndHostLifecycle,
  privileged,
  procMount,
  seLinuxOptions,
  seccompBaseline,
  sysctls,
  windowsHostProcess,
  allowPrivilegeEscalation,
  capabilitiesRestricted,
  procMountRestricted,
  restrictedVolumes,
  runAsNonRoot,
  runAsUser,
  seccompRestricted,
];
