import type { Construct } from 'constructs';
import type { Gateways } from '../gateways.ts';
import type { Installation } from '../installation.ts';
import { appEgress, appIngress } from './apps.ts';
import { egressByName } from './by-name.ts';
import { jobEgress } from './jobs.ts';
import { sandboxPolicies } from './sandbox.ts';
import { workerEgress } from './worker.ts';

/** Every network policy: what it does not allow is denied for each pod that it selects. */
export function composeNetwork(area: Construct, install: Installation, gateways: Gateways): void {
  appIngress(area, install, gateways);
  appEgress(area, install);
  if (!install.throwaway) workerEgress(area, install);
  sandboxPolicies(area, install, gateways);
  egressByName(area, install);
  jobEgress(area, install);
}
