import { describe, expect, it } from 'vitest';
import { InputError } from '../../core/problem.ts';
import type { Exception } from '../../policies/exception.ts';
import { applyExceptions } from '../../policies/exceptions.ts';
import { isDay, parseExceptions } from '../../policies/exceptions-file.ts';
import type { Finding } from '../../policies/finding.ts';
import { fingerprint } from '../../policies/fingerprint.ts';
import type { Rule } from '../../policies/rule.ts';

const rule = (id: string, exceptionable = true): Rule => ({
  id,
  pack: 'sample',
  title: id,
  description: id,
  severity: 'high',
  scope: 'object',
  kinds: ['Pod'],
  remediation: 'Change it.',
  references: [],
  exceptionable,
});
const finding = (ruleId: string, name: string, path = '/spec', namespace = 'shop'): Finding => {
  const object = { apiVersion: 'v1', kind: 'Pod', namespace, name };
  return {
    rule: ruleId,
    severity: 'high',
    message: 'no',
    remediation: 'Change it.',
    object,
    path,
    file: 'a.yaml',
    line: 1,
    fingerprint: fingerprint(ruleId, object, path),
  };
};
const exception = (change: Partial<Exception> = {}): Exception => ({
  rule: 'sample-a',
  object: { kind: 'Pod', namespace: 'shop', name: 'web' },
  reason: 'the vendor image allows no other',
  owner: 'shop-team',
  expires: '2026-12-31',
  position: { file: 'exceptions.yaml', line: 3, column: 3 },
  ...change,
});
const rules = [rule('sample-a'), rule('sample-b'), rule('sample-strict', false)];
const apply = (
  findings: readonly Finding[],
  exceptions: readonly Exception[],
  today = '2026-11-21',
  environment = 'live',
) =>
  applyExceptions(findings, exceptions, {
    evaluated: rules,
    known: [...rules, rule('other-pack')],
    today,
    environment,
  });
const ids = (findings: readonly Finding[]): string[] => findings.map(({ rule }) => rule);

describe('an exception', () => {
  it('excuses the findings of its rule at its object, and no others', () => {
    const findings = [
      finding('sample-a', 'web'),
      finding('sample-b', 'web'),
      finding('sample-a', 'api'),
      finding('sample-a', 'web', '/spec', 'other'),
    ];
    const { findings: left, excepted } = apply(findings, [exception()]);
    expect(left).toEqual(findings.slice(1));
    expect(excepted).toEqual([{ finding: findings[0], exception: exception() }]);
  });

  it('with a path excuses what stands at or below it', () => {
    const paths = ['/spec/containers/1', '/spec/containers/1/image', '/spec/containers/10/image', '/spec'];
    const { findings } = apply(
      paths.map((path) => finding('sample-a', 'web', path)),
      [exception({ path: '/spec/containers/1' })],
    );
    expect(findings.map(({ path }) => path)).toEqual(['/spec/containers/10/image', '/spec']);
  });

  it('holds on its last day', () => {
    expect(apply([finding('sample-a', 'web')], [exception()], '2026-12-31').findings).toEqual([]);
  });

  it('holds only in its environments', () => {
    const elsewhere = exception({ environments: ['preview'] });
    expect(ids(apply([finding('sample-a', 'web')], [elsewhere]).findings)).toEqual(['sample-a']);
    expect(ids(apply([], [elsewhere]).findings)).toEqual([]);
    expect(apply([finding('sample-a', 'web')], [elsewhere], '2026-11-21', 'preview').excepted).toHaveLength(
      1,
    );
  });

  it('that is expired excuses nothing and is a finding where it is written', () => {
    const { findings } = apply([finding('sample-a', 'web')], [exception()], '2027-01-01');
    expect(ids(findings)).toEqual(['sample-a', 'exception-expired']);
    expect(findings[1]).toMatchObject({
      file: 'exceptions.yaml',
      line: 3,
      message: 'the exception of shop-team for sample-a expired on 2026-12-31',
    });
  });

  it('that excuses nothing is a finding', () => {
    const { findings } = apply([], [exception()]);
    expect(findings).toMatchObject([
      { rule: 'exception-unused', message: 'excuses no finding of sample-a at Pod shop/web' },
    ]);
  });

  it('that misses by its namespace is told what is near', () => {
    const { findings } = apply(
      [finding('sample-a', 'web')],
      [exception({ object: { kind: 'Pod', name: 'web' } })],
    );
    expect(findings[1]?.message).toBe(
      'excuses no finding of sample-a at Pod web; there is one at Pod shop/web /spec',
    );
  });

  it('for a rule that allows none excuses nothing and is a finding', () => {
    const { findings } = apply([finding('sample-strict', 'web')], [exception({ rule: 'sample-strict' })]);
    expect(ids(findings)).toEqual(['sample-strict', 'exception-not-allowed']);
  });

  it('for a rule that does not exist is a finding', () => {
    expect(ids(apply([], [exception({ rule: 'sample-typo' })]).findings)).toEqual(['exception-unknown-rule']);
  });

  it('for a rule of a pack that was not evaluated is left alone', () => {
    expect(apply([], [exception({ rule: 'other-pack' })]).findings).toEqual([]);
  });

  it('written twice is unused once', () => {
    const { findings, excepted } = apply([finding('sample-a', 'web')], [exception(), exception()]);
    expect([ids(findings), excepted.length]).toEqual([['exception-unused'], 1]);
  });

  it('has a fingerprint of its own for each rule', () => {
    const { findings } = apply([], [exception(), exception({ rule: 'sample-b' })]);
    expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(2);
  });
});

