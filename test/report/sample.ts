import type { Finding } from '../../policies/finding.ts';
import { fingerprint } from '../../policies/fingerprint.ts';
import type { GateResult } from '../../policies/gate.ts';
import type { Rule } from '../../policies/rule.ts';

export function sampleRule(id: string, pack = 'sample'): Rule {
  return {
    id,
    pack,
    title: `Title of ${id}`,
    description: `What ${id} checks,\nin two lines.`,
    severity: 'high',
    scope: 'object',
    kinds: ['Pod'],
    remediation: 'Change it.',
    references: ['https://kubernetes.io/docs/', 'sample:I1'],
    exceptionable: true,
  };
}

export function sampleFinding(change: Partial<Finding> = {}): Finding {
  const object = { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web' };
  return {
    rule: 'sample-a',
    severity: 'high',
    message: 'container app is größer',
    remediation: 'Change it.',
    object,
    path: '/spec/containers/0',
    file: 'dist/shop/api/pod-web.yaml',
    line: 7,
    fingerprint: fingerprint('sample-a', object, '/spec/containers/0'),
    ...change,
  };
}

export const SAMPLE: GateResult = {
  verdict: 'findings',
  failOn: 'medium',
  partOf: [],
  objects: 3,
  rules: [sampleRule('sample-a'), sampleRule('sample-b'), sampleRule('other-c', 'other')],
  findings: [
    sampleFinding({ construct: 'shop/api/Resource' }),
    sampleFinding({ severity: 'low', message: 'a | b <c> `d`\nsecond line', line: 9 }),
    sampleFinding({
      object: { apiVersion: 'v1', kind: 'Namespace', name: 'shop' },
      path: '',
      file: '',
      line: 0,
    }),
  ],
  excepted: [
    {
      finding: sampleFinding({ rule: 'sample-b' }),
      exception: {
        rule: 'sample-b',
        object: { kind: 'Pod', namespace: 'shop', name: 'web' },
        reason: 'the vendor image allows no other',
        owner: 'shop-team',
        expires: '2026-12-31',
        position: { file: 'exceptions.yaml', line: 1, column: 1 },
      },
    },
  ],
  errors: [],
};

export const CLEAN: GateResult = { ...SAMPLE, verdict: 'clean', findings: [], excepted: [] };

export const BROKEN: GateResult = {
  ...CLEAN,
  verdict: 'broken',
  errors: [{ rule: 'sample-a', object: 'Pod shop/web', reason: 'a.rego:3:1: conflict' }],
};
