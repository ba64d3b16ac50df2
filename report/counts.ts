import { type Finding, SEVERITIES, type Severity } from '../policies/finding.ts';
import type { GateResult } from '../policies/gate.ts';

/** @returns how many findings there are of each severity that occurs, most severe first. */
export function countBySeverity(findings: readonly Finding[]): [Severity, number][] {
  return SEVERITIES.map((severity): [Severity, number] => [
    severity,
    findings.filter((finding) => finding.severity === severity).length,
  ]).filter(([, number]) => number > 0);
}

/** @returns ids of evaluated rules that have findings or broke; the others passed. */
export function failedRules({
  findings,
  errors,
  rules,
}: Pick<GateResult, 'findings' | 'errors' | 'rules'>): Set<string> {
  const failed = new Set([...findings, ...errors].map(({ rule }) => rule));
  return new Set(rules.map(({ id }) => id).filter((id) => failed.has(id)));
}
