import type { InventoryObject, Selector } from '../../inventory/index.ts';
import type { Template } from '../go-template/index.ts';
import type { Source } from './entry.ts';
import { Spec } from './spec.ts';

/** Which pods an object is about; both must select. */
export interface Selectors {
  readonly podSelector: Selector;
  readonly namespaceSelector: Selector;
}

/** A ClusterSPIFFEID, read and found valid. */
export interface ClusterSpiffeId extends Selectors {
  readonly source: Source;
  readonly object: InventoryObject;
  readonly spiffeID: Template;
  readonly dnsNames: readonly Template[];
  readonly workloadSelectors: readonly Template[];
  readonly federatesWith: readonly string[];
  readonly x509SvidTtl: number;
  readonly jwtSvidTtl: number;
  readonly hint: string;
  readonly admin: boolean;
  readonly downstream: boolean;
  readonly autoPopulateDNSNames: boolean;
  readonly fallback: boolean;
}

/** @throws InvalidObject where the API server or the controller refuses it */
export function clusterSpiffeId(object: InventoryObject): ClusterSpiffeId {
  const spec = new Spec(object);
  return {
    source: spec.source,
    object,
    spiffeID: spec.template('spiffeIDTemplate'),
    ...selectorsOf(spec),
    federatesWith: spec.trustDomains('federatesWith'),
    dnsNames: spec.templates('dnsNameTemplates'),
    workloadSelectors: spec.templates('workloadSelectorTemplates'),
    x509SvidTtl: spec.seconds('ttl'),
    jwtSvidTtl: spec.seconds('jwtTtl'),
    hint: spec.text('hint'),
    admin: spec.flag('admin'),
    downstream: spec.flag('downstream'),
    autoPopulateDNSNames: spec.flag('autoPopulateDNSNames'),
    fallback: spec.flag('fallback'),
  };
}

/** @throws InvalidObject */
export function selectorsOf(spec: Spec): Selectors {
  return {
    namespaceSelector: spec.selector('namespaceSelector'),
    podSelector: spec.selector('podSelector'),
  };
}
