import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AppProps, Chart, App as StockApp, YamlOutputType } from 'cdk8s';
import { loadAll } from 'js-yaml';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { App } from '../../synth/app.ts';
import { add, deployment } from './tree.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'synth-app-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function fill(app: StockApp): void {
  for (const name of ['web', 'shop']) {
    const chart = new Chart(app, name, { namespace: name });
    add(chart, deployment(`${name}-api`));
    add(chart, {
      kind: 'ConfigMap',
      metadata: { name: `${name}-settings` },
      data: { mode: '0755', text: 'a\nb\n' },
    });
  }
}

it.skipIf(process.platform !== 'linux')('fails, instead of to hang, where no folder can be made', () => {
  const app = new App({ outdir: '/proc/no-such-folder/deeper' });
  fill(app);
  expect(() => app.synth()).toThrow('ENOENT');
});

/** Documents by file. */
function read(outdir: string): Record<string, unknown[]> {
  const files = readdirSync(outdir, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.yaml'),
  );
  return Object.fromEntries(
    files.sort().map((file) => {
      const documents: unknown[] = loadAll(readFileSync(join(outdir, file), 'utf8'));
      return [file, documents.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))];
    }),
  );
}

const TYPES = Object.values(YamlOutputType).filter((type) => typeof type === 'number');

describe('App', () => {
  it.each(TYPES.map((type) => [YamlOutputType[type], type] as const))(
    'writes the files of a cdk8s app, by %s',
    (_, yamlOutputType) => {
      const props = (folder: string): AppProps => ({ outdir: join(root, folder), yamlOutputType });
      for (const app of [new StockApp(props('stock')), new App({ ...props('ours'), syncWaves: false })]) {
        fill(app);
        app.synth();
      }
      expect(read(join(root, 'ours'))).toEqual(read(join(root, 'stock')));
    },
  );

  it('gives the same stream as a cdk8s app', () => {
    const texts = [new StockApp(), new App({ syncWaves: false })].map((app) => {
      fill(app);
      return loadAll(app.synthYaml())
        .map((document) => JSON.stringify(sorted(document)))
        .sort();
    });
    expect(texts[1]).toEqual(texts[0]);
  });

  it('writes where cdk8s-cli asks it to', () => {
    process.env['CDK8S_OUTDIR'] = join(root, 'asked');
    try {
      const app = new App();
      fill(app);
      app.synth();
    } finally {
      delete process.env['CDK8S_OUTDIR'];
    }
    expect(Object.keys(read(join(root, 'asked')))).toHaveLength(2);
  });

  it('keeps objects apart that cdk8s would write to one file', () => {
    const app = new App({ outdir: root, yamlOutputType: YamlOutputType.FILE_PER_RESOURCE });
    const chart = new Chart(app, 'chart');
    add(chart, { kind: 'ConfigMap', metadata: { name: 'a', namespace: 'x' } });
    add(chart, { kind: 'ConfigMap', metadata: { name: 'a', namespace: 'y' } });
    app.synth();
    expect(Object.keys(read(root))).toEqual(['ConfigMap.x_a.k8s.yaml', 'ConfigMap.y_a.k8s.yaml']);
  });

  it('writes nothing when anything is wrong', () => {
    const outdir = join(root, 'none');
    const app = new App({ outdir });
    fill(app);
    add(new Chart(app, 'bad'), { kind: 'ConfigMap', metadata: { name: 'Bad' } });
    expect(() => app.synth()).toThrow('bad/configmap-bad');
    expect(existsSync(outdir)).toBe(false);
  });

  it('tells validations of cdk8s-cli which construct made an object, also where two share a name', () => {
    const app = new App({ outdir: root, recordConstructMetadata: true });
    const chart = new Chart(app, 'chart', { namespace: 'web' });
    add(chart, { kind: 'ConfigMap', metadata: { name: 'api' } });
    add(chart, deployment('api'));
    app.synth();
    const { version, resources } = JSON.parse(readFileSync(join(root, 'construct-metadata.json'), 'utf8'));
    expect(version).toBe('1.0.0');
    expect(resources).toMatchObject({
      'ConfigMap web/api': { path: 'chart/configmap-api' },
      'Deployment web/api': { path: 'chart/deployment-api' },
      api: { path: expect.any(String) },
    });
  });

  it('writes an index beside the output when it is described', () => {
    const description = {
      platform: 'p',
      environment: 'e',
      packs: ['rbac'],
      parameters: { a: 1 },
      externals: [],
    };
    const outdir = join(root, 'out');
    const app = new App({ outdir, description, yamlOutputType: YamlOutputType.FILE_PER_RESOURCE });
    fill(app);
    app.synth();
    const index = JSON.parse(readFileSync(join(root, 'out.index/index.json'), 'utf8'));
    expect(index).toMatchObject({ version: 1, ...description });
    expect(index.objects).toHaveLength(4);
    expect(index.objects[0]).toMatchObject({
      order: 0,
      file: 'ConfigMap.shop-settings.k8s.yaml',
      construct: 'shop/configmap-shop-settings',
    });
  });
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort()
      .map(([key, item]) => [key, sorted(item)]),
  );
}
