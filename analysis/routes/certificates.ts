import { Buffer } from 'node:buffer';
import type { Json } from '../../core/manifest.ts';
import { type Inventory, type InventoryObject, listAt, textAt, valueAt } from '../../inventory/index.ts';
import { madeKey, madeSecrets } from '../references/made-objects.ts';
import { indexGrants } from '../references/permissions.ts';
import { groupAt } from './route.ts';

/** What is wrong with the certificates of a listener. */
interface CertificateProblem {
  readonly reason: 'RefNotPermitted' | 'InvalidCertificateRef';
  /** Whether a Secret is not in the input, which may be made elsewhere, and nothing else is wrong. */
  readonly missing: boolean;
}

export interface Certificates {
  /** @param owner of the listener: a Gateway or a ListenerSet */
  problem(owner: InventoryObject, listener: Json): CertificateProblem | undefined;
}

/** Judges what listeners refer to for TLS. */
export function certificatesOf(inventory: Inventory): Certificates {
  const grants = indexGrants(inventory);
  const made = madeSecrets(inventory);
  const problemOf = (owner: InventoryObject, reference: Json): CertificateProblem | undefined => {
    const group = groupAt(reference, '');
    const kind = textAt(reference, 'kind') ?? 'Secret';
    const namespace = textAt(reference, 'namespace') ?? owner.identity.namespace ?? 'default';
    const name = textAt(reference, 'name') ?? '';
    if (group !== '' || kind !== 'Secret') return { reason: 'InvalidCertificateRef', missing: false };
    const own = namespace === (owner.identity.namespace ?? 'default');
    if (!own && !grants.permits(owner, { group, kind, namespace, name }))
      return { reason: 'RefNotPermitted', missing: false };
    const secret = inventory.find('', 'Secret', namespace, name);
    if (secret !== undefined)
      return isCertificate(secret) ? undefined : { reason: 'InvalidCertificateRef', missing: false };
    if (made.has(madeKey(namespace, name)) || (own && isIssued(owner))) return undefined;
    return { reason: 'InvalidCertificateRef', missing: true };
  };
  return {
    problem: (owner, listener) => {
      const protocol = textAt(listener, 'protocol');
      if (protocol !== 'HTTPS' && protocol !== 'TLS') return undefined;
      if ((textAt(listener, 'tls', 'mode') ?? 'Terminate') !== 'Terminate') return undefined;
      const problems = listAt(listener, 'tls', 'certificateRefs')
        .map((reference) => problemOf(owner, reference))
        .filter((problem) => problem !== undefined);
      return problems.find(({ missing }) => !missing) ?? problems[0];
    },
  };
}

function isCertificate({ manifest }: InventoryObject): boolean {
  const certificate = contents(manifest, 'tls.crt');
  const key = contents(manifest, 'tls.key');
  if (certificate === undefined || key === undefined) return false;
  return (
    /-----BEGIN [A-Z ]*CERTIFICATE-----/.test(certificate) && /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(key)
  );
}

function contents(secret: Json, key: string): string | undefined {
  const plain = valueAt(secret, 'stringData', key);
  if (typeof plain === 'string') return plain;
  const encoded = valueAt(secret, 'data', key);
  return typeof encoded === 'string' ? Buffer.from(encoded, 'base64').toString('latin1') : undefined;
}

/** cert-manager makes the Secrets of a Gateway that names an issuer. */
function isIssued(owner: InventoryObject): boolean {
  return ['cert-manager.io/issuer', 'cert-manager.io/cluster-issuer'].some(
    (annotation) => textAt(owner.manifest, 'metadata', 'annotations', annotation) !== undefined,
  );
}
