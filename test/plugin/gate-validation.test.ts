import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { Chart } from 'cdk8s';
import { ValidationContext } from 'cdk8s-cli/plugins';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GateValidation, type GateValidationProps } from '../../plugin/index.ts';
import { App } from '../../synth/app.ts';
import { add, deployment } from '../synth/tree.ts';

const ROOT = resolve(import.meta.dirname, '../..');

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'plugin-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

/** Synthesizes a Deployment and a ConfigMap of one name, and validates them as cdk8s-cli does. */
async function validate(image: string, props: GateValidationProps) {
  const app = new App({ outdir: root, recordConstructMetadata: true });
  const chart = new Chart(app, 'web', { namespace: 'web' });
  add(chart, deployment('api', { containers: [{ name: 'app', image }] }));
  add(chart, { kind: 'ConfigMap', metadata: { name: 'api' } });
  app.synth();
  const { resources } = JSON.parse(readFileSync(join(root, 'construct-metadata.json'), 'utf8'));
  const manifests = readdirSync(root)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => join(root, file));
  const context = new ValidationContext(manifests, 'sluice', '0.1.0', resources, false);
  await new GateValidation(props).validate(context);
  return context.report.toJson();
}

describe('the gate as a validation of cdk8s', () => {
  it('reports what it finds by rule, with the construct that made the object', async () => {
    const { summary, violations } = await validate('registry.example/api', { packs: ['workload'] });
    expect(summary.status).toBe('failure');
    expect(violations.find(({ ruleName }) => ruleName === 'workload-image-pinned')).toMatchObject({
      recommendation: expect.stringMatching(/\w/),
      fix: expect.stringMatching(/\w/),
      violatingConstructs: [
        {
          resourceName: 'Deployment web/api',
          constructPath: 'web/deployment-api',
          manifestPath: expect.stringMatching(/web\.k8s\.yaml$/),
          locations: [expect.stringContaining('/spec/template/spec/containers/0/image')],
        },
      ],
    });
  });

  it('succeeds where nothing is bad enough', async () => {
    const { summary } = await validate('registry.example/api', { packs: ['workload'], failOn: 'never' });
    expect(summary).toMatchObject({ status: 'success', metadata: { objects: '2', errors: '0' } });
  });

  it('fails, saying why, where it cannot do its work', async () => {
    const { summary, violations } = await validate('registry.example/api', { packs: ['no-such-pack'] });
    expect([summary.status, violations]).toEqual(['failure', []]);
  });

  it('is run by cdk8s synth', () => {
    const url = (path: string) => JSON.stringify(join(ROOT, path));
    writeFileSync(
      join(root, 'app.ts'),
      `import { ApiObject, App, Chart } from ${url('node_modules/cdk8s/lib/index.js')};
       const app = new App();
       new ApiObject(new Chart(app, 'web'), 'pod', {
         apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { containers: [{ name: 'web', image: 'web' }] },
       });
       app.synth();`,
    );
    writeFileSync(
      join(root, 'cdk8s.yaml'),
      `language: typescript
app: node app.ts
output: out
validations:
  - package: ${url('plugin/index.ts')}
    class: GateValidation
    version: 0.1.0
    properties: { packs: [workload] }
`,
    );
    const { status, stdout } = spawnSync(join(ROOT, 'node_modules/.bin/cdk8s'), ['synth'], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter) },
    });
    expect(stdout).toContain('workload-image-pinned');
    expect(status).toBe(2);
  });
});
