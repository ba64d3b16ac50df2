import { cidrContains, cidrFault } from '../../constructs/validate/cidr.ts';
import type { Conflict } from '../platform.ts';
import { NAMESPACE, NETWORK_RANGES, PREVIEW_SUFFIX, PRIVATE_RANGES } from './names.ts';
import type { Parameters } from './parameters.ts';

/** The class that AKS itself provides, and that an installation therefore cannot make. */
const BUILT_IN_CLASS = 'azurefile-csi-premium';

/** Bits of the widest range of GitHub that sandboxes may reach. */
const WIDEST_PREFIX = 16;

/** @returns combinations that cannot work, each with the reason. */
export function conflicts(parameters: Parameters): Conflict[] {
  const { database, jobs, workspace, gateway, preview, sandbox } = parameters;
  const found: Conflict[] = [];
  const refuse: Refuse = (path, what, remedy) => void found.push({ path, what, remedy });

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
  addresses(parameters, refuse);
  hosts(parameters, refuse);
  return found;
}

type Refuse = (path: string, what: string, remedy: string) => void;

function addresses({ database, sandbox }: Parameters, refuse: Refuse): void {
  for (const [path, range, faultOf] of [
    ['/database/subnet', database.subnet, subnetFault],
    ['/sandbox/githubRange', sandbox.githubRange, githubFault],
  ] as const) {
    const fault = malformed(range) ?? faultOf(range);
    if (fault === undefined) continue;
    const [why, remedy] = fault;
    refuse(path, `${path.slice(1).replace('/', '.')} ${range} ${why}`, remedy);
  }
}

type Fault = readonly [why: string, remedy: string];

function malformed(range: string): Fault | undefined {
  const fault = cidrFault(range);
  if (fault === undefined) return undefined;
  return [fault, 'give the address of the network itself, such as 10.225.0.0/28'];
}

function subnetFault(range: string): Fault | undefined {
  if (NETWORK_RANGES.some((network) => cidrContains(network, range))) return undefined;
  return [
    'is in no private network (RFC 1918), where a delegated subnet always is',
    'give the range of that subnet, such as 10.225.0.0/28',
  ];
}

function githubFault(range: string): Fault | undefined {
  const inside = PRIVATE_RANGES.find((each) => cidrContains(each, range) || cidrContains(range, each));
  if (inside !== undefined) {
    return [
      `overlaps ${inside}, where nodes, pods and Services answer`,
      'give a public range; no sandbox may reach the inside',
    ];
  }
  if (Number(range.slice(range.indexOf('/') + 1)) >= WIDEST_PREFIX) return undefined;
  return [
    `is wider than /${WIDEST_PREFIX}, so sandboxes could reach far more than GitHub`,
    'give a range that GitHub publishes, such as 140.82.112.0/20',
  ];
}

function hosts({ zone, host, preview, defaultDomainCertificate }: Parameters, refuse: Refuse): void {
  if (host === undefined) return;
  if (defaultDomainCertificate && !isDirectlyBelow(host, zone)) {
    const what = `host ${host} is not covered by the certificate for *.${zone}`;
    const remedy = `use one name below ${zone}, or bring a certificate and set defaultDomainCertificate to false`;
    refuse('/host', what, remedy);
  }
  if (preview.enabled && isDirectlyBelow(host, zone) && host.endsWith(`${PREVIEW_SUFFIX}.${zone}`)) {
    const what = `host ${host} is a name of the previews, <token>${PREVIEW_SUFFIX}.${zone}`;
    refuse('/host', what, 'choose another name, or leave host out');
  }
}

function isDirectlyBelow(host: string, zone: string): boolean {
  return host.endsWith(`.${zone}`) && !host.slice(0, -zone.length - 1).includes('.');
}
