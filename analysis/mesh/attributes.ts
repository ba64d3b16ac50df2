import { type AddressSet, parseAddress, parseCidr, singleAddress } from '../sets/index.ts';
import { Refused } from './field.ts';
import type { Condition, MeshProxy } from './model.ts';
import { isPathTemplate, isValidTemplate } from './text-pattern.ts';

export const DESTINATION_PORT = 'destination.port';
/** Attributes of operations have no key that `when` could name. */
export const HOST = 'request.host';
export const METHOD = 'request.method';
export const PATH = 'request.path';

const HEADER = /^request\.headers\[([^[\]]+)\]$/;
const CLAIM = /^request\.auth\.claims((?:\[[^[\]]+\])+)$/;
const FILTER = 'experimental.envoy.filters.';

const KEYS = new Set([
  'source.ip',
  'remote.ip',
  'source.namespace',
  'source.principal',
  'source.serviceAccount',
  'request.auth.principal',
  'request.auth.audiences',
  'request.auth.presenter',
  'destination.ip',
  DESTINATION_PORT,
  'connection.sni',
]);

/** @returns the lower-case name of a header that an attribute is. */
export function headerName(attribute: string): string | undefined {
  return HEADER.exec(attribute)?.[1]?.toLowerCase();
}

/** @returns the path of a claim that an attribute is, such as `["realm", "roles"]`. */
export function claimPath(attribute: string): string[] | undefined {
  return CLAIM.exec(attribute)?.[1]?.slice(1, -1).split('][');
}

/** @returns the addresses of a block, or of an address alone. */
export function addressBlock(text: string): AddressSet | undefined {
  const address = parseAddress(text);
  return address === undefined ? parseCidr(text) : singleAddress(address);
}

/**
 * @param named whether a key of `when` names the attribute
 * @throws Refused where istiod would not take the condition
 */
export function checkCondition(
  { attribute, values, notValues }: Condition,
  where: string,
  named: boolean,
): void {
  if (named && !isKey(attribute)) throw new Refused(`${where} has the unknown key ${attribute}`);
  for (const value of [...values, ...notValues]) {
    if (!isValid(attribute, value)) throw new Refused(`${where} has ${value}, which is no ${attribute}`);
  }
}

function isKey(key: string): boolean {
  return (
    KEYS.has(key) ||
    headerName(key) !== undefined ||
    claimPath(key) !== undefined ||
    (key.startsWith(FILTER) && key.length > FILTER.length)
  );
}

function isValid(attribute: string, value: string): boolean {
  switch (attribute) {
    case 'source.ip':
    case 'remote.ip':
    case 'destination.ip':
      return addressBlock(value) !== undefined;
    case DESTINATION_PORT:
      return /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65535;
    case PATH:
      return !isPathTemplate(value) || isValidTemplate(value);
    case 'source.serviceAccount':
      return !value.includes('*') && value.split('/').length <= 2 && !value.split('/').includes('');
    default:
      return true;
  }
}

/** What a proxy that sees no requests can judge. */
const CONNECTION = [
  'source.ip',
  'source.namespace',
  'source.principal',
  'source.serviceAccount',
  'destination.ip',
  DESTINATION_PORT,
];

/** @returns whether an attribute is one of connections, and not only of requests, for a proxy. */
export function isOfConnections(attribute: string, proxy: MeshProxy): boolean {
  if (CONNECTION.includes(attribute)) return true;
  return (
    proxy !== 'ztunnel' &&
    (['remote.ip', 'connection.sni'].includes(attribute) || attribute.startsWith(FILTER))
  );
}
