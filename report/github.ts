import type { Severity } from '../policies/finding.ts';
import type { GateResult } from '../policies/gate.ts';
import { oneLine } from './words.ts';

const LEVELS: Readonly<Record<Severity, string>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'notice',
  info: 'notice',
};

/** Workflow commands by which GitHub shows findings at their lines in the changed files. */
export function githubReport({ findings, errors }: GateResult): string {
  const lines = findings.map(({ severity, rule, message, remediation, file, line }) => {
    const place = file === '' ? '' : `file=${property(file)},line=${line},`;
    return `::${LEVELS[severity]} ${place}title=${property(rule)}::${data(`${message}. ${oneLine(remediation)}`)}`;
  });
  const broken = errors.map(
    ({ rule, object = 'the input', reason }) =>
      `::error title=${property(rule)}::${data(`could not be evaluated at ${object}: ${reason}`)}`,
  );
  return [...lines, ...broken].map((line) => `${line}\n`).join('');
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
