import { createHash } from 'node:crypto';
import { identityKey, type ObjectIdentity } from '../core/manifest.ts';

/**
 * What makes a finding the same finding in another run: rule, object and path, not file or line.
 *
 * @returns 16 hex digits
 */
export function fingerprint(rule: string, object: ObjectIdentity, path: string): string {
  return createHash('sha256')
    .update(JSON.stringify([rule, identityKey(object), path]))
    .digest('hex')
    .slice(0, 16);
}
