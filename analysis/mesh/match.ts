import { RE2JS } from 're2js';
import type { Json } from '../../core/manifest.ts';
import { isMap, valueAt } from '../../inventory/index.ts';
import { type Address, containsAddress } from '../sets/index.ts';
import { addressBlock, claimPath, DESTINATION_PORT, HOST, headerName, METHOD, PATH } from './attributes.ts';
import type { Connection, Identity } from './connection.ts';
import type { Condition, MeshProxy } from './model.ts';
import { requestPath } from './request-path.ts';
import { every, not, some, type Ternary } from './ternary.ts';
import { isPathTemplate, matchesTemplate, matchesText } from './text-pattern.ts';

/** @returns whether a connection meets a condition: any of the values, and none of the others. */
export function meets(condition: Condition, connection: Connection): Ternary {
  const is = (value: string): Ternary => hasValue(condition.attribute, value, connection);
  return every(
    [
      condition.values.length === 0 ? true : some(condition.values, is),
      condition.notValues.length === 0 ? true : not(some(condition.notValues, is)),
    ],
    (held) => held,
  );
}

function hasValue(attribute: string, value: string, connection: Connection): Ternary {
  const { request } = connection;
  switch (attribute) {
    case 'source.principal':
      return ofIdentity(connection, ({ principal }) => isPrincipal(value, principal, connection));
    case 'source.namespace':
      return ofIdentity(connection, (identity) => isNamespace(value, identity, connection.proxy));
    case 'source.trustDomain':
      return ofIdentity(connection, ({ principal }) => isTrustDomain(value, principal, connection.proxy));
    case 'source.serviceAccount':
      return ofIdentity(connection, ({ principal }) =>
        principal === undefined ? undefined : principal.endsWith(`/ns/${value.replace('/', '/sa/')}`),
      );
    case 'source.ip':
      return isAddress(value, connection.sourceIp);
    case 'remote.ip':
      // who stands behind a proxy depends on which proxies are trusted
      return request !== undefined && 'x-forwarded-for' in request.headers
        ? undefined
        : isAddress(value, connection.sourceIp);
    case 'destination.ip':
      return connection.destinationIps.length === 1
        ? isAddress(value, connection.destinationIps[0])
        : undefined;
    case DESTINATION_PORT:
      return connection.port === undefined ? undefined : connection.port === Number(value);
    case 'connection.sni':
      return isText(value, connection.sni);
    case HOST:
      return isText(value.toLowerCase(), request?.host?.toLowerCase());
    case METHOD:
      return isText(value, request?.method);
    case PATH:
      return isPath(value, request?.path);
    default:
      return request === undefined ? undefined : ofRequest(attribute, value, request.headers, request.claims);
  }
}

function ofIdentity({ identity }: Connection, test: (identity: Identity) => Ternary): Ternary {
  if (identity === null) return false;
  return identity === undefined ? undefined : test(identity);
}

/** In a policy, `cluster.local` is whatever the mesh's trust domain is; for ztunnel, that is not certain. */
function isPrincipal(
  value: string,
  principal: string | undefined,
  { trustDomain, proxy }: Connection,
): Ternary {
  if (value === '*') return true;
  if (principal === undefined || value.includes('://')) return undefined;
  const own = value.split('/').length === 5 ? value.replace(/^cluster\.local\//, `${trustDomain}/`) : value;
  const matches = matchesText(own, principal);
  return matches !== matchesText(value, principal) && (!matches || proxy === 'ztunnel') ? undefined : matches;
}

/** ztunnel compares the namespace, other proxies the principal, in which a star may stand for more. */
function isNamespace(value: string, { namespace, principal }: Identity, proxy: MeshProxy): Ternary {
  if (proxy !== 'ztunnel' && principal === undefined && value !== '*' && value.includes('*'))
    return undefined;
  if (proxy === 'ztunnel' || principal === undefined)
    return namespace === undefined ? undefined : matchesText(value, namespace);
  const pattern = value.split('*').map((part) => part.replace(/[^\w]/g, '\\$&'));
  return RE2JS.compile(`.*/ns/${pattern.join('.*')}/.*`).matches(principal);
}

/** ztunnel does not read trust domains of a source. */
function isTrustDomain(value: string, principal: string | undefined, proxy: MeshProxy): Ternary {
  if (proxy === 'ztunnel' || principal === undefined) return undefined;
  return matchesText(value, principal.split('/')[0] ?? '');
}

function isAddress(value: string, address: Address | undefined): Ternary {
  const block = addressBlock(value);
  return address === undefined || block === undefined ? undefined : containsAddress(block, address);
}

function isText(value: string, text: string | undefined): Ternary {
  return text === undefined ? undefined : matchesText(value, text);
}

function isPath(value: string, written: string | undefined): Ternary {
  const path = written === undefined ? undefined : requestPath(written);
  if (path === undefined) return undefined;
  return isPathTemplate(value) ? matchesTemplate(value, path) : matchesText(value, path);
}

function ofRequest(
  attribute: string,
  value: string,
  headers: Readonly<Record<string, string>>,
  claims: Json,
): Ternary {
  const header = headerName(attribute);
  if (header !== undefined) {
    if (header.startsWith(':') || header === 'host') return undefined;
    const text = Object.hasOwn(headers, header) ? headers[header] : undefined;
    return text !== undefined && (value === '*' || matchesText(value, text));
  }
  if (attribute.startsWith('request.auth.') && !isMap(claims)) return false;
  switch (attribute) {
    case 'request.auth.principal':
      return isRequestPrincipal(value, valueAt(claims, 'iss'), valueAt(claims, 'sub'));
    case 'request.auth.audiences':
      return isClaim(value, valueAt(claims, 'aud'));
    case 'request.auth.presenter':
      return isClaim(value, valueAt(claims, 'azp'));
  }
  const path = claimPath(attribute);
  return path === undefined ? undefined : isClaim(value, claimAt(claims, path));
}

/** Issuer and subject stand before and behind the last slash of a value; a star alone is any text but the empty one. */
function isRequestPrincipal(value: string, issuer: Json | undefined, subject: Json | undefined): boolean {
  if (typeof issuer !== 'string' || typeof subject !== 'string') return false;
  const slash = value.lastIndexOf('/');
  const before = slash < 0 ? value : value.slice(0, slash);
  const behind = value.slice(slash + 1);
  if (value === '*') return issuer !== '' && subject !== '';
  if (value.startsWith('*'))
    return slash < 0
      ? issuer !== '' && matchesText(value, subject)
      : matchesText(before, issuer) && behind === subject;
  if (value.endsWith('*'))
    return slash < 0
      ? matchesText(value, issuer) && subject !== ''
      : before === issuer && matchesText(behind, subject);
  return slash < 0 ? value === issuer && subject === '' : before === issuer && behind === subject;
}

/** Lists that a token may hold as one text with spaces. */
const SPACED = new Set(['scope', 'permission']);

function claimAt(claims: Json, path: readonly string[]): Json | undefined {
  const claim = valueAt(claims, ...path);
  const [name = '', ...below] = path;
  return typeof claim === 'string' && below.length === 0 && SPACED.has(name)
    ? claim.split(' ').filter((word) => word !== '')
    : claim;
}

function isClaim(value: string, claim: Json | undefined): Ternary {
  if (claim === undefined || claim === null) return false;
  if (typeof claim === 'string') return matchesText(value, claim);
  if (Array.isArray(claim))
    return some(claim, (item) => (typeof item === 'string' ? matchesText(value, item) : undefined));
  return undefined;
}
