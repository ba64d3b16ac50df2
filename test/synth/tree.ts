import { ApiObject, Chart, App as StockApp } from 'cdk8s';
import type { Construct } from 'constructs';
import { InputError, type Problem } from '../../core/problem.ts';
import { type SynthesizedObject, synthesize } from '../../synth/synthesize.ts';

/** A chart of a plain cdk8s app, as anybody writes it. */
export function chart(namespace?: string): Chart {
  return new Chart(new StockApp(), 'chart', namespace === undefined ? {} : { namespace });
}

/** Adds an object whose construct id is `<kind>-<name>` in lower case. */
export function add(
  scope: Construct,
  manifest: { readonly kind: string; readonly [field: string]: unknown },
): ApiObject {
  const { name }: { name?: string } = Object(manifest['metadata']);
  const id = `${manifest.kind}-${name ?? 'unnamed'}`.toLowerCase();
  return new ApiObject(scope, scope.node.tryFindChild(id) === undefined ? id : `${id}-again`, {
    apiVersion: 'v1',
    ...manifest,
  });
}

export function deployment(name: string, podSpec: object = {}, metadata: object = {}) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, ...metadata },
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: 'app', image: 'registry.example/app:1.0.0' }], ...podSpec },
      },
    },
  };
}

/** What synthesis of the whole tree around a construct objects to. */
export function problemsOf(construct: Construct, options = {}): readonly Problem[] {
  try {
    synthesize(construct.node.root, options);
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
}

/** Waves by `Kind name`. */
export function wavesOf(objects: readonly SynthesizedObject[]): Record<string, number> {
  return Object.fromEntries(
    objects.map(({ manifest, wave }) => [`${manifest.kind} ${manifest.metadata.name}`, wave]),
  );
}
