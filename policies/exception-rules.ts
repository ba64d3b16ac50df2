import type { Rule } from './rule.ts';

const REFERENCES = ['https://csrc.nist.gov/glossary/term/risk_acceptance'] as const;

/** The pack of rules about exceptions themselves. They are not Rego: they judge what the gate was told, not manifests. */
export const EXCEPTION_PACK = 'exceptions';

function exceptionRule(
  slug: string,
  rule: Pick<Rule, 'title' | 'description' | 'severity' | 'remediation'>,
): Rule {
  return {
    ...rule,
    id: `exception-${slug}`,
    pack: EXCEPTION_PACK,
    scope: 'graph',
    kinds: ['*'],
    references: REFERENCES,
    exceptionable: false,
  };
}

export const EXPIRED = exceptionRule('expired', {
  title: 'Exceptions are in force',
  severity: 'high',
  description:
    'An exception holds until the day it expires. After it the findings it excused count again, and the exception is a finding of its own, so that nobody wonders why the gate has turned red.',
  remediation: 'Fix what it excused and remove it, or have its owner agree to a new day.',
});

export const UNUSED = exceptionRule('unused', {
  title: 'Exceptions excuse something',
  severity: 'medium',
  description:
    'An exception that excuses no finding is a hole that waits: the fault it allowed is fixed, or it never matched because of a typo. Should the fault come back, nobody would notice.',
  remediation: 'Remove it, or correct the rule, object or path that it names.',
});

export const NOT_ALLOWED = exceptionRule('not-allowed', {
  title: 'Exceptions excuse only what may be excused',
  severity: 'high',
  description:
    'Rules on which the safety of others rests allow no exception. One that names such a rule has no effect, and is a finding of its own.',
  remediation: 'Fix the finding and remove the exception.',
});

export const UNKNOWN_RULE = exceptionRule('unknown-rule', {
  title: 'Exceptions name a rule that exists',
  severity: 'high',
  description:
    'An exception for a rule that no pack has excuses nothing: a typo, or a rule that was renamed or removed.',
  remediation: 'Correct the rule id; `sluice rules` lists them all.',
});

/** All rules about exceptions. */
export const EXCEPTION_RULES: readonly Rule[] = [EXPIRED, NOT_ALLOWED, UNKNOWN_RULE, UNUSED];
