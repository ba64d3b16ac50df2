import { cidrContains, cidrFault } from '../../constructs/validate/cidr.ts';
import type { Conflict } from '../platform.ts';
import { NAMESPACE, PRIVATE_RANGES } from './names.ts';
import type { Parameters } from './parameters.ts';

/** The class that AKS itself provides, and that an installation therefore cannot make. */
const BUILT_IN_CLASS = 'azurefile-csi-premium';

/** @returns combinations that cannot work, each with the reason. */
export function conflicts(parameters: Parameters): Conflict[] {
  const { database, jobs, workspace, gateway, preview, sandbox, host, zone } = parameters;
  const found: Conflict[] = [];
  const refuse = (path: string, what: string, remedy: string): void =>
    void found.push({ path, what, remedy });

  if (database.provider === 'sqlite') {
    for (const job of ['schemaMigration', 'sqliteImport'] as const) {
      if (!jobs[job]) continue;
      const what = `jobs.${job} with database.provider sqlite, but the Job writes to Postgres`;
      refuse(`/jobs/${job}`, what, 'remove one of the two');
    }
    if (workspace.createStorageClass) {
      const what =
        'workspace.createStorageClass with database.provider sqlite, which uses no persistent volume';
      refuse('/workspace/createStorageClass', what, 'remove one of the two');
    }
  }
  if (workspace.createStorageClass && workspace.storageClass === BUILT_IN_CLASS) {
    const what = `workspace.createStorageClass for ${BUILT_IN_CLASS}, which AKS makes and does not let you change`;
    refuse(
      '/workspace/createStorageClass',
      what,
      'give workspace.storageClass a name of its own, such as azurefile-csi-premium-uid1000',
    );
  }
  if (gateway.ingressNamespace === NAMESPACE) {
    const what = `gateway.ingressNamespace ${NAMESPACE}, whose pods are sandboxes too; all of them could call the API`;
    refuse('/gateway/ingressNamespace', what, 'name the namespace of the shared gateways');
  }
  if (preview.firstPort > preview.lastPort) {
    const what = `preview.firstPort ${preview.firstPort} is above preview.lastPort ${preview.lastPort}`;
    refuse('/preview/firstPort', what, 'swap the two');
  } else if (preview.firstPort === sandbox.a2aPort && preview.lastPort === sandbox.a2aPort) {
    const what = `preview ports are only the A2A port ${sandbox.a2aPort}, which no preview may reach`;
    refuse('/preview/firstPort', what, 'choose a range with other ports in it');
  }
  const ranges = { '/database/subnet': database.subnet, '/sandbox/githubRange': sandbox.githubRange };
  for (const [path, range] of Object.entries(ranges)) {
    const fault = cidrFault(range);
    if (fault !== undefined)
      refuse(
        path,
        `${path.slice(1).replace('/', '.')} ${range} ${fault}`,
        'give the address of the network itself, such as 10.225.0.0/28',
      );
  }
  const inside = PRIVATE_RANGES.find((range) => overlap(range, sandbox.githubRange));
  if (inside !== undefined && cidrFault(sandbox.githubRange) === undefined) {
    const what = `sandbox.githubRange ${sandbox.githubRange} overlaps ${inside}, where nodes, pods and Services answer`;
    refuse('/sandbox/githubRange', what, 'give a public range; no sandbox may reach the inside');
  }
  if (parameters.defaultDomainCertificate && host !== undefined && !isDirectlyBelow(host, zone)) {
    const what = `host ${host} is not covered by the certificate for *.${zone}`;
    refuse(
      '/host',
      what,
      `use one name below ${zone}, or bring a certificate and set defaultDomainCertificate to false`,
    );
  }
  return found;
}

function isDirectlyBelow(host: string, zone: string): boolean {
  return host.endsWith(`.${zone}`) && !host.slice(0, -zone.length - 1).includes('.');
}

function overlap(a: string, b: string): boolean {
  return cidrContains(a, b) || cidrContains(b, a);
}
