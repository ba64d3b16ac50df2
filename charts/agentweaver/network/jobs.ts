import type { Construct } from 'constructs';
import { isIn, where } from '../../../constructs/labels/selector.ts';
import { dns, NetworkPolicy } from '../../../constructs/network/network-policy.ts';
import type { Installation } from '../installation.ts';
import { NAMES } from '../names.ts';
import { postgres } from './peers.ts';

/** What the one-time Jobs may call (no policy of the original selects them, so they may call anything). */
export function jobEgress(area: Construct, install: Installation): void {
  const { schemaMigration, sqliteImport } = install.parameters.jobs;
  const [first, ...others] = [
    ...(schemaMigration ? [NAMES.schemaMigration] : []),
    ...(sqliteImport ? [NAMES.sqliteImport] : []),
  ];
  if (first === undefined) return;
  new NetworkPolicy(area, 'jobs-egress-allowlist', {
    pods: where(isIn('app', first, ...others)),
    egress: [dns, postgres(install)],
  });
}
