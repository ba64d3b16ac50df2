import { describe, expect, it } from 'vitest';
import { writeRuleDocs } from '../../cli/rule-docs.ts';
import { PROJECT_ROOT } from '../../policies/root.ts';
import { sluice } from './run.ts';

describe('sluice rules', () => {
  it('lists every rule by pack', async () => {
    const { code, stdout } = await sluice(['rules']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^workload \(\d+ rules\)$/m);
    expect(stdout).toMatch(/^ {2}workload-image-pinned +high +Container images are pinned$/m);
    expect(stdout).toMatch(/^ {2}exception-expired +high /m);
  });

  it('lists the rules of one pack', async () => {
    const { stdout } = await sluice(['rules', '--pack', 'exceptions', '--format', 'json']);
    expect(JSON.parse(stdout).map(({ id }: { id: string }) => id)).toEqual([
      'exception-expired',
      'exception-not-allowed',
      'exception-unknown-rule',
      'exception-unused',
    ]);
  });

  it('tells of one rule what, why, fix, examples and references', async () => {
    const { stdout } = await sluice(['rules', 'workload-image-pinned']);
    for (const part of [
      'Container images are pinned',
      'Fix\n',
      'Fails: ',
      'Passes: ',
      'kind: Deployment',
      'https://kubernetes.io/docs/',
    ])
      expect(stdout).toContain(part);
  });

  it('fails on an unknown rule and tells the nearest', async () => {
    const { code, stderr } = await sluice(['rules', 'workload-image-pined']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('did you mean workload-image-pinned?')]);
  });
});

describe('the rule documentation', () => {
  it('is what the compiled rules say', async () => {
    expect(await writeRuleDocs(PROJECT_ROOT, true), 'run: sluice policies build').toEqual([]);
  });
});
