import type { ObjectIdentity } from '../../core/manifest.ts';
import type { Labels, Selector } from '../../inventory/index.ts';
import type { Address, AddressSet, PortSet, Protocol } from '../sets/index.ts';
import type { EndpointSelector } from './endpoint-selector.ts';
import type { L7Rules } from './l7.ts';
import type { NamePattern } from './names.ts';

/** How policies are enforced. */
export interface ReachOptions {
  readonly cni: 'kubernetes' | 'cilium';
  /** Whether an `ipBlock` of a NetworkPolicy matches pods by their addresses; Cilium never does. */
  readonly ipBlockMatchesPods: boolean;
  readonly clusterName: string;
  readonly clusterDomain: string;
}

/** A pod, or all pods that a template makes: they are alike for every policy. */
export interface Pod {
  readonly namespace: string;
  readonly namespaceLabels: Labels;
  readonly labels: Labels;
  readonly serviceAccount: string;
  readonly namedPorts: readonly NamedPort[];
  /** A pod in its node's network has the node's addresses, and policies see the node. */
  readonly hostNetwork: boolean;
  /** Empty where they are not known. */
  readonly addresses: readonly Address[];
  /** What makes the pod, or the pod itself; undefined for a pod that is not in the input. */
  readonly owner?: Owner;
  /** Name of the pod where it is a pod of the input, and not what a template makes. */
  readonly name?: string;
}

/** What a pod belongs to. */
export interface Owner {
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
}

export interface NamedPort {
  readonly name: string;
  readonly port: number;
  readonly protocol: Protocol;
}

/** What stands outside every pod and has an identity of its own. */
export type Entity = 'host' | 'remote-node' | 'kube-apiserver' | 'ingress' | 'health' | 'init' | 'unmanaged';

/** One end of a connection. */
export type Peer =
  | {
      readonly type: 'pod';
      readonly pod: Pod /** Of a pod with unknown addresses: one it may have. */;
      readonly address?: Address;
    }
  | { readonly type: 'address'; readonly address: Address }
  | {
      readonly type: 'name';
      readonly name: string /** One that the name may stand for. */;
      readonly address: Address;
    }
  | { readonly type: 'entity'; readonly entity: Entity };

/** Which peers a rule means, or which pods a policy applies to. */
export type Matcher =
  | {
      readonly type: 'pods';
      /** Only pods of this namespace. */
      readonly namespace?: string;
      readonly namespaces?: Selector;
      readonly pods?: Selector;
    }
  | { readonly type: 'endpoints'; readonly selector: EndpointSelector }
  | {
      readonly type: 'addresses';
      readonly addresses: AddressSet;
      readonly pods: 'never' | 'always' | 'option';
    }
  | { readonly type: 'entities'; readonly entities: ReadonlySet<string> }
  | { readonly type: 'names'; readonly names: NamePattern }
  | { readonly type: 'nodes'; readonly nodes: Selector }
  | { readonly type: 'not-modelled'; readonly what: string };

/** Ports of a rule, names among them being resolved on the receiving pod. */
export interface RulePorts {
  readonly numbered: PortSet;
  readonly named: readonly { readonly name: string; readonly protocols: readonly Protocol[] }[];
}

/** One rule for one direction: peers and ports must both match. */
export interface Rule {
  readonly effect: 'allow' | 'deny' | 'pass';
  /** JSON pointer into the policy. */
  readonly path: string;
  /** Undefined for any peer. */
  readonly peers: readonly Matcher[] | undefined;
  /** Undefined for every port and protocol. */
  readonly ports: RulePorts | undefined;
  /** What a request must look like beyond its port. */
  readonly l7?: L7Rules;
  /** Cilium's `authentication.mode` where it says something about the verdict. */
  readonly authentication?: 'required' | 'test-always-fail';
}

/** A policy's say in one direction. */
export interface Section {
  /** JSON pointer of the list of rules, or of what stands for it. */
  readonly path: string;
  /** Whether pods are isolated: what no rule allows is denied. */
  readonly isolates: boolean;
  readonly rules: readonly Rule[];
}

export type Direction = 'ingress' | 'egress';

/** Where a policy stands in the order of evaluation. */
export type Tier = 'admin' | 'network' | 'baseline';

/** Any kind of network policy, compiled to one form. */
export interface Policy {
  readonly object: ObjectIdentity;
  readonly tier: Tier;
  /** Lower goes first; only in tier `admin`. */
  readonly priority: number;
  readonly subject: Matcher;
  readonly ingress?: Section;
  readonly egress?: Section;
}

/** An object that its controller would refuse, so that it takes no part. */
export interface Ignored {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly reason: string;
}

/** Thrown where the input does not say what the answer depends on. */
export class Undecidable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Undecidable';
  }
}
