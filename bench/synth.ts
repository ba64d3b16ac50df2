import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type App as AnyApp, ApiObject, Chart, App as StockApp, YamlOutputType } from 'cdk8s';
import { App } from '../synth/app.ts';

/** Adds charts of Deployments, Services and ConfigMaps as plain ApiObjects, which both apps render alike. */
export function addCharts(app: AnyApp, charts: number, objectsPerChart: number): void {
  for (let c = 0; c < charts; c++) {
    const chart = new Chart(app, `chart-${c}`, { namespace: `team-${c}`, labels: { team: `team-${c}` } });
    for (let i = 0; i < objectsPerChart; i++) addObject(chart, i);
  }
}

function addObject(chart: Chart, index: number): void {
  const name = `app-${index}`;
  switch (index % 3) {
    case 0:
      new ApiObject(chart, name, {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name, labels: { app: name } },
        spec: {
          replicas: 2,
          selector: { matchLabels: { app: name } },
          template: {
            metadata: { labels: { app: name } },
            spec: {
              containers: [
                {
                  name: 'app',
                  image: 'registry.example/app:1.0.0',
                  ports: [{ name: 'http', containerPort: 8080 }],
                  env: [
                    { name: 'LOG_LEVEL', value: 'info' },
                    { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
                  ],
                  resources: {
                    requests: { cpu: '100m', memory: '128Mi' },
                    limits: { cpu: '1', memory: '512Mi' },
                  },
                },
              ],
            },
          },
        },
      });
      break;
    case 1:
      new ApiObject(chart, name, {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name },
        spec: {
          selector: { app: `app-${index - 1}` },
          ports: [{ name: 'http', port: 80, targetPort: 'http' }],
        },
      });
      break;
    default:
      new ApiObject(chart, name, {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name },
        data: { 'settings.yaml': `index: ${index}\nname: ${name}\n`, greeting: `hello from ${name}` },
      });
  }
}

/** Milliseconds that `synth()` takes, the building of the tree not counted. */
function time(makeApp: (outdir: string) => AnyApp, charts: number, objectsPerChart: number): number {
  const outdir = mkdtempSync(join(tmpdir(), 'bench-synth-'));
  try {
    const app = makeApp(outdir);
    addCharts(app, charts, objectsPerChart);
    const start = performance.now();
    app.synth();
    return performance.now() - start;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

const TYPES = [
  YamlOutputType.FILE_PER_CHART,
  YamlOutputType.FILE_PER_APP,
  YamlOutputType.FILE_PER_RESOURCE,
  YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE,
];

function compare(rounds: number): void {
  for (const yamlOutputType of TYPES) {
    const stock: number[] = [];
    const ours: number[] = [];
    for (let round = 0; round < rounds; round++) {
      stock.push(time((outdir) => new StockApp({ outdir, yamlOutputType }), 100, 100));
      ours.push(time((outdir) => new App({ outdir, yamlOutputType }), 100, 100));
    }
    const [theirs, own] = [Math.min(...stock), Math.min(...ours)];
    const name = YamlOutputType[yamlOutputType];
    console.log(
      `${name}: cdk8s ${theirs.toFixed(0)} ms, sluice ${own.toFixed(0)} ms, ${(theirs / own).toFixed(1)}x faster`,
    );
  }
}

function scale(): void {
  for (const charts of [10, 100, 1000]) {
    const elapsed = time((outdir) => new App({ outdir }), charts, 100);
    const resident = process.resourceUsage().maxRSS / 1024;
    console.log(
      `${charts * 100} objects: ${((elapsed * 1000) / (charts * 100)).toFixed(1)} us an object, peak ${resident.toFixed(0)} MiB`,
    );
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  compare(3);
  scale();
}
