/** What SPIFFE does not allow, in words. */
export class InvalidIdentity extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'InvalidIdentity';
  }
}

const SCHEME = 'spiffe://';

/**
 * Holds text against the SPIFFE standard.
 *
 * @returns the trust domain of the SPIFFE ID
 * @throws InvalidIdentity
 */
export function trustDomainOf(id: string): string {
  if (id === '') throw new InvalidIdentity('cannot be empty');
  if (!id.startsWith(SCHEME)) throw new InvalidIdentity('scheme is missing or invalid');
  const [trustDomain = '', ...segments] = id.slice(SCHEME.length).split('/');
  refuseInvalidTrustDomain(trustDomain);
  for (const [index, segment] of segments.entries()) {
    if (segment === '')
      throw new InvalidIdentity(
        index === segments.length - 1
          ? 'path cannot have a trailing slash'
          : 'path cannot contain empty segments',
      );
    if (segment === '.' || segment === '..') throw new InvalidIdentity('path cannot contain dot segments');
    if (!/^[A-Za-z0-9._-]+$/.test(segment))
      throw new InvalidIdentity(
        'path segment characters are limited to letters, numbers, dots, dashes, and underscores',
      );
  }
  return trustDomain;
}

/**
 * The trust domain that `federatesWith` and the like name: by itself, or by a SPIFFE ID in it.
 *
 * @throws InvalidIdentity
 */
export function trustDomainNamed(text: string): string {
  if (text.includes(':/')) return trustDomainOf(text);
  refuseInvalidTrustDomain(text);
  return text;
}

function refuseInvalidTrustDomain(name: string): void {
  if (name === '') throw new InvalidIdentity('trust domain is missing');
  if (!/^[a-z0-9._-]+$/.test(name))
    throw new InvalidIdentity(
      'trust domain characters are limited to lowercase letters, numbers, dots, dashes, and underscores',
    );
}

/**
 * Holds a DNS name against what SPIRE takes.
 *
 * @returns whether it certainly is one; where it is not refused either, versions of SPIRE differ
 * @throws InvalidIdentity
 */
export function isDnsName(name: string): boolean {
  if (name.trim() === '') throw new InvalidIdentity('empty or only whitespace');
  const labels = name.split('.');
  const rest = labels[0] === '*' ? labels.slice(1) : labels;
  if (rest.length === 0 || rest.some((label) => label.includes('*')))
    throw new InvalidIdentity('a wildcard must be the whole first label');
  if (name.length > 255) throw new InvalidIdentity('length exceeded');
  for (const label of rest) {
    if (label === '' || label.length > 63)
      throw new InvalidIdentity('a label is empty, or longer than 63 characters');
    if (label.startsWith('-') || label.endsWith('-'))
      throw new InvalidIdentity(`label ${label} begins or ends with a hyphen`);
  }
  return (
    name.length <= 253 && rest.every((label) => /^[A-Za-z0-9-]+$/.test(label) && label.slice(2, 4) !== '--')
  );
}

/**
 * A selector of a workload, `type:value`.
 *
 * @throws InvalidIdentity
 */
export function refuseInvalidSelector(selector: string): void {
  const colon = selector.indexOf(':');
  if (colon < 0) throw new InvalidIdentity('expected at least one colon separating type from value');
  if (colon === 0) throw new InvalidIdentity('type cannot be empty');
  if (colon === selector.length - 1) throw new InvalidIdentity('value cannot be empty');
}
