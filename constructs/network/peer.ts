import type { INetworkPolicyPeer } from 'kubernetes-models/networking.k8s.io/v1';
import type { Labels } from '../labels/labels.ts';
import {
  isPodGroup,
  type LabelExpression,
  LabelSelector,
  type PodSelection,
  selectorOf,
} from '../labels/selector.ts';
import type { Check } from '../validate/check.ts';
import { cidrContains } from '../validate/cidr.ts';

/** The label that Kubernetes itself gives to each namespace. */
const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/** Namespaces: one by its name, or all that a selector or labels select. */
export type NamespaceSelection = string | LabelSelector | Labels;

/**
 * One party of a network rule. All conditions inside a peer must hold; a list of peers means any of them. Only
 * the functions of this file make peers, so that the two cannot be confused.
 */
export class Peer {
  readonly #namespaces: LabelSelector | undefined;
  readonly #pods: PodSelection | undefined;
  readonly #block: { readonly cidr: string; readonly except: readonly string[] } | undefined;

  private constructor(
    namespaces: LabelSelector | undefined,
    pods: PodSelection | undefined,
    block: { readonly cidr: string; readonly except: readonly string[] } | undefined,
  ) {
    this.#namespaces = namespaces;
    this.#pods = pods;
    this.#block = block;
  }

  static ofPods(namespaces: LabelSelector | undefined, pods: PodSelection | undefined): Peer {
    return new Peer(namespaces, pods, undefined);
  }

  static ofBlock(cidr: string, except: readonly string[]): Peer {
    return new Peer(undefined, undefined, { cidr, except });
  }

  /** @returns the peer as the API has it */
  toManifest(): INetworkPolicyPeer {
    if (this.#block !== undefined) {
      const { cidr, except } = this.#block;
      return { ipBlock: except.length === 0 ? { cidr } : { cidr, except: [...except] } };
    }
    return {
      ...(this.#namespaces && { namespaceSelector: this.#namespaces.toManifest() }),
      ...(this.#pods && { podSelector: selectorOf(this.#pods).toManifest() }),
    };
  }

  /** Records what is wrong with it, seen from a policy. */
  check(check: Check, field: string): void {
    this.#namespaces?.check(check, `${field}: namespaces`);
    if (this.#pods !== undefined) {
      selectorOf(this.#pods).check(check, `${field}: pods`);
      this.#checkNamespace(check, field, this.#pods);
    }
    if (this.#block !== undefined) checkBlock(check, field, this.#block.cidr, this.#block.except);
  }

  /** A peer without namespaces means pods of the policy's own namespace, wherever the workload is. */
  #checkNamespace(check: Check, field: string, pods: PodSelection): void {
    if (this.#namespaces !== undefined || !isPodGroup(pods) || pods.namespace === check.namespace) return;
    const what = `its pods run in namespace ${pods.namespace}, the policy is in ${check.namespace}`;
    check.add(field, what, 'use podsIn(namespace, pods)');
  }
}

function checkBlock(check: Check, field: string, cidr: string, except: readonly string[]): void {
  const before = check.count;
  check.cidr(field, cidr);
  for (const hole of except) check.cidr(`${field}: except`, hole);
  if (check.count > before) return;
  for (const hole of except) {
    const inside = cidrContains(cidr, hole) && cidr !== hole;
    check.that(
      inside,
      `${field}: except`,
      `${hole} does not lie inside ${cidr}`,
      'leave it out, or widen the block',
    );
  }
}

/** Pods of the policy's own namespace. */
export function pods(selection: PodSelection): Peer {
  return Peer.ofPods(undefined, selection);
}

/** All pods of some namespaces: of one by its name, or of all that have these labels. */
export function namespaces(selection: NamespaceSelection): Peer {
  return Peer.ofPods(namespaceSelector(selection), undefined);
}

/** Those pods that are in these namespaces AND match the selection. */
export function podsIn(inNamespaces: NamespaceSelection, selection: PodSelection): Peer {
  return Peer.ofPods(namespaceSelector(inNamespaces), selection);
}

/**
 * Addresses outside the cluster.
 *
 * @param options.except networks inside the block that are left out; @default none
 */
export function ipBlock(cidr: string, options: { readonly except?: readonly string[] } = {}): Peer {
  return Peer.ofBlock(cidr, options.except ?? []);
}

function namespaceSelector(selection: NamespaceSelection): LabelSelector {
  if (selection instanceof LabelSelector) return selection;
  const labels: Labels | LabelExpression =
    typeof selection === 'string' ? { [NAMESPACE_NAME]: selection } : selection;
  return LabelSelector.of([labels]);
}
