import { type AddressSet, parseAddress, parseCidr, singleAddress } from '../sets/index.ts';
import { Refused } from './field.ts';
import type { Condition, MeshProxy } from './model.ts';
import { isValidPath } from './text-pattern.ts';

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
  'source.trustDomain',
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
      return /^\d{1,5}$/.test(value) && Number(value) <= 65535;
    case PATH:
      return isValidPath(value);
    case 'source.serviceAccount':
      return !value.includes('*') && value.split('/').length <= 2 && !value.split('/').includes('');
    case 'source.trustDomain':
      return !value.includes('/') && /^(\*?[^*]*|[^*]*\*)$/.test(value);
    default:
      return true;
  }
}

/** What every proxy can judge of a connection. */
const CONNECTION = new Set([
  'source.ip',
  'source.namespace',
  'source.principal',
  'source.trustDomain',
  'source.serviceAccount',
  'destination.ip',
  DESTINATION_PORT,
]);

/** What ztunnel takes for an attribute of requests where a key of `when` names it. */
const NOT_BY_KEY = new Set(['source.trustDomain', 'source.serviceAccount']);

/**
 * Whether an attribute is one of connections, and not only of requests.
 *
 * @param named whether a key of `when` names it
 */
export function isOfConnections(attribute: string, proxy: MeshProxy, named: boolean): boolean {
  if (proxy === 'ztunnel') return CONNECTION.has(attribute) && !(named && NOT_BY_KEY.has(attribute));
  return (
    CONNECTION.has(attribute) ||
    /^(remote\.ip|connection\.sni|experimental\.envoy\.filters\..*)$/.test(attribute)
  );
}
