import type { Check, PodCheck } from './check.ts';
import { mapsAt, pathAt, textAt } from './field.ts';

const SAFE_0 = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_unprivileged_port_start',
];
const SAFE_27 = [...SAFE_0, 'net.ipv4.ip_local_reserved_ports'];
const SAFE_29 = [
  ...SAFE_27,
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
];
const SAFE_32 = [...SAFE_29, 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem'];
const SAFE_37 = [...SAFE_32, 'net.ipv4.tcp_slow_start_after_idle', 'net.ipv4.tcp_notsent_lowat'];

/** A pod sets none but kernel parameters that touch itself alone. */
export const sysctls: Check = {
  id: 'sysctls',
  level: 'baseline',
  versions: [
    { since: 0, check: only(SAFE_0) },
    { since: 27, check: only(SAFE_27) },
    { since: 29, check: only(SAFE_29) },
    { since: 32, check: only(SAFE_32) },
    { since: 37, check: only(SAFE_37) },
  ],
};

function only(safe: readonly string[]): PodCheck {
  return ({ security }) => {
    const unsafe = mapsAt(security, 'sysctls')
      .map((node) => ({ name: textAt(node, 'name') ?? '', path: pathAt(node, 'name') }))
      .filter(({ name }) => !safe.includes(name));
    if (unsafe.length === 0) return undefined;
    return {
      reason: 'forbidden sysctls',
      detail: unsafe.map(({ name }) => name).join(', '),
      paths: unsafe.map(({ path }) => path),
    };
  };
}