const ENTRY = `- rule: sample-a
  object: {kind: Pod, namespace: shop, name: web}
  reason: the vendor image allows no other
  owner: shop-team
  expires: 2026-12-31
`;
const problemsOf = (text: string): string[] => {
  try {
    parseExceptions(text, 'exceptions.yaml');
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.problems.map(({ where, what }) => `${where}: ${what}`);
  }
};

describe('an exceptions file', () => {
  it('is a list with the place of each entry', () => {
    expect(parseExceptions(`# why\n${ENTRY}${ENTRY}`, 'exceptions.yaml')).toEqual([
      exception({ position: { file: 'exceptions.yaml', line: 2, column: 3 } }),
      exception({ position: { file: 'exceptions.yaml', line: 7, column: 3 } }),
    ]);
  });

  it.each(['', '# nothing yet\n', '---\n[]\n'])('may be empty: %j', (text) => {
    expect(parseExceptions(text, 'exceptions.yaml')).toEqual([]);
  });

  it.each(['rule', 'object', 'reason', 'owner', 'expires'])('fails without %s', (key) => {
    const text = `- a: b\n${ENTRY.replace(/^- /, '  ')}`.replace(/- a: b\n {2}/, '- ');
    const without = text.replace(
      new RegExp(`^(- |  )${key}: .*\\n`, 'm'),
      key === 'rule' ? '- path: /spec\n' : '',
    );
    expect(problemsOf(without)).toEqual([
      expect.stringMatching(new RegExp(`^exceptions\\.yaml:1:\\d+: ${key} is missing$`)),
    ]);
  });

  it.each([
    ['an unknown key', ENTRY.replace('reason:', 'because:'), 'exceptions.yaml:3:3: unknown key "because"'],
    [
      'a day that does not exist',
      ENTRY.replace('2026-12-31', '2026-02-30'),
      'exceptions.yaml:5:3: expires "2026-02-30" is no day',
    ],
    [
      'a time for a day',
      ENTRY.replace('2026-12-31', 'tomorrow'),
      'exceptions.yaml:5:3: expires "tomorrow" is no day',
    ],
    [
      'an empty reason',
      ENTRY.replace('the vendor image allows no other', ''),
      'exceptions.yaml:3:3: reason is empty',
    ],
    ['a number for an owner', ENTRY.replace('shop-team', '7'), 'exceptions.yaml:4:3: owner is 7'],
    ['an object without a name', ENTRY.replace(', name: web', ''), 'exceptions.yaml:2:3: name is missing'],
    ['an object that is text', ENTRY.replace(/\{.*\}/, 'web'), 'exceptions.yaml:2:3: object is no mapping'],
    [
      'a path that is no pointer',
      `${ENTRY}  path: spec\n`,
      'exceptions.yaml:6:3: path "spec" is no JSON pointer',
    ],
    [
      'environments that are no list',
      `${ENTRY}  environments: live\n`,
      'exceptions.yaml:6:3: environments is no list of names',
    ],
    ['an entry that is text', '- web\n', 'exceptions.yaml:1:3: not a mapping'],
    ['a map', 'rule: sample-a\n', 'exceptions.yaml:1:1: not a list'],
    ['a key twice', `${ENTRY}  owner: other\n`, 'exceptions.yaml:6:3: duplicate key "owner"'],
    ['no YAML', '- [\n', 'exceptions.yaml:'],
  ])('fails on %s', (_, text, problem) => {
    expect(problemsOf(text)[0]).toContain(problem);
  });

  it('of many blank lines is read in no time', () => {
    expect(parseExceptions(`${' \n'.repeat(50_000)}#`, 'exceptions.yaml')).toEqual([]);
    expect(problemsOf(`${' \n'.repeat(50_000)}x`)).toHaveLength(1);
  });

  it('fails with everything that is wrong with it', () => {
    expect(problemsOf(ENTRY.replace('2026-12-31', 'soon').replace('shop-team', '""'))).toHaveLength(2);
  });
});

describe('a day', () => {
  it.each([
    ['2024-02-29', true],
    ['2026-02-29', false],
    ['2026-1-01', false],
    ['20260101', false],
    [20260101, false],
  ])('%j: %j', (value, expected) => {
    expect(isDay(value)).toBe(expected);
  });
});
