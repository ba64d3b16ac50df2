import { styleText } from 'node:util';
import { identityText } from '../core/manifest.ts';
import type { RuleError } from '../policies/evaluate.ts';
import type { ExceptedFinding } from '../policies/exception.ts';
import type { Finding, Severity } from '../policies/finding.ts';
import type { GateResult } from '../policies/gate.ts';
import { countBySeverity, failedRules } from './counts.ts';
import { count, oneLine, placeText } from './words.ts';

type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, text: string) => string;

const COLOURS: Readonly<Record<Severity, Style>> = {
  critical: ['bold', 'red'],
  high: 'red',
  medium: 'yellow',
  low: 'cyan',
  info: 'gray',
};

/** A report for people: findings by file and object, then what was excepted, then one line that sums up. */
export function textReport(result: GateResult, colour: boolean): string {
  const paint: Paint = colour
    ? (style, text) => styleText(style, text, { validateStream: false })
    : (_, text) => text;
  const sections = [
    ...groups(result.findings).map((group) => findingLines(group, paint)),
    exceptedLines(result.excepted, paint),
    errorLines(result.errors, paint),
    [summary(result, paint)],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** Neighbours of one file and object; the order of findings keeps them together. */
function groups(findings: readonly Finding[]): Finding[][] {
  const groups: Finding[][] = [];
  for (const finding of findings) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && headingOf(last[0]) === headingOf(finding)) last.push(finding);
    else groups.push([finding]);
  }
  return groups;
}

function headingOf({ object, construct }: Finding): string {
  return oneLine(`${identityText(object)}${construct === undefined ? '' : ` (${construct})`}`);
}

function findingLines(findings: readonly Finding[], paint: Paint): string[] {
  const [first] = findings;
  if (first === undefined) return [];
  const lines = [paint('bold', headingOf(first))];
  for (const { severity, rule, message, remediation, file, line, path } of findings) {
    lines.push(`  ${paint(COLOURS[severity], severity)} ${oneLine(message)} ${paint('gray', `[${rule}]`)}`);
    lines.push(`    at:  ${oneLine(`${placeText({ file, line })} ${path}`)}`);
    lines.push(`    fix: ${oneLine(remediation)}`);
  }
  return lines;
}

function exceptedLines(excepted: readonly ExceptedFinding[], paint: Paint): string[] {
  if (excepted.length === 0) return [];
  return [
    paint('bold', 'Excepted'),
    ...excepted.map(({ finding, exception: { owner, expires, reason } }) => {
      const { object, path, rule } = finding;
      return `  ${oneLine(`${rule} at ${identityText(object)} ${path}`)}, until ${expires} by ${oneLine(`${owner}: ${reason}`)}`;
    }),
  ];
}

function errorLines(errors: readonly RuleError[], paint: Paint): string[] {
  if (errors.length === 0) return [];
  return [
    paint(['bold', 'red'], 'Rules that could not be evaluated'),
    ...errors.map(
      ({ rule, object, reason }) =>
        `  ${oneLine(`${rule}${object === undefined ? '' : ` at ${object}`}: ${reason}`)}`,
    ),
  ];
}

function summary(result: GateResult, paint: Paint): string {
  const { objects, rules, findings, excepted, errors, verdict, failOn } = result;
  const failed = failedRules(result).size;
  const parts = [
    `${count(objects, 'object')}`,
    `${count(rules.length, 'rule')} checked, ${rules.length - failed} passed`,
  ];
  const severities = countBySeverity(findings).map(([severity, number]) => `${number} ${severity}`);
  parts.push(
    `${count(findings.length, 'finding')}${severities.length === 0 ? '' : ` (${severities.join(', ')})`}`,
  );
  if (excepted.length > 0) parts.push(`${excepted.length} excepted`);
  if (errors.length > 0) parts.push(`${count(errors.length, 'error')}`);
  const words = {
    clean: paint('green', findings.length === 0 ? 'passed' : `passed (--fail-on ${failOn})`),
    findings: paint('red', `failed (--fail-on ${failOn})`),
    broken: paint('red', 'broken'),
  };
  return `${words[verdict]}: ${parts.join('; ')}`;
}
