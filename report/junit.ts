import xml, { type XmlObject } from 'xml';
import { identityText } from '../core/manifest.ts';
import type { Finding } from '../policies/finding.ts';
import type { GateResult } from '../policies/gate.ts';
import type { Rule } from '../policies/rule.ts';
import { placeText } from './words.ts';

/** JUnit XML: a suite a pack, a case a rule. What was excepted stands in the case's output. */
export function junitReport(result: GateResult): string {
  const suites = Map.groupBy(result.rules, ({ pack }) => pack);
  const total = { tests: result.rules.length, failures: 0, errors: 0 };
  const elements: XmlObject[] = [];
  for (const [pack, rules] of suites) {
    const cases = rules.map((rule) => caseOf(rule, result));
    const failures = cases.filter(({ failed }) => failed).length;
    const errors = cases.filter(({ broke }) => broke).length;
    total.failures += failures;
    total.errors += errors;
    elements.push({
      testsuite: [
        { _attr: { name: pack, tests: rules.length, failures, errors } },
        ...cases.map(({ element }) => element),
      ],
    });
  }
  return `${xml({ testsuites: [{ _attr: { name: 'sluice gate', ...total } }, ...elements] }, { declaration: true, indent: '  ' })}\n`;
}

interface Case {
  readonly element: XmlObject;
  readonly failed: boolean;
  readonly broke: boolean;
}

function caseOf({ id, pack, title }: Rule, { findings, excepted, errors }: GateResult): Case {
  const failures = findings.filter(({ rule }) => rule === id);
  const broken = errors.filter(({ rule }) => rule === id);
  const content: XmlObject[] = [{ _attr: { name: plain(`${id}: ${title}`), classname: `sluice.${pack}` } }];
  for (const { object, reason } of broken) {
    content.push({
      error: [
        { _attr: { message: plain(reason), type: 'error' } },
        plain(`${object ?? 'the input'}: ${reason}`),
      ],
    });
  }
  for (const finding of failures) {
    content.push({
      failure: [
        { _attr: { message: plain(finding.message), type: finding.severity } },
        plain(textOf(finding)),
      ],
    });
  }
  const output = excepted
    .filter(({ finding }) => finding.rule === id)
    .map(
      ({ finding, exception }) =>
        `excepted until ${exception.expires} by ${exception.owner} (${exception.reason}): ${textOf(finding)}`,
    );
  if (output.length > 0) content.push({ 'system-out': plain(output.join('\n')) });
  return { element: { testcase: content }, failed: failures.length > 0, broke: broken.length > 0 };
}

function textOf(finding: Finding): string {
  const { object, message, path, remediation } = finding;
  return `${placeText(finding)} ${identityText(object)} ${path}: ${message}\n${remediation}`;
}

/** XML has no way to write most control characters. */
function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to remove
  return text.toWellFormed().replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
}
