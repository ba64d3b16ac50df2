import type { GateResult } from '../policies/gate.ts';
import { countBySeverity, failedRules } from './counts.ts';

/**
 * The report for programs, version 1: `verdict`, `failOn`, `counts` (objects, rules, passed rules, findings,
 * excepted, errors, and findings by severity), `findings`, `excepted` as `{finding, exception}`, `errors` as
 * `{rule, object, reason}`, and `rules`: id, pack, severity and title of every rule that was evaluated.
 */
export function jsonReport(result: GateResult): string {
  const { verdict, failOn, objects, findings, excepted, errors, rules } = result;
  const report = {
    version: 1,
    verdict,
    failOn,
    counts: {
      objects,
      rules: rules.length,
      passedRules: rules.length - failedRules(result).size,
      findings: findings.length,
      excepted: excepted.length,
      errors: errors.length,
      bySeverity: Object.fromEntries(countBySeverity(findings)),
    },
    findings,
    excepted,
    errors,
    rules: rules.map(({ id, pack, severity, title }) => ({ id, pack, severity, title })),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}
