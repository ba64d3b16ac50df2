import { identityText } from '../core/manifest.ts';
import type { GateResult } from '../policies/gate.ts';
import { countBySeverity, failedRules } from './counts.ts';
import { count, oneLine, placeText } from './words.ts';

const TITLES = { clean: 'passed', findings: 'failed', broken: 'could not finish' } as const;

/** A report for pull requests and job summaries. */
export function markdownReport(result: GateResult): string {
  const { objects, rules, findings, excepted, errors, verdict } = result;
  const severities = countBySeverity(findings).map(([severity, number]) => `${number} ${severity}`);
  const sections = [
    `## Policy gate ${TITLES[verdict]}`,
    `${count(objects, 'object')}, ${count(rules.length, 'rule')} checked, ${rules.length - failedRules(result).size} passed, ${count(findings.length, 'finding')}${severities.length === 0 ? '' : ` (${severities.join(', ')})`}, ${excepted.length} excepted.`,
    table(
      '### Findings',
      ['Severity', 'Rule', 'Object', 'Where', 'What', 'Fix'],
      findings.map((finding) => [
        finding.severity,
        code(finding.rule),
        code(identityText(finding.object)),
        `${code(placeText(finding))}${finding.path === '' ? '' : ` ${code(finding.path)}`}`,
        cell(finding.message),
        cell(finding.remediation),
      ]),
    ),
    table(
      '### Excepted',
      ['Rule', 'Object', 'Until', 'Owner', 'Reason'],
      excepted.map(({ finding, exception }) => [
        code(finding.rule),
        code(identityText(finding.object)),
        exception.expires,
        cell(exception.owner),
        cell(exception.reason),
      ]),
    ),
    table(
      '### Rules that could not be evaluated',
      ['Rule', 'Object', 'Reason'],
      errors.map(({ rule, object = '', reason }) => [code(rule), code(object), cell(reason)]),
    ),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [title, '', line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Text from manifests must not become markup. */
function cell(text: string): string {
  return oneLine(text).replaceAll(/[\\`*_{}[\]<>#|~]/g, (character) => `\\${character}`);
}

function code(text: string): string {
  const plain = oneLine(text).replaceAll('|', '\\|');
  if (plain === '') return '';
  return plain.includes('`') ? cell(text) : `\`${plain}\``;
}
