import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { App as Cdk8sApp, type AppProps as Cdk8sAppProps, Chart, Names, YamlOutputType } from 'cdk8s';
import { makeFolder } from '../core/make-folder.ts';
import { identityOf, identityText } from '../core/manifest.ts';
import { fileNames, resourcePlace } from './file-names.ts';
import { indexText, type OutputDescription } from './output.ts';
import { type SynthesizedObject, type SynthesizeOptions, synthesize } from './synthesize.ts';
import { manifestYaml } from './yaml.ts';

export interface AppProps extends Cdk8sAppProps, SynthesizeOptions {
  /**
   * What the gate is to know of this app: packs, parameters, objects made elsewhere. Written with the source map to
   * `<outdir>.index/index.json`, where the gate looks for it.
   * @default no index is written
   */
  readonly description?: OutputDescription;
}

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
  readonly #props: AppProps;
  readonly #recordsMetadata: boolean;

  constructor(props: AppProps = {}) {
    super(props);
    this.#props = props;
    this.#recordsMetadata =
      props.recordConstructMetadata ?? process.env['CDK8S_RECORD_CONSTRUCT_METADATA'] === 'true';
  }

  /**
   * Writes all manifests to `outdir`, by default the folder that cdk8s-cli asks for.
   *
   * @throws InputError with everything that is wrong; nothing is written then
   */
  override synth(): void {
    const objects = synthesize(this, this.#props);
    const fileOf = this.#files(objects);
    const groups = Map.groupBy(objects.entries(), ([index]) => fileOf[index] ?? '');
    const texts = new Map(
      [...groups].map(([file, entries]) => [file, streamText(entries.map(([, object]) => object))] as const),
    );
    for (const folder of new Set(['.', ...[...texts.keys()].map((file) => dirname(file))])) {
      makeFolder(join(this.outdir, folder));
    }
    for (const [file, text] of texts) writeFileSync(join(this.outdir, file), text);
    if (this.#recordsMetadata) this.#writeMetadata(objects);
    const { description } = this.#props;
    if (description === undefined) return;
    makeFolder(`${this.outdir}.index`);
    const written = fileOf.map((file) => texts.get(file) ?? '');
    writeFileSync(
      join(`${this.outdir}.index`, 'index.json'),
      indexText(objects, fileOf, written, description),
    );
  }

  /** @returns all manifests as one YAML stream, in apply order. */
  override synthYaml(): string {
    return streamText(synthesize(this, this.#props));
  }

  /** The file of each object, by output type. */
  #files(objects: readonly SynthesizedObject[]): string[] {
    const extension = this.outputFileExtension;
    const names = new Map<Chart, string>();
    const chartName = ({ object }: SynthesizedObject): string => {
      const chart = Chart.of(object);
      const name = names.get(chart) ?? Names.toDnsLabel(chart);
      names.set(chart, name);
      return name;
    };
    switch (this.yamlOutputType) {
      case YamlOutputType.FILE_PER_APP:
        return objects.map(() => `app${extension}`);
      case YamlOutputType.FILE_PER_CHART:
        return objects.map((object) => `${chartName(object)}${extension}`);
      case YamlOutputType.FILE_PER_RESOURCE:
        return fileNames(objects, () => resourcePlace(''), extension);
      case YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE:
        return fileNames(objects, (object) => resourcePlace(`${chartName(object)}/`), extension);
    }
  }

  /**
   * The file by which cdk8s-cli's validations find the construct of a manifest. They know it by name alone, which says
   * nothing when several kinds share one, so each stands there by kind, namespace and name as well.
   */
  #writeMetadata(objects: readonly SynthesizedObject[]): void {
    const resources = Object.fromEntries(
      objects.flatMap(({ object, manifest }) => {
        const { path } = object.node;
        return [
          [object.name, { path }],
          [identityText(identityOf(manifest)), { path }],
        ];
      }),
    );
    const text = JSON.stringify({ version: '1.0.0', resources });
    writeFileSync(join(this.outdir, 'construct-metadata.json'), text);
  }
}

function streamText(objects: readonly SynthesizedObject[]): string {
  return objects.map(({ manifest }) => manifestYaml(manifest)).join('---\n');
}
