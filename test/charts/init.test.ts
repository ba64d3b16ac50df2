import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readEnvironment } from '../../charts/index.ts';
import { initCommand } from '../../cli/commands/init.ts';

describe('sluice init', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sluice-init-'));
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await rm(folder, { recursive: true });
  });

  const init = (...args: string[]) => initCommand().exitOverride().parseAsync(args, { from: 'user' });

  test('writes an environment file that works, named as its file, its schema and its exceptions', async () => {
    const file = join(folder, 'new', 'staging.yaml');
    await init('agentweaver', '--out', file);
    expect(await readEnvironment(file)).toMatchObject({ platform: 'agentweaver', environment: 'staging' });
    expect(await readdir(join(folder, 'new'))).toEqual(['exceptions.yaml', 'schema.json', 'staging.yaml']);
    expect(process.stdout.write).toHaveBeenCalledWith(expect.stringContaining(`sluice synth ${file}`));
  });

  test('fails with a remedy where the file cannot be written', async () => {
    await writeFile(join(folder, 'plain'), '');
    await expect(init('agentweaver', '--out', join(folder, 'plain', 'staging.yaml'))).rejects.toThrow(
      /plain\/staging\.yaml: cannot be written \(ENOTDIR\); give a file in a folder that you may write to with --out$/,
    );
    await mkdir(join(folder, 'staging'));
    await expect(init('agentweaver', '--force', '--out', join(folder, 'staging'))).rejects.toThrow(
      /staging: cannot be written \(EISDIR\); give a file/,
    );
  });

  test('leaves exceptions as a person has made them', async () => {
    await writeFile(join(folder, 'exceptions.yaml'), '[]\n');
    await init('agentweaver', '--out', join(folder, 'staging.yaml'));
    expect(await readFile(join(folder, 'exceptions.yaml'), 'utf8')).toBe('[]\n');
  });

  test('shows every option with its default, so that uncommenting changes nothing', async () => {
    const file = join(folder, 'staging.yaml');
    await init('agentweaver', '--out', file);
    const before = await readEnvironment(file);
    const [head, options] = (await readFile(file, 'utf8')).split('# Options, each with its default:\n');
    await writeFile(file, head + (options ?? '').replaceAll(/^# ?/gm, ''));
    const after = await readEnvironment(file);
    expect(after.parameters).toEqual(before.parameters);
    expect(Object.keys(after.parameters).sort()).toEqual(Object.keys(before.parameters).sort());
    expect((options ?? '').match(/^# [a-zA-Z]+:/gm)).toHaveLength(9);
  });

  test('fails where the file is there already, and replaces it with --force', async () => {
    const file = join(folder, 'staging.yaml');
    await writeFile(file, 'mine\n');
    await expect(init('agentweaver', '--out', file)).rejects.toThrow(
      /is there already; choose another --out, or/,
    );
    expect(await readFile(file, 'utf8')).toBe('mine\n');
    expect(await readdir(folder)).toEqual(['staging.yaml']);
    await init('agentweaver', '--out', file, '--force');
    expect((await readEnvironment(file)).environment).toBe('staging');
  });

  test.each([
    ['agentweavr', /unknown platform "agentweavr"; did you mean "agentweaver"\?/],
    ['something', /unknown platform "something"; platforms: agentweaver/],
    ['constructor', /unknown platform "constructor"/],
  ])('fails on the platform %s', async (name, message) => {
    await expect(init(name, '--out', join(folder, 'a.yaml'))).rejects.toThrow(message);
    expect(await readdir(folder)).toEqual([]);
  });

  test('fails on a file name that names no environment', async () => {
    const file = join(folder, 'My Cluster.yaml');
    await expect(init('agentweaver', '--out', file)).rejects.toThrow(
      /"My Cluster" cannot be the name of an environment/,
    );
  });
});
