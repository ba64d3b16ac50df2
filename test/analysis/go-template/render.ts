import {
  executeTemplate,
  type GoValue,
  parseTemplate,
  TemplateError,
  textOf,
  Undetermined,
  Unknowns,
} from '../../../analysis/go-template/index.ts';
import { goValue } from '../../../analysis/identity/go-data.ts';
import { templateDataType } from '../../../analysis/identity/go-types.ts';
import type { JsonObject } from '../../../core/manifest.ts';

/** What the templates of the tests see, Kubernetes' own types included. */
export const POD = {
  metadata: {
    name: 'web-0',
    namespace: 'shop',
    uid: 'u-1',
    labels: { app: 'web', 'a/b': 'x&y<z> "q"', empty: '', u: 'é世\u0007' },
    annotations: { k: 'v' },
    ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: 'z', controller: true }],
  },
  spec: {
    serviceAccountName: 'web',
    nodeName: 'n1',
    hostNetwork: false,
    priority: 7,
    terminationGracePeriodSeconds: 30,
    automountServiceAccountToken: false,
    securityContext: { runAsUser: 1000, supplementalGroups: [1, 2] },
    nodeSelector: { z: '1', a: '2' },
    containers: [
      {
        name: 'a',
        image: 'i:1',
        args: ['x', 'y'],
        ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
        env: [{ name: 'E', value: '1' }],
        resources: { limits: { cpu: '1' } },
      },
      { name: 'b', image: 'j' },
    ],
    volumes: [{ name: 'v', configMap: { name: 'cm', optional: true } }],
  },
};

export const NODE = {
  metadata: { name: 'n1', uid: 'nu-1', labels: { zone: 'z1' } },
  spec: { podCIDR: '10.0.0.0/24', podCIDRs: ['10.0.0.0/24'] },
};

/** What comes of a template: bytes as Latin-1, the phase in which it fails, or that it cannot be told. */
export interface Outcome {
  readonly phase: 'done' | 'parse' | 'execute' | 'undetermined';
  readonly bytes: string;
}

export function outcomeOf(template: string): Outcome {
  const unknowns = new Unknowns();
  try {
    return { phase: 'done', bytes: executeTemplate(parseTemplate(template), dataOf(unknowns), unknowns) };
  } catch (error) {
    if (error instanceof Undetermined) return { phase: 'undetermined', bytes: '' };
    if (error instanceof TemplateError) return { phase: error.phase, bytes: '' };
    throw error;
  }
}

/** @returns the text that a template gives, or the phase in which it fails, in brackets. */
export function rendered(template: string): string {
  const { phase, bytes } = outcomeOf(template);
  return phase === 'done' ? textOf(bytes) : `[${phase}]`;
}

function dataOf(unknowns: Unknowns): GoValue {
  const type = templateDataType();
  const json: JsonObject = {
    TrustDomain: 'example.org',
    ClusterName: 'demo',
    ClusterDomain: 'cluster.local',
    PodMeta: POD.metadata,
    PodSpec: POD.spec,
    NodeMeta: NODE.metadata,
    NodeSpec: NODE.spec,
  };
  const data = goValue(type, json, { name: '', blanks: undefined, unknowns });
  return { kind: 'ptr', type: { name: `*${type.name}`, kind: 'ptr', elem: () => type }, data };
}
