import { isIPv4, isIPv6 } from 'node:net';

/**
 * Says what is wrong with a CIDR. The host bits must be zero: Kubernetes would ignore them, and what a reader
 * takes for one host would be a whole network.
 *
 * @returns undefined when nothing is
 */
export function cidrFault(text: string): string | undefined {
  const slash = text.indexOf('/');
  if (slash < 0) return 'has no prefix length';
  const address = text.slice(0, slash);
  const prefix = text.slice(slash + 1);
  const bits = bitsOf(address);
  if (bits === undefined) return 'has no IP address before the "/"';
  if (!/^(0|[1-9]\d{0,2})$/.test(prefix) || Number(prefix) > bits.length) {
    return `has a prefix length that is not from 0 to ${bits.length}`;
  }
  return bits.slice(Number(prefix)).includes('1') ? 'has host bits set' : undefined;
}

/** @returns whether network `inner` lies within network `outer`; both must be valid. */
export function cidrContains(outer: string, inner: string): boolean {
  const [outerBits, outerPrefix] = split(outer);
  const [innerBits, innerPrefix] = split(inner);
  return (
    outerBits.length === innerBits.length &&
    outerPrefix <= innerPrefix &&
    outerBits.slice(0, outerPrefix) === innerBits.slice(0, outerPrefix)
  );
}

function split(cidr: string): [bits: string, prefix: number] {
  const slash = cidr.indexOf('/');
  return [bitsOf(cidr.slice(0, slash)) ?? '', Number(cidr.slice(slash + 1))];
}

/** @returns an address as a text of 32 or 128 binary digits. */
function bitsOf(address: string): string | undefined {
  if (isIPv4(address))
    return address
      .split('.')
      .map((octet) => binary(Number(octet), 8))
      .join('');
  if (!isIPv6(address) || address.includes('%')) return undefined;
  // An embedded IPv4 address stands for the last two groups.
  const plain = address.replace(/[\d.]+\.\d+$/, (v4) => {
    const [a = 0, b = 0, c = 0, d = 0] = v4.split('.').map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
  const [head = '', tail] = plain.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...zeros, ...right].map((group) => binary(Number.parseInt(group, 16), 16)).join('');
}

function binary(value: number, width: number): string {
  return value.toString(2).padStart(width, '0');
}
