import { describe, expect, it } from 'vitest';
import { folderOf } from '../policies/files.ts';
import { sluice } from './run.ts';

const RBAC = `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: ann}
roleRef: {kind: ClusterRole, name: view}
subjects: [{kind: User, name: ann}]
`;
const WORDS = ['access', '--subject', 'user:ann', '--verb', 'list', '--resource', 'pods'];

describe('sluice ask', () => {
  it('answers a question in words', async () => {
    const { code, stdout, stderr } = await sluice(['ask', '-', ...WORDS], { input: RBAC });
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject([{ id: 'access', allowed: true }]);
  });

  it('answers questions of a file, one a line where asked', async () => {
    const question = { type: 'access', subject: 'user:ann', verb: 'list', resource: 'pods' };
    const lines = [question, { ...question, verb: 'delete' }].map((line) => JSON.stringify(line));
    const cwd = await folderOf({ 'rbac.yaml': RBAC, 'q.ndjson': lines.join('\n') });
    const args = ['ask', 'rbac.yaml', '--queries', 'q.ndjson', '--format', 'ndjson'];
    const { code, stdout } = await sluice(args, { cwd });
    expect(code).toBe(0);
    const answers = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string; allowed: boolean });
    expect(answers.map(({ id, allowed }) => [id, allowed])).toEqual([
      ['1', true],
      ['2', false],
    ]);
  });

  it('reads questions from standard input', async () => {
    const cwd = await folderOf({ 'rbac.yaml': RBAC });
    const { code, stdout } = await sluice(['ask', 'rbac.yaml', '--queries', '-'], { cwd, input: '[]' });
    expect([code, stdout]).toEqual([0, '[]\n']);
  });

  it('exits with 1 when some question got an error', async () => {
    const { code, stdout } = await sluice(['ask', '-', 'access', '--verb', 'list'], { input: RBAC });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject([{ id: 'access', error: { code: 'malformed' } }]);
  });

  it.each([
    ['manifests that cannot be read', ['none.yaml', ...WORDS], 'there is no such file or folder'],
    ['questions that cannot be read', ['-', '--queries', 'none.json'], 'there is no such file'],
    ['no question', ['-'], 'no question'],
    ['an option that does not exist', ['-', '--bad', 'x', '--queries', 'q.json'], 'unknown option --bad'],
    ['an option with a wrong value', ['-', '--kubernetes-version', 'x', ...WORDS], 'kubernetesVersion'],
    ['both manifests and questions on standard input', ['-', '--queries', '-'], 'from standard input'],
    ['two forms of question at once', ['-', '--queries', 'q.json', ...WORDS], 'give one of the two'],
  ])('exits with 2 on %s', async (_, args, message) => {
    const { code, stdout, stderr } = await sluice(['ask', ...args], { input: RBAC });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});
