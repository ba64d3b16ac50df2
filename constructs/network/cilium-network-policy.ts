import type { ICiliumNetworkPolicy } from '@kubernetes-models/cilium/cilium.io/v2';
import type { Construct } from 'constructs';
import { KubeObject, metadataOf, type ObjectProps } from '../kube-object.ts';
import { isPodGroup, type PodSelection, selectorOf } from '../labels/selector.ts';
import { type Check, checkAt } from '../validate/check.ts';
import { type Ports, portRange } from './port-range.ts';

type Spec = NonNullable<ICiliumNetworkPolicy['spec']>;
type EgressManifest = NonNullable<Spec['egress']>[number];
type ToPorts = NonNullable<EgressManifest['toPorts']>;

/** Parties that Cilium knows by nature rather than by address. */
export type CiliumEntity =
  | 'all'
  | 'cluster'
  | 'world'
  | 'host'
  | 'remote-node'
  | 'kube-apiserver'
  | 'health'
  | 'ingress'
  | 'init'
  | 'unmanaged';

/** Hosts by name, at least one exact or one pattern, in which `*` stands for characters other than dots. */
type HostNames =
  | { readonly names: readonly [string, ...string[]]; readonly patterns?: readonly string[] }
  | { readonly patterns: readonly [string, ...string[]]; readonly names?: readonly string[] };

/** Traffic let out to hosts by name. */
export type NameRule = HostNames & { readonly ports: readonly [Ports, ...Ports[]] };

/** Traffic let out to parties of some nature. */
export interface EntityRule {
  readonly entities: readonly [CiliumEntity, ...CiliumEntity[]];
  readonly ports: readonly [Ports, ...Ports[]] | 'every port';
}

/** Traffic let out to addresses outside the cluster. */
export interface CidrRule {
  readonly cidrs: readonly [string, ...string[]];
  readonly ports: readonly [Ports, ...Ports[]] | 'every port';
}

/** Traffic let out to pods; without namespace labels, to those of the policy's own namespace. */
export interface PodRule {
  readonly pods: PodSelection;
  /** @default the policy's namespace */
  readonly namespace?: string;
  readonly ports: readonly [Ports, ...Ports[]] | 'every port';
}

/** Traffic let out, by exactly one kind of destination. */
export type CiliumEgressRule = NameRule | EntityRule | CidrRule | PodRule;

/** Props of {@link CiliumNetworkPolicy}. */
export interface CiliumNetworkPolicyProps extends ObjectProps {
  /** The pods it isolates. */
  readonly pods: PodSelection;
  readonly egress: readonly [CiliumEgressRule, ...CiliumEgressRule[]];
  /**
   * Names that may be looked up, as Cilium patterns.
   * @default every name, where a rule goes by name; otherwise DNS is left alone
   */
  readonly lookups?: readonly [string, ...string[]];
}

/**
 * Egress by name, entity, address or pod. A rule by name works only if Cilium sees the DNS answers, so the
 * policy then brings the rule that lets pods ask the cluster's DNS through Cilium's proxy.
 *
 * @example
 * new CiliumNetworkPolicy(chart, 'fqdn', {
 *   pods: { app: 'sandbox' },
 *   egress: [{ names: ['registry.npmjs.org'], patterns: ['*.npmjs.org'], ports: [tcp(443)] }],
 * });
 */
export class CiliumNetworkPolicy extends KubeObject<ICiliumNetworkPolicy> {
  constructor(scope: Construct, id: string, props: CiliumNetworkPolicyProps) {
    const check = checkAt(scope, id);
    const metadata = metadataOf(check, id, props);
    const selector = selectorOf(props.pods);
    selector.check(check, 'pods');
    if (isPodGroup(props.pods)) check.sameNamespace('pods', 'the workload', props.pods.namespace);
    const rules = props.egress.map((rule, index) => egressManifest(check, `egress[${index}]`, rule));
    const byName = props.egress.findIndex(isNameRule);
    if (byName >= 0 || props.lookups !== undefined)
      rules.splice(Math.max(byName, 0), 0, dnsRule(props.lookups ?? ['*']));
    check.done();
    const spec: Spec = { endpointSelector: selector.toManifest(), egress: rules };
    super(scope, id, { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata, spec });
  }
}

