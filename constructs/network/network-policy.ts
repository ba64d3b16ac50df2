import type { Construct } from 'constructs';
import type {
  INetworkPolicy,
  INetworkPolicyPort,
  INetworkPolicySpec,
} from 'kubernetes-models/networking.k8s.io/v1';
import { KubeObject, metadataOf, type ObjectProps } from '../kube-object.ts';
import { isPodGroup, type PodSelection, selectorOf } from '../labels/selector.ts';
import { type Check, checkAt } from '../validate/check.ts';
import { type Peer, podsIn } from './peer.ts';
import { type Ports, policyPorts, portRange, tcp, udp } from './port-range.ts';

/** The other side of a rule: one peer, any of several, or really anyone. */
export type Peers = Peer | readonly [Peer, ...Peer[]] | 'anywhere';

/** The ports of a rule: some, or really all of every protocol. */
export type RulePorts = Ports | readonly [Ports, ...Ports[]] | 'every port';

/** Traffic let in. */
export interface IngressRule {
  readonly from: Peers;
  readonly ports: RulePorts;
}

/** Traffic let out. */
export interface EgressRule {
  readonly to: Peers;
  readonly ports: RulePorts;
}

/** Rules that add up, or none at all. */
export type Rules<R> = readonly [R, ...R[]] | 'nothing';

interface PolicyBasics extends ObjectProps {
  /** The pods it isolates, in its own namespace. */
  readonly pods: PodSelection;
}

/** A policy says something about at least one direction; one that it does not name it leaves alone. */
export type NetworkPolicyProps = PolicyBasics &
  (
    | { readonly ingress: Rules<IngressRule>; readonly egress?: Rules<EgressRule> }
    | { readonly egress: Rules<EgressRule>; readonly ingress?: Rules<IngressRule> }
  );

/** DNS queries to the cluster's own resolver. */
export const dns: EgressRule = {
  to: podsIn('kube-system', { 'k8s-app': 'kube-dns' }),
  ports: [udp(53), tcp(53)],
};

/**
 * What may reach pods and what they may reach. Policies add up: each one only allows, and what none allows is
 * denied as soon as one selects the pod in that direction.
 *
 * @example
 * new NetworkPolicy(chart, 'default-deny', { pods: everyPod, ingress: 'nothing', egress: 'nothing' });
 * new NetworkPolicy(chart, 'allow-web', {
 *   pods: api,
 *   ingress: [{ from: [pods(gateway), namespaces('ingress')], ports: http }],
 *   egress: [dns, { to: ipBlock('140.82.112.0/20'), ports: tcp(443) }],
 * });
 */
export class NetworkPolicy extends KubeObject<INetworkPolicy> {
  constructor(scope: Construct, id: string, props: NetworkPolicyProps) {
    const check = checkAt(scope, id);
    const { ingress, egress } = props;
    const metadata = metadataOf(check, id, props);
    const selector = selectorOf(props.pods);
    selector.check(check, 'pods');
    if (isPodGroup(props.pods)) check.sameNamespace('pods', 'the workload', props.pods.namespace);
    const from = rules(ingress).map((rule, index) =>
      render(check, `ingress[${index}]`, rule.from, rule.ports),
    );
    const to = rules(egress).map((rule, index) => render(check, `egress[${index}]`, rule.to, rule.ports));
    check.done();
    const spec: INetworkPolicySpec = {
      podSelector: selector.toManifest(),
      policyTypes: directions(props),
      ...(from.length === 0
        ? {}
        : { ingress: from.map(({ peers, ports }) => ({ ...(peers && { from: peers }), ...ports })) }),
      ...(to.length === 0
        ? {}
        : { egress: to.map(({ peers, ports }) => ({ ...(peers && { to: peers }), ...ports })) }),
    };
    super(scope, id, { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec });
  }
}

function directions({ ingress, egress }: NetworkPolicyProps): ('Ingress' | 'Egress')[] {
  const types: ('Ingress' | 'Egress')[] = [];
  if (ingress !== undefined) types.push('Ingress');
  if (egress !== undefined) types.push('Egress');
  return types;
}

function rules<R>(given: Rules<R> | undefined): readonly R[] {
  return given === undefined || given === 'nothing' ? [] : given;
}

function render(check: Check, field: string, peers: Peers, ports: RulePorts) {
  const list = peers === 'anywhere' ? undefined : 'toManifest' in peers ? [peers] : peers;
  check.that(
    list?.length !== 0,
    field,
    'has no peer, which would mean anyone',
    "name peers, or say 'anywhere'",
  );
  for (const peer of list ?? []) peer.check(check, field);
  return {
    peers: list?.map((peer) => peer.toManifest()),
    ports: ports === 'every port' ? {} : { ports: portManifests(check, field, ports) },
  };
}

function portManifests(check: Check, field: string, ports: Ports | readonly Ports[]): INetworkPolicyPort[] {
  const manifests = (Array.isArray(ports) ? ports : [ports]).flatMap((entry: Ports) =>
    policyPorts(portRange(entry)),
  );
  const remedy = "name ports, or say 'every port'";
  check.that(manifests.length > 0, `${field}: ports`, 'has no port, which would mean every port', remedy);
  return manifests;
}
