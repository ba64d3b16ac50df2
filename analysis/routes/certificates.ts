import { Buffer } from 'node:buffer';
import type { Json } from '../../core/manifest.ts';
import { type Inventory, type InventoryObject, listAt, textAt, valueAt } from '../../inventory/index.ts';
import { madeKey, madeSecrets } from '../references/made-objects.ts';
import { indexGrants } from '../references/permissions.ts';
import { groupAt } from './route.ts';

/** What is wrong with the certificates of a listener. */
export interface CertificateProblem {
  readonly reason: 'RefNotPermitted' | 'InvalidCertificateRef';
  /** Whether a Secret is not in the input, which may be made elsewhere, and nothing else is wrong. */
  readonly missing: boolean;
}

/** What is wrong with the authorities that a listener holds client certificates against. */
export interface AuthorityProblem {
  readonly reason: 'RefNotPermitted' | 'InvalidCACertificateKind' | 'InvalidCACertificateRef';
  /** Whether no authority is left. */
  readonly all: boolean;
  /** As of a certificate, of ConfigMaps. */
  readonly missing: boolean;
}

/** Judges what Gateways and listeners refer to for TLS. */
export interface Certificates {
  /** @param owner of the listener: a Gateway or a ListenerSet */
  ofListener(owner: InventoryObject, listener: Json): CertificateProblem | undefined;
  /** @param port of an HTTPS listener */
  ofAuthorities(gateway: InventoryObject, port: number): AuthorityProblem | undefined;
  /** Of the certificate that a Gateway shows to backends. */
  ofClient(gateway: InventoryObject): 'RefNotPermitted' | 'InvalidClientCertificateRef' | undefined;
}

export function certificatesOf(inventory: Inventory): Certificates {
  const grants = indexGrants(inventory);
  const made = madeSecrets(inventory);
  const target = (owner: InventoryObject, reference: Json, usual: string) => {
    const own = owner.identity.namespace ?? 'default';
    const to = {
      group: groupAt(reference, ''),
      kind: textAt(reference, 'kind') ?? usual,
      namespace: textAt(reference, 'namespace') ?? own,
      name: textAt(reference, 'name') ?? '',
    };
    return { to, permitted: to.namespace === own || grants.permits(owner, to), own: to.namespace === own };
  };
  const problemOf = (owner: InventoryObject, reference: Json): CertificateProblem | undefined => {
    const { to, permitted, own } = target(owner, reference, 'Secret');
    if (to.group !== '' || to.kind !== 'Secret') return { reason: 'InvalidCertificateRef', missing: false };
    if (!permitted) return { reason: 'RefNotPermitted', missing: false };
    const secret = inventory.find('', 'Secret', to.namespace, to.name);
    if (secret !== undefined)
      return isCertificate(secret) ? undefined : { reason: 'InvalidCertificateRef', missing: false };
    if (made.has(madeKey(to.namespace, to.name)) || (own && isIssued(owner))) return undefined;
    return { reason: 'InvalidCertificateRef', missing: true };
  };
  const authorityProblem = (
    gateway: InventoryObject,
    reference: Json,
  ): Omit<AuthorityProblem, 'all'> | undefined => {
    const { to, permitted } = target(gateway, reference, 'ConfigMap');
    if (to.group !== '' || to.kind !== 'ConfigMap')
      return { reason: 'InvalidCACertificateKind', missing: false };
    if (!permitted) return { reason: 'RefNotPermitted', missing: false };
    const bundle = inventory.find('', 'ConfigMap', to.namespace, to.name);
    if (bundle === undefined) return { reason: 'InvalidCACertificateRef', missing: true };
    const known =
      textAt(bundle.manifest, 'data', 'ca.crt') ?? textAt(bundle.manifest, 'binaryData', 'ca.crt');
    return known === undefined ? { reason: 'InvalidCACertificateRef', missing: false } : undefined;
  };
  return {
    ofListener: (owner, listener) => {
      const protocol = textAt(listener, 'protocol');
      if (protocol !== 'HTTPS' && protocol !== 'TLS') return undefined;
      if ((textAt(listener, 'tls', 'mode') ?? 'Terminate') !== 'Terminate') return undefined;
      const problems = listAt(listener, 'tls', 'certificateRefs')
        .map((reference) => problemOf(owner, reference))
        .filter((problem) => problem !== undefined);
      return problems.find(({ missing }) => !missing) ?? problems[0];
    },
    ofAuthorities: (gateway, port) => {
      const frontend = valueAt(gateway.manifest, 'spec', 'tls', 'frontend');
      const own = listAt(frontend, 'perPort').find((item) => valueAt(item, 'port') === port);
      const settings = own === undefined ? valueAt(frontend, 'default') : valueAt(own, 'tls');
      const references = listAt(settings, 'validation', 'caCertificateRefs');
      const problems = references
        .map((reference) => authorityProblem(gateway, reference))
        .filter((problem) => problem !== undefined);
      const [first] = problems;
      if (first === undefined) return undefined;
      const missing = problems.some((problem) => problem.missing);
      return { reason: first.reason, all: problems.length === references.length, missing };
    },
    ofClient: (gateway) => {
      const reference = valueAt(gateway.manifest, 'spec', 'tls', 'backend', 'clientCertificateRef');
      const problem = reference === undefined ? undefined : problemOf(gateway, reference);
      return problem?.reason === 'InvalidCertificateRef' ? 'InvalidClientCertificateRef' : problem?.reason;
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