function isNameRule(rule: CiliumEgressRule): rule is NameRule {
  return 'names' in rule || 'patterns' in rule;
}

function egressManifest(check: Check, field: string, rule: CiliumEgressRule): EgressManifest {
  const ports = rule.ports === 'every port' ? {} : { toPorts: portManifests(check, field, rule.ports) };
  if ('entities' in rule) return { toEntities: [...rule.entities], ...ports };
  if ('cidrs' in rule) {
    for (const cidr of rule.cidrs) check.cidr(field, cidr);
    return { toCIDR: [...rule.cidrs], ...ports };
  }
  if ('pods' in rule) return { toEndpoints: [endpoints(check, field, rule)], ...ports };
  const { names = [], patterns = [] } = rule;
  for (const name of names) check.preciseHostname(field, name);
  for (const pattern of patterns) checkPattern(check, field, pattern);
  const toFQDNs = [
    ...names.map((matchName) => ({ matchName })),
    ...patterns.map((matchPattern) => ({ matchPattern })),
  ];
  check.that(toFQDNs.length > 0, field, 'names no host', 'give names or patterns');
  return { toFQDNs, ...ports };
}

function checkPattern(check: Check, field: string, pattern: string): void {
  const ok = /^[-a-z0-9*]+(\.[-a-z0-9*]+)*$/.test(pattern);
  check.that(
    ok,
    field,
    `${JSON.stringify(pattern)} is no pattern of host names`,
    'write it as *.example.org',
  );
  const open = /^[*.]*$/.test(pattern);
  check.that(
    !open,
    field,
    `${JSON.stringify(pattern)} matches every host`,
    "name a domain, or use entities: ['world']",
  );
}

function endpoints(check: Check, field: string, { pods, namespace }: PodRule) {
  const selector = selectorOf(pods);
  selector.check(check, field);
  if (isPodGroup(pods) && pods.namespace !== (namespace ?? check.namespace)) {
    const what = `its pods run in namespace ${pods.namespace ?? '(none)'}`;
    check.add(field, what, 'name that namespace in the rule');
  }
  const manifest = selector.toManifest();
  if (namespace === undefined) return manifest;
  check.dnsLabel(`${field}: namespace`, namespace);
  return { ...manifest, matchLabels: { ...manifest.matchLabels, ...inNamespace(namespace) } };
}

function inNamespace(namespace: string) {
  return { 'k8s:io.kubernetes.pod.namespace': namespace };
}

function dnsRule(lookups: readonly string[]): EgressManifest {
  return {
    toEndpoints: [{ matchLabels: { ...inNamespace('kube-system'), 'k8s-app': 'kube-dns' } }],
    toPorts: [
      {
        ports: [
          { port: '53', protocol: 'UDP' },
          { port: '53', protocol: 'TCP' },
        ],
        rules: { dns: lookups.map((matchPattern) => ({ matchPattern })) },
      },
    ],
  };
}

/** Cilium has port numbers as texts. */
function portManifests(check: Check, field: string, ports: readonly Ports[]): ToPorts {
  const manifests = ports.flatMap((entry) => {
    const { intervals, protocol } = portRange(entry);
    return intervals.map(({ first, last }) => ({
      port: String(first),
      protocol,
      ...(first === last ? {} : { endPort: last }),
    }));
  });
  check.that(
    manifests.length > 0,
    `${field}: ports`,
    'has no port, which would mean every port',
    "name ports, or say 'every port'",
  );
  return [{ ports: manifests }];
}
