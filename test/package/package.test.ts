import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installedProject, type Outcome, type Project } from './project.ts';

let project: Project;

beforeAll(() => {
  project = installedProject();
});
afterAll(() => project?.remove());

describe('the package', () => {
  test('holds what runs and no sources, tests or manifests', () => {
    expect(project.packed).toContain('bin/sluice.js');
    expect(project.packed).toContain('lib/cli/main.js');
    expect(project.packed).toContain('lib/constructs/index.d.ts');
    expect(project.packed).toContain('policies/compiled/workload.wasm');
    const foreign = project.packed.filter(
      (file) => !/^(?:bin|lib|policies\/compiled|environments)\//.test(file),
    );
    expect(foreign.toSorted()).toEqual(['README.md', 'package.json']);
    expect(project.packed.filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))).toEqual([]);
  });
});

describe('in a blank cdk8s project', () => {
  test('runs on the oldest Node.js that it promises', () => {
    expect(project.run('node', ['--version']).output.trim()).toBe('v22.18.0');
  });

  test('its constructs compile under --strict, and what must not compile does not', () => {
    expectSuccess(project.run('tsc', ['--strict']));
  });

  test('its command line answers', () => {
    expectSuccess(project.run('npx', ['sluice', '--help']));
    const { output } = expectSuccess(project.run('npx', ['sluice', 'rules']));
    expect(output).toContain('workload-image-pinned');
  });

  test('cdk8s synth writes manifests that pass our validation plug-in', () => {
    const { output } = expectSuccess(project.run('npx', ['cdk8s', 'synth']));
    expect(output).toContain('Validations finished');
    expect(manifests()).not.toEqual([]);
  });

  test('sluice gate passes the same manifests', () => {
    expectSuccess(project.run('npx', ['sluice', 'gate', 'manifests', '--fail-on', 'high']));
  });

  test('policy tests of the project use our matchers', () => {
    expectSuccess(project.run('npx', ['vitest', 'run', '--dir', '.']));
  });

  test('fails cdk8s synth, with the rule and the construct, where a rule is broken', () => {
    const { status, output } = project.run('npx', ['cdk8s', 'synth'], { UNPINNED: '1' });
    expect(status).not.toBe(0);
    expect(output).toContain('workload-image-pinned');
    expect(output).toContain('shop/web');
  });

  test('fails sluice gate with exit code 1, the rule and the line', () => {
    const { status, output } = project.run('npx', ['sluice', 'gate', 'manifests', '--fail-on', 'high']);
    expect(status).toBe(1);
    expect(output).toContain('workload-image-pinned');
    expect(output).toMatch(/manifests\/\S+\.yaml:\d+/);
  });

  test('synthesizes a platform from an environment file of its own', () => {
    expectSuccess(project.run('npx', ['sluice', 'init', 'agentweaver', '--out', 'cloud.yaml']));
    expectSuccess(project.run('npx', ['sluice', 'synth', 'cloud.yaml']));
    expect(existsSync(join(project.folder, 'dist.index/agentweaver'))).toBe(true);
  });
});

function manifests(): string[] {
  return readdirSync(join(project.folder, 'manifests')).filter((name) => name.endsWith('.yaml'));
}

/** @returns the outcome, whose output a failing test shows. */
function expectSuccess(outcome: Outcome): Outcome {
  if (outcome.status !== 0) throw new Error(`exit code ${outcome.status}\n${outcome.output}`);
  return outcome;
}
