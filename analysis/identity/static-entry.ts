import type { InventoryObject } from '../../inventory/index.ts';
import { both, type Certainty } from './certainty.ts';
import type { Entry } from './entry.ts';
import { InvalidObject, Spec } from './spec.ts';
import { InvalidIdentity, refuseInvalidSelector, trustDomainOf } from './spiffe-id.ts';
import type { Subject } from './subject.ts';

/** A ClusterStaticEntry, read and found valid. */
export interface StaticEntry {
  readonly object: InventoryObject;
  readonly entry: Entry;
  /** Whether SPIRE hands the identity to a store of secrets, not to workloads. */
  readonly isStored: boolean;
}

/**
 * @param trustDomain of the server
 * @throws InvalidObject where the API server, the controller or the SPIRE server refuses it
 */
export function staticEntry(object: InventoryObject, trustDomain: string): StaticEntry {
  const spec = new Spec(object);
  const spiffeID = spec.text('spiffeID');
  const parentID = spec.text('parentID');
  const selectors = spec.texts('selectors');
  inField('invalid-spiffe-id', `spiffeID ${JSON.stringify(spiffeID)}`, () =>
    refuseForeign(spiffeID, trustDomain),
  );
  inField('invalid-spiffe-id', `parentID ${JSON.stringify(parentID)}`, () =>
    refuseForeign(parentID, trustDomain),
  );
  for (const selector of selectors)
    inField('invalid-object', `selector ${JSON.stringify(selector)}`, () => refuseInvalidSelector(selector));
  if (selectors.length === 0) throw new InvalidObject('invalid-object', 'selectors are missing');
  const entry = {
    spiffeID,
    parentID,
    selectors,
    dnsNames: spec.texts('dnsNames'),
    x509SvidTtl: spec.seconds('x509SVIDTTL'),
    jwtSvidTtl: spec.seconds('jwtSVIDTTL'),
    federatesWith: spec.trustDomains('federatesWith'),
    hint: spec.text('hint'),
    admin: spec.flag('admin'),
    downstream: spec.flag('downstream'),
    source: spec.source,
  };
  return { object, entry, isStored: spec.flag('storeSVID') };
}

function refuseForeign(id: string, expected: string): void {
  const trustDomain = trustDomainOf(id);
  if (trustDomain !== expected)
    throw new InvalidIdentity(`expected trust domain ${expected} but got ${trustDomain}`);
}

function inField(code: 'invalid-spiffe-id' | 'invalid-object', name: string, step: () => void): void {
  try {
    step();
  } catch (error) {
    if (!(error instanceof InvalidIdentity)) throw error;
    throw new InvalidObject(code, `${name}: ${error.message}`);
  }
}

/** Types of selectors that speak of nodes, never of workloads. */
const NODE_SELECTORS =
  /^(k8s_psat|k8s_sat|x509pop|join_token|aws_iid|azure_msi|gcp_iit|http_challenge|sshpop|tpm_devid):/;

/** Whether a workload of a pod has all selectors of an entry, as SPIRE's attestor for Kubernetes finds them. */
export function appliesTo(selectors: readonly string[], subject: Subject): Certainty {
  return selectors.map((selector) => hasSelector(selector, subject)).reduce(both, true);
}

function hasSelector(selector: string, subject: Subject): Certainty {
  if (NODE_SELECTORS.test(selector)) return false;
  const [, kind, value = ''] = /^k8s:([^:]+):(.*)$/s.exec(selector) ?? [];
  const { namespace, serviceAccountName, uid, name, nodeName, containerNames } = subject;
  switch (kind) {
    case 'ns':
      return value === namespace;
    case 'sa':
      return value === serviceAccountName;
    case 'pod-uid':
      return uid === undefined ? ['.PodMeta.UID'] : value === uid;
    case 'pod-name':
      return name === undefined ? ['.PodMeta.Name'] : value === name;
    case 'node-name':
      return nodeName === undefined ? ['.PodSpec.NodeName'] : value === nodeName;
    case 'container-name':
      return containerNames.includes(value) || ['the containers of the pod at run time'];
    case 'pod-label': {
      const colon = value.indexOf(':');
      const key = value.slice(0, colon);
      if (Object.hasOwn(subject.labels, key)) return subject.labels[key] === value.slice(colon + 1);
      return subject.laterLabels(key) ? [`.PodMeta.Labels[${key}]`] : false;
    }
    default:
      return [`whether the workload has the selector ${selector}`];
  }
}
