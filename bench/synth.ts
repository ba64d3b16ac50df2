import { execFileSync } from 'node:child_process';
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
    for (let i = 0; i < objectsPerChart; i++) addObject(chart, `app-${c}`, i);
  }
}

/** @param prefix keeps names of charts apart, for cdk8s writes objects of one name to one file */
function addObject(chart: Chart, prefix: string, index: number): void {
  const name = `${prefix}-${index}`;
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
          selector: { app: `${prefix}-${index - 1}` },
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

interface Measurement {
  /** Of `synth()` alone: the tree is built before. */
  readonly milliseconds: number;
  /** Processor time of `synth()`, which says more where the machine has other things to do. */
  readonly cpuMilliseconds: number;
  /** Of the whole process, tree included. */
  readonly peakMebibytes: number;
}

/** Measures in this process, after a tree of 5,000 objects has warmed it up. */
function measure(Constructor: typeof StockApp, yamlOutputType: YamlOutputType, charts: number): Measurement {
  const outdir = mkdtempSync(join(tmpdir(), 'bench-synth-'));
  const synth = (count: number, folder: string): Omit<Measurement, 'peakMebibytes'> => {
    const app = new Constructor({ outdir: join(outdir, folder), yamlOutputType });
    addCharts(app, count, OBJECTS_PER_CHART);
    const start = performance.now();
    const before = process.cpuUsage();
    app.synth();
    const { user, system } = process.cpuUsage(before);
    return { milliseconds: performance.now() - start, cpuMilliseconds: (user + system) / 1000 };
  };
  try {
    synth(50, 'warm-up');
    return { ...synth(charts, 'out'), peakMebibytes: process.resourceUsage().maxRSS / 1024 };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

const OBJECTS_PER_CHART = 100;
const APPS: Readonly<Record<string, typeof StockApp>> = { cdk8s: StockApp, sluice: App };

/** Measures in a process of its own, so that no run pays for the garbage of another. */
function measureApart(app: string, type: YamlOutputType, charts: number): Measurement {
  const args = [fileURLToPath(import.meta.url), app, String(type), String(charts)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

/** Best of some rounds, the two taking turns: both gain and lose alike by what else the machine does. */
function compare(rounds: number): void {
  console.log('100 charts x 100 objects | cdk8s | sluice | ratio | ratio of processor time');
  for (const type of Object.values(YamlOutputType).filter((value) => typeof value === 'number')) {
    const runs: [Measurement[], Measurement[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      for (const [index, app] of Object.keys(APPS).entries()) runs[index]?.push(measureApart(app, type, 100));
    }
    const [cdk8s, sluice] = runs.map(best);
    if (cdk8s === undefined || sluice === undefined) continue;
    const times = [cdk8s, sluice].map(({ milliseconds }) => `${milliseconds.toFixed(0)} ms`).join(' | ');
    const wall = (cdk8s.milliseconds / sluice.milliseconds).toFixed(1);
    const cpu = (cdk8s.cpuMilliseconds / sluice.cpuMilliseconds).toFixed(1);
    console.log(`${YamlOutputType[type]} | ${times} | ${wall}x | ${cpu}x`);
  }
}

function scale(rounds: number): void {
  console.log('objects | time an object | processor time an object | peak memory of the process');
  for (const charts of [10, 100, 1000]) {
    const { FILE_PER_CHART } = YamlOutputType;
    const runs = Array.from({ length: rounds }, () => measureApart('sluice', FILE_PER_CHART, charts));
    const objects = charts * OBJECTS_PER_CHART;
    const { milliseconds, cpuMilliseconds } = best(runs);
    const [wall, cpu] = [milliseconds, cpuMilliseconds].map(
      (time) => `${((time * 1000) / objects).toFixed(1)} us`,
    );
    const peak = Math.max(...runs.map(({ peakMebibytes }) => peakMebibytes));
    console.log(`${objects} | ${wall} | ${cpu} | ${peak.toFixed(0)} MiB`);
  }
}

function best(runs: readonly Measurement[]): Omit<Measurement, 'peakMebibytes'> {
  return {
    milliseconds: Math.min(...runs.map(({ milliseconds }) => milliseconds)),
    cpuMilliseconds: Math.min(...runs.map(({ cpuMilliseconds }) => cpuMilliseconds)),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , app, type, charts] = process.argv;
  const Constructor = APPS[app ?? ''];
  if (Constructor !== undefined)
    console.log(JSON.stringify(measure(Constructor, Number(type), Number(charts))));
  else {
    compare(3);
    scale(2);
  }
}
