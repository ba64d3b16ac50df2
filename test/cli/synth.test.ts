import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const SLUICE = join(ROOT, 'bin/sluice.js');
const OUTPUT = 'dist/agentweaver/default';

/** A project whose only environment has been synthesized, and a copy of it for every test. */
let pristine: string;
let first: SpawnSyncReturns<string>;
let project: string;

beforeAll(() => {
  pristine = mkdtempSync(join(tmpdir(), 'sluice-pristine-'));
  mkdirSync(join(pristine, 'environments/agentweaver'), { recursive: true });
  for (const file of ['default.yaml', 'exceptions.yaml', 'schema.json']) {
    const path = join('environments/agentweaver', file);
    cpSync(join(ROOT, path), join(pristine, path));
  }
  project = pristine;
  first = sluice('synth');
});
afterAll(() => {
  rmSync(pristine, { recursive: true });
});
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'sluice-project-'));
  cpSync(pristine, project, { recursive: true });
});
afterEach(() => {
  rmSync(project, { recursive: true });
});

function sluice(...args: string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [SLUICE, ...args], { cwd: project, encoding: 'utf8' });
}

function files(): string[] {
  const all = readdirSync(join(project, 'dist'), { recursive: true, withFileTypes: true });
  return all.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

describe('sluice synth', () => {
  it('writes every environment of the project, gated, and says so', () => {
    const { status, stdout, stderr } = first;
    expect(stderr).toBe('');
    expect(stdout).toContain('agentweaver/default from environments/agentweaver/default.yaml');
    expect(stdout).toMatch(/objects: \d+/);
    expect(stdout).toMatch(/\d+ NetworkPolicy/);
    expect(stdout).toMatch(/rules: \d+ checked/);
    expect(stdout).toMatch(/files: dist\/agentweaver\/default, \d+ added, 0 changed, 0 removed/);
    expect(status).toBe(0);
    expect(files().every((file) => file.endsWith('.yaml'))).toBe(true);
  });

  it('writes nothing the second time', () => {
    expect(sluice('synth').stdout).toMatch(/files: dist\/agentweaver\/default is up to date, \d+ unchanged/);
    expect(sluice('synth', '--check').status).toBe(0);
  });

  it('fails a check where the output is not what synth makes, without touching it', () => {
    const file = join(project, OUTPUT, 'namespace/namespace-agentweaver.yaml');
    writeFileSync(file, `${readFileSync(file, 'utf8')}# edited\n`);
    const { status, stdout } = sluice('synth', '--check');
    expect(status).toBe(1);
    expect(stdout).toContain('differs namespace/namespace-agentweaver.yaml');
    expect(readFileSync(file, 'utf8')).toContain('# edited');
    expect(sluice('synth').stdout).toContain('0 added, 1 changed, 0 removed');
    expect(readFileSync(file, 'utf8')).not.toContain('# edited');
  });

  it('leaves the output as it was where the gate finds something, and says what', () => {
    const environment = join(project, 'environments/agentweaver/default.yaml');
    writeFileSync(
      environment,
      readFileSync(environment, 'utf8').replace(/^imageTag:.*$/m, 'imageTag: v9.9.9'),
    );
    const before = files().map((file) => readFileSync(file, 'utf8'));
    const { status, stdout } = sluice('synth', '--fail-on', 'info');
    expect(status).toBe(1);
    expect(stdout).toContain('failed (--fail-on info)');
    expect(stdout).toMatch(/at: {2}dist\/agentweaver\/default\/[\w/.-]+\.yaml:\d+/);
    expect(stdout).toContain('dist/agentweaver/default left as it was');
    expect(files().map((file) => readFileSync(file, 'utf8'))).toEqual(before);
  });

  it('tells programs as JSON', () => {
    const { stdout } = sluice('synth', '--format', 'json');
    const { environments } = JSON.parse(stdout);
    expect(environments).toHaveLength(1);
    expect(environments[0]).toMatchObject({
      file: 'environments/agentweaver/default.yaml',
      platform: 'agentweaver',
      environment: 'default',
      folder: OUTPUT,
      kinds: { Namespace: 1 },
      verdict: 'clean',
      errors: [],
    });
  });

  it('fails where two files are of one environment', () => {
    const folder = join(project, 'environments/agentweaver');
    cpSync(join(folder, 'default.yaml'), join(folder, 'twin.yaml'));
    const { status, stderr } = sluice('synth');
    expect(status).toBe(2);
    expect(stderr).toContain(
      'as environments/agentweaver/default.yaml is; give one of them another "environment"',
    );
  });

  it('fails with the problems of every file at once', () => {
    const { status, stderr } = sluice('synth', 'no.yaml', 'nothing.yaml');
    expect(status).toBe(2);
    expect(stderr).toContain('error: no.yaml: no such file');
    expect(stderr).toContain('error: nothing.yaml: no such file');
  });

  it('fails to write where the project itself stands', () => {
    const { status, stderr } = sluice('synth', '--out', '.');
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining('error: --out: "." is the working directory'),
    ]);
  });

  it('fails with a sentence where the output cannot be written', () => {
    writeFileSync(join(project, 'taken'), '');
    const { status, stderr } = sluice('synth', '--out', 'taken');
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: \S*taken\S*: the output cannot be written \(ENOTDIR\); check the folder/);
  });

  it('fails where there is nothing to synthesize, with the way to begin', () => {
    rmSync(join(project, 'environments'), { recursive: true });
    const { status, stderr } = sluice('synth');
    expect(status).toBe(2);
    expect(stderr).toContain('sluice init PLATFORM');
  });

  it('fails rather than remove a file that somebody keeps in the output', () => {
    writeFileSync(join(project, OUTPUT, 'notes.txt'), 'mine');
    const { status, stderr } = sluice('synth');
    expect(status).toBe(2);
    expect(stderr).toContain('holds files that synth did not write: notes.txt');
    expect(sluice('synth', '--force').status).toBe(0);
    expect(files().some((file) => file.endsWith('notes.txt'))).toBe(false);
  });
});
