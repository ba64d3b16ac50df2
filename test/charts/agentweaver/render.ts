import { App } from 'cdk8s';
import { agentweaver } from '../../../charts/agentweaver/index.ts';
import { readEnvironment } from '../../../charts/index.ts';
import type { Json, Manifest } from '../../../core/manifest.ts';
import { agentweaverParameters } from './parameters.ts';

/** The manifests of an installation, as tests look at them. */
export class Rendered {
  readonly manifests: readonly Manifest[];

  constructor(manifests: readonly Manifest[]) {
    this.manifests = manifests;
  }

  /** Every object as `Kind name`, sorted. */
  get names(): string[] {
    return this.manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort();
  }

  /** @throws if there is none */
  get(kind: string, name: string): Manifest {
    const found = this.manifests.find((each) => each.kind === kind && each.metadata.name === name);
    if (found === undefined) throw new Error(`no ${kind} ${name} among ${this.names.join(', ')}`);
    return found;
  }

  ofKind(kind: string): readonly Manifest[] {
    return this.manifests.filter((each) => each.kind === kind);
  }

  /** The value at a path of keys and indexes, e.g. `at('Deployment', 'x', 'spec', 'replicas')`. */
  at(kind: string, name: string, ...path: readonly (string | number)[]): Json | undefined {
    return path.reduce<Json | undefined>(
      (value, key) => (value as Record<string | number, Json> | undefined)?.[key],
      this.get(kind, name),
    );
  }

  /** Pod templates by the name of what makes them. */
  get podTemplates(): ReadonlyMap<string, PodTemplate> {
    const found = new Map<string, PodTemplate>();
    for (const { kind, metadata, spec } of this.manifests) {
      const { template, podTemplate } = (spec ?? {}) as { template?: PodTemplate; podTemplate?: PodTemplate };
      const pod = podTemplate ?? template;
      if (pod?.spec?.containers !== undefined) found.set(`${kind} ${metadata.name}`, pod);
    }
    return found;
  }
}

/** The parts of a pod template that tests look at. */
export interface PodTemplate {
  readonly metadata: {
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly containers: readonly Container[];
    readonly initContainers?: readonly Container[];
    readonly volumes?: readonly { readonly name: string }[];
    readonly [field: string]: unknown;
  };
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: object }[];
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
  readonly [field: string]: unknown;
}

/**
 * @param options lines of an environment file beyond what it must have
 * @param change what else is done to its text
 */
export function render(options = '', change?: (file: string) => string): Rendered {
  return rendered('test', agentweaverParameters(options, change));
}

/** @param name of an environment of this repository */
export async function renderEnvironment(name: string): Promise<Rendered> {
  const file = new URL(`../../../environments/agentweaver/${name}.yaml`, import.meta.url).pathname;
  const { environment, parameters } = await readEnvironment(file);
  return rendered(environment, parameters);
}

function rendered(environment: string, parameters: object): Rendered {
  const chart = agentweaver.compose(new App(), environment, { ...parameters });
  return new Rendered(chart.toJson());
}
