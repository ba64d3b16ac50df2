import Type from 'typebox';
import type { Inventory } from '../inventory/index.ts';
import { refuseMalformed } from './shape.ts';

/** The newest Kubernetes version whose behaviour is known here. */
const NEWEST_KUBERNETES = '1.37';

const text = (description: string): Type.TString => Type.String({ minLength: 1, description });

/** What a question's `options` and the flags of a command may say. */
export const OPTIONS = Type.Object(
  {
    cni: Type.Optional(
      Type.Enum(['kubernetes', 'cilium'], { description: 'whose network policies are enforced' }),
    ),
    ipBlockMatchesPods: Type.Optional(
      Type.Boolean({ description: 'whether an ipBlock of a NetworkPolicy matches the addresses of pods' }),
    ),
    kubernetesVersion: Type.Optional(
      Type.String({
        pattern: '^v?1\\.\\d{1,3}(\\.\\d+)?$',
        description: 'version of the cluster, such as 1.34',
      }),
    ),
    trustDomain: Type.Optional(text('SPIFFE trust domain')),
    clusterName: Type.Optional(text('name of the cluster in SPIFFE IDs')),
    clusterDomain: Type.Optional(text('DNS domain of the cluster')),
    dataplane: Type.Optional(
      Type.Enum(['sidecar', 'ambient', 'none'], { description: 'mesh data plane of every pod' }),
    ),
    meshRootNamespace: Type.Optional(text('root namespace of the mesh')),
    spire: Type.Optional(
      Type.Object(
        {
          ignoreNamespaces: Type.Optional(
            Type.Array(Type.String(), { description: 'regular expressions of namespaces left out' }),
          ),
          className: Type.Optional(Type.String({ description: 'class of the objects that count' })),
          watchClassless: Type.Optional(
            Type.Boolean({ description: 'whether objects without a class count as well' }),
          ),
          parentIDTemplate: Type.Optional(Type.String({ description: 'template of the parent ID' })),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);

/** Options as given: by the flags of a run, or by one question. */
export type GivenOptions = Type.Static<typeof OPTIONS>;

/** Settings of the SPIRE controller manager that were given; the rest are its own defaults. */
export type SpireOptions = NonNullable<GivenOptions['spire']>;

/** Every option with its value; what has no default is left out where nothing was given. */
export interface Options {
  /** @default cilium where the input holds a Cilium policy, else kubernetes */
  readonly cni: 'kubernetes' | 'cilium';
  /** @default false */
  readonly ipBlockMatchesPods: boolean;
  /** Major and minor version, such as `1.34`. @default the newest known */
  readonly kubernetesVersion: string;
  /** @default cluster.local */
  readonly trustDomain: string;
  /** @default default */
  readonly clusterName: string;
  /** @default cluster.local */
  readonly clusterDomain: string;
  /** @default what the labels of namespaces and pods say */
  readonly dataplane?: 'sidecar' | 'ambient' | 'none';
  /** @default istio-system */
  readonly meshRootNamespace: string;
  readonly spire: SpireOptions;
}

/**
 * Checks options of unknown shape.
 *
 * @throws QuestionError
 */
export function givenOptions(value: unknown): GivenOptions {
  refuseMalformed(OPTIONS, value, 'options');
  return value as GivenOptions;
}

/** @returns every option: the question's before those of the run, before the defaults. */
export function resolveOptions(run: GivenOptions, question: GivenOptions, inventory: Inventory): Options {
  const given = { ...run, ...question };
  return {
    ...given,
    cni: given.cni ?? (hasCiliumPolicy(inventory) ? 'cilium' : 'kubernetes'),
    ipBlockMatchesPods: given.ipBlockMatchesPods ?? false,
    kubernetesVersion: minorVersion(given.kubernetesVersion ?? NEWEST_KUBERNETES),
    trustDomain: given.trustDomain ?? 'cluster.local',
    clusterName: given.clusterName ?? 'default',
    clusterDomain: given.clusterDomain ?? 'cluster.local',
    meshRootNamespace: given.meshRootNamespace ?? 'istio-system',
    spire: { ...run.spire, ...question.spire },
  };
}

function hasCiliumPolicy(inventory: Inventory): boolean {
  return ['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy'].some(
    (kind) => inventory.ofKind(kind, 'cilium.io').length > 0,
  );
}

/** `v1.34.4` is `1.34`. */
function minorVersion(version: string): string {
  return version.replace(/^v/, '').split('.').slice(0, 2).join('.');
}
