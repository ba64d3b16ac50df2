import { describe, expect, it } from 'vitest';
import { problemLines } from '../../cli/problem-lines.ts';

describe('problems on a terminal', () => {
  it('are one line each', () => {
    expect(
      problemLines([
        { where: 'a.yaml:1:1', what: 'wrong' },
        { where: 'b.yaml', what: 'gone', remedy: 'check the path' },
      ]),
    ).toBe('error: a.yaml:1:1: wrong\nerror: b.yaml: gone; check the path\n');
  });

  it('keep their line whatever a file is called', () => {
    const where = 'a\nerror: b\u001b[31m\u202e\u{e0041}.yaml';
    expect(problemLines([{ where, what: 'wrong' }])).toBe(
      'error: a\\u000aerror: b\\u001b[31m\\u202e\\u{e0041}.yaml: wrong\n',
    );
  });

  it('end after the first hundred, with how many are left', () => {
    const problems = Array.from({ length: 103 }, (_, index) => ({ where: `${index}.yaml`, what: 'wrong' }));
    const lines = problemLines(problems).trimEnd().split('\n');
    expect(lines).toHaveLength(101);
    expect(lines.at(-2)).toBe('error: 99.yaml: wrong');
    expect(lines.at(-1)).toBe('error: and 3 more');
    expect(problemLines(problems.slice(3))).not.toContain('more');
  });
});
