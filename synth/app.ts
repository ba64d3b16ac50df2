import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { App as Cdk8sApp, type AppProps as Cdk8sAppProps, Chart, Names, YamlOutputType } from 'cdk8s';
import { fileNames, resourcePlace } from './file-names.ts';
import { type SynthesizedObject, type SynthesizeOptions, synthesize } from './synthesize.ts';
import { manifestYaml } from './yaml.ts';

export interface AppProps extends Cdk8sAppProps, SynthesizeOptions {}

/**
 * A cdk8s app that walks its tree once. For every output type it writes the files that `cdk8s.App` writes, except that
 * a dependency renames none, and no two objects share one; what is wrong with any object is found before the first.
 *
 * @example
 * const app = new App();
 * new Chart(app, 'web');
 * app.synth();
 */
export class App extends Cdk8sApp {
  readonly #options: SynthesizeOptions;
  readonly #recordsMetadata: boolean;

  constructor(props: AppProps = {}) {
    super(props);
    this.#options = props;
    this.#recordsMetadata =
      props.recordConstructMetadata ?? process.env['CDK8S_RECORD_CONSTRUCT_METADATA'] === 'true';
  }

  /**
   * Writes all manifests to `outdir`, by default the folder that cdk8s-cli asks for.
   *
   * @throws InputError with everything that is wrong; nothing is written then
   */
  override synth(): void {
    const objects = synthesize(this, this.#options);
    const files = Map.groupBy(objects.entries(), this.#fileOf(objects));
    const folders = new Set([...files.keys()].map((file) => dirname(file)));
    for (const folder of ['.', ...folders]) mkdirSync(join(this.outdir, folder), { recursive: true });
    for (const [file, entries] of files) {
      writeFileSync(join(this.outdir, file), streamText(entries.map(([, object]) => object)));
    }
    if (this.#recordsMetadata) this.#writeMetadata(objects);
  }

  /** @returns all manifests as one YAML stream, in apply order. */
  override synthYaml(): string {
    return streamText(synthesize(this, this.#options));
  }

  #fileOf(objects: readonly SynthesizedObject[]): (entry: readonly [number, SynthesizedObject]) => string {
    const extension = this.outputFileExtension;
    const charts = new Map<Chart, string>();
    const chartName = ({ object }: SynthesizedObject): string => {
      const chart = Chart.of(object);
      const name = charts.get(chart) ?? Names.toDnsLabel(chart);
      charts.set(chart, name);
      return name;
    };
    switch (this.yamlOutputType) {
      case YamlOutputType.FILE_PER_APP:
        return () => `app${extension}`;
      case YamlOutputType.FILE_PER_CHART:
        return ([, object]) => `${chartName(object)}${extension}`;
      default: {
        const inFolders = this.yamlOutputType === YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE;
        const place = (object: SynthesizedObject) => resourcePlace(inFolders ? chartName(object) : '.');
        const names = fileNames(objects, place, extension);
        return ([index]) => names[index] ?? '';
      }
    }
  }

  /** The file by which cdk8s-cli's validations find the construct of a manifest. */
  #writeMetadata(objects: readonly SynthesizedObject[]): void {
    const resources = Object.fromEntries(
      objects.map(({ object }) => [object.name, { path: object.node.path }]),
    );
    writeFileSync(
      join(this.outdir, 'construct-metadata.json'),
      JSON.stringify({ version: '1.0.0', resources }),
    );
  }
}

function streamText(objects: readonly SynthesizedObject[]): string {
  return objects.map(({ manifest }) => manifestYaml(manifest)).join('---\n');
}
