import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { folderOf, indexJson, podYaml } from '../policies/files.ts';
import { sluice } from './run.ts';

describe('sluice gate', () => {
  it('takes several packs, before the path or after it', async () => {
    const cwd = await folderOf({ 'web.yaml': podYaml('web') });
    for (const args of [
      ['--pack', 'workload,rbac', 'web.yaml'],
      ['web.yaml', '--pack', 'workload', '--pack', 'rbac'],
    ]) {
      const { stdout } = await sluice(['gate', ...args, '--format', 'json'], { cwd });
      const report = JSON.parse(stdout) as { rules: { pack: string }[] };
      expect(new Set(report.rules.map((rule) => rule.pack))).toEqual(new Set(['workload', 'rbac']));
    }
  });

  it('exits with 1 on findings, and says only what it found when piped', async () => {
    const cwd = await folderOf({ 'web.yaml': podYaml('web') });
    const { code, stdout, stderr } = await sluice(['gate', 'web.yaml', '--pack', 'workload'], { cwd });
    expect(code).toBe(1);
    expect(stdout).toContain('web.yaml:9 /spec/containers/0/image');
    expect(stdout).not.toContain('\u001b');
    expect(stderr).toBe('');
  });

  it('exits with 0 when no finding is as severe as --fail-on', async () => {
    const cwd = await folderOf({ 'web.yaml': podYaml('web') });
    const { code, stdout } = await sluice(['gate', 'web.yaml', '--pack', 'workload', '--fail-on', 'never'], {
      cwd,
    });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^passed \(--fail-on never\): 1 object; /m);
  });

  it('reads standard input', async () => {
    const { code, stdout } = await sluice(['gate', '-', '--pack', 'workload'], { input: podYaml('web') });
    expect(code).toBe(1);
    expect(stdout).toContain('at:  -:9 /spec/containers/0/image');
  });

  it('fails with 2 where no path holds an object, as after a renderer that failed', async () => {
    const cwd = await folderOf({ 'empty.yaml': '', 'comment.yaml': '# nothing\n---\n' });
    for (const args of [['-'], ['empty.yaml', 'comment.yaml']]) {
      const { code, stdout, stderr } = await sluice(['gate', ...args], { cwd });
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/no Kubernetes objects in the input; .*--allow-empty/);
    }
    expect((await sluice(['gate', '-', '--allow-empty'], { cwd })).code).toBe(0);
  });

  it('writes a report among the manifests where its name is not that of a manifest', async () => {
    const cwd = await folderOf({ 'web.yaml': podYaml('web') });
    const { code } = await sluice(['gate', '.', '--output', 'sluice.sarif', '--format', 'sarif'], { cwd });
    expect(code).toBe(1);
    expect(await readFile(`${cwd}/sluice.sarif`, 'utf8')).toContain('"version": "2.1.0"');
  });

  it('writes the report to a file', async () => {
    const cwd = await folderOf({ 'web.yaml': podYaml('web') });
    const { code, stdout } = await sluice(
      ['gate', 'web.yaml', '--format', 'sarif', '--output', 'out.sarif'],
      { cwd },
    );
    expect([code, stdout]).toEqual([1, '']);
    expect(JSON.parse(await readFile(`${cwd}/out.sarif`, 'utf8'))).toMatchObject({ version: '2.1.0' });
  });

  it('uses index, externals and exceptions, and is the same on every day that is given', async () => {
    const cwd = await folderOf({
      'dist/shop/live/api/pod-web.yaml': podYaml('web'),
      'dist.index/shop/live/index.json': indexJson({ exceptions: 'exceptions.yaml' }),
      'exceptions.yaml':
        '- {rule: workload-image-pinned, object: {kind: Pod, namespace: shop, name: web}, reason: none, owner: me, expires: 2026-12-31}\n',
    });
    const run = (today: string) =>
      sluice(['gate', 'dist/shop/live', '--pack', 'workload', '--today', today], { cwd });
    expect((await run('2026-12-31')).stdout).toContain(
      'workload-image-pinned at Pod shop/web /spec/containers/0/image, until 2026-12-31 by me: none',
    );
    expect((await run('2027-01-01')).stdout).toContain('[exception-expired]');
    expect(await run('2027-01-01')).toEqual(await run('2027-01-01'));
  });

  it('finds the exceptions of the index from inside the output folder, and by an absolute path', async () => {
    const cwd = await folderOf({
      'dist/shop/live/api/pod-web.yaml': podYaml('web'),
      'dist.index/shop/live/index.json': indexJson({ exceptions: 'environments/exceptions.yaml' }),
      'environments/exceptions.yaml':
        '- {rule: workload-image-pinned, object: {kind: Pod, namespace: shop, name: web}, reason: none, owner: me, expires: 2999-12-31}\n',
    });
    for (const [path, from] of [
      ['shop/live', `${cwd}/dist`],
      [`${cwd}/dist/shop/live`, undefined],
    ] as const) {
      const { stdout } = await sluice(['gate', path], from === undefined ? {} : { cwd: from });
      expect(stdout).toContain('workload-image-pinned at Pod shop/web /spec/containers/0/image, until');
    }
  });

  it('tells where only a part of an environment is gated', async () => {
    const cwd = await folderOf({
      'dist/shop/live/api/pod-web.yaml': podYaml('web'),
      'dist/shop/live/worker/pod-job.yaml': podYaml('job'),
      'dist.index/shop/live/index.json': indexJson({
        objects: [{ file: 'api/pod-web.yaml' }, { file: 'worker/pod-job.yaml' }],
      }),
    });
    const notes = async (...paths: string[]) =>
      (await sluice(['gate', ...paths, '--pack', 'workload'], { cwd })).stderr;
    expect(await notes('dist/shop/live/api')).toBe(
      'note: this is part of shop/live; rules about the whole will miss the rest\n',
    );
    expect(await notes('dist/shop/live/api', 'dist/shop/live/worker')).toBe('');
    expect(await notes('dist/shop')).toBe('');
  });

  it('takes exceptions.yaml of the working directory for plain manifests', async () => {
    const cwd = await folderOf({
      'web.yaml': podYaml('web'),
      'exceptions.yaml':
        '- {rule: workload-image-pinned, object: {kind: Pod, namespace: shop, name: web}, reason: none, owner: me, expires: 2999-12-31}\n',
    });
    const { stdout } = await sluice(['gate', 'web.yaml', '--pack', 'workload'], { cwd });
    expect(stdout).toContain(
      'workload-image-pinned at Pod shop/web /spec/containers/0/image, until 2999-12-31',
    );
  });

  it('tells where the time goes on standard error', async () => {
    const cwd = await folderOf({ 'web.yaml': podYaml('web') });
    const { stderr } = await sluice(['gate', 'web.yaml', '--pack', 'workload', '--profile'], { cwd });
    expect(stderr).toMatch(
      /^read +[\d.]+ ms\n(.*\n)*pack workload +[\d.]+ ms\n(.*\n)*report +[\d.]+ ms\nall +[\d.]+ ms\n$/,
    );
  });

  it.each([
    ['unreadable YAML', ['gate', 'bad.yaml'], /^error: bad\.yaml:\d+:\d+: /],
    [
      'a missing path',
      ['gate', 'none.yaml'],
      /^error: none\.yaml: there is no such file or folder; check the path\n$/,
    ],
    ['no path', ['gate'], /missing required argument 'path'/],
    ['an unknown pack', ['gate', 'web.yaml', '--pack', 'worklod'], /did you mean workload\?/],
    [
      'an unknown severity',
      ['gate', 'web.yaml', '--fail-on', 'severe'],
      /Allowed choices are critical, high, medium, low, info, never/,
    ],
    ['a day that is none', ['gate', 'web.yaml', '--today', 'tomorrow'], /write it as YYYY-MM-DD/i],
    ['a day of no calendar', ['gate', 'web.yaml', '--today', '2026-02-30'], /there is no such day/i],
    ['an empty path', ['gate', ''], /^error: command line: an empty path; give a file, a folder or -\n$/],
    [
      'missing exceptions',
      ['gate', 'web.yaml', '--exceptions', 'none.yaml'],
      /none\.yaml: no such file; check the path given with --exceptions/,
    ],
    ['a limit that is none', ['gate', 'web.yaml', '--max-objects', '-1'], /--max-objects: -1 is not a limit/],
    ['more than a limit', ['gate', 'web.yaml', '--max-file-bytes', '10'], /raise it with --max-file-bytes/],
    [
      'an output that is an input',
      ['gate', 'web.yaml', '--output', './web.yaml'],
      /^error: \.\/web\.yaml: is read as manifests; give --output a file outside/,
    ],
    [
      'an output among the inputs',
      ['gate', 'bad.yaml', '.', '--output', 'new/report.json'],
      /^error: new\/report\.json: lies inside \., which is read as manifests; give --output a file outside/,
    ],
    [
      'an output that cannot be written',
      ['gate', 'web.yaml', '--output', 'no/folder/x'],
      /no\/folder\/x: cannot be written/,
    ],
  ])('exits with 2 on %s', async (_, args, message) => {
    const cwd = await folderOf({ 'bad.yaml': 'a: [', 'web.yaml': podYaml('web') });
    const { code, stdout, stderr } = await sluice(args, { cwd });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('    at ');
  });

  it('explains exit codes and shows examples in its help', async () => {
    const { code, stdout } = await sluice(['gate', '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('Exit codes:');
    expect(stdout).toContain('helm template shop ./chart | sluice gate -');
  });
});
