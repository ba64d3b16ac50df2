/** How the SPIRE controller manager is set up. */
export interface SpireSettings {
  readonly trustDomain: string;
  readonly clusterName: string;
  readonly clusterDomain: string;
  /** Whether the controller leaves out a namespace. */
  readonly ignores: (namespace: string) => boolean;
  /** @default '' */
  readonly className: string;
  /** Whether objects without a class count as well. @default false */
  readonly watchClassless: boolean;
  /** Go template. @default the ID of a node's agent that attested by a projected token */
  readonly parentIDTemplate: string;
}

/** Regular expressions, found anywhere in the name. */
export const IGNORED_NAMESPACES: readonly string[] = ['kube-system', 'kube-public', 'spire-system'];

export const PARENT_ID_TEMPLATE =
  'spiffe://{{ .TrustDomain }}/spire/agent/k8s_psat/{{ .ClusterName }}/{{ .NodeMeta.UID }}';
