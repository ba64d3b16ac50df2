import { styleText } from 'node:util';
import { SEVERITIES } from '../policies/finding.ts';
import { failingFindings, type GateResult } from '../policies/gate.ts';
import { renderReport } from '../report/index.ts';
import type { Changes } from '../synth/changes.ts';
import type { SynthResult } from './synth-environment.ts';

const SHOWN_FILES = 10;

/** What a person wants to know of one environment. */
export function synthText(result: SynthResult, check: boolean, colour: boolean): string {
  const { environment, folder, kinds, gate, changes } = result;
  const paint = (text: string) => (colour ? styleText('bold', text, { validateStream: false }) : text);
  const total = Object.values(kinds).reduce((sum, count) => sum + count, 0);
  const lines = [
    `${paint(`${environment.platform}/${environment.environment}`)} from ${environment.file}`,
    `objects: ${total}`,
    ...columns(Object.entries(kinds).map(([kind, count]) => `${count} ${kind}`)),
  ];
  if (gate !== undefined) lines.push(...gateLines(gate, folder, colour));
  lines.push(
    changes === undefined ? leftText(environment.file, folder) : changesText(changes, folder, check),
  );
  return `${lines.join('\n')}\n`;
}

/** What a program wants to know of all environments. */
export function synthJson(results: readonly SynthResult[]): string {
  const environments = results.map(({ environment, folder, kinds, gate, changes }) => ({
    file: environment.file,
    platform: environment.platform,
    environment: environment.environment,
    folder,
    kinds,
    ...(gate === undefined
      ? {}
      : {
          verdict: gate.verdict,
          rules: gate.rules.length,
          findings: gate.findings,
          excepted: gate.excepted,
          errors: gate.errors,
        }),
    ...(changes === undefined ? {} : { changes }),
  }));
  return `${JSON.stringify({ environments }, undefined, 2)}\n`;
}

/** What fails, in full; what does not, as numbers. */
function gateLines(gate: GateResult, folder: string, colour: boolean): string[] {
  const { rules, findings, excepted, verdict, failOn } = gate;
  const failing = failingFindings(findings, failOn);
  if (verdict !== 'clean') {
    return ['', renderReport({ ...gate, findings: failing, excepted: [] }, 'text', { colour }).trimEnd()];
  }
  const failed = new Set(findings.map(({ rule }) => rule)).size;
  const counts = SEVERITIES.map((severity) => [
    findings.filter((finding) => finding.severity === severity).length,
    severity,
  ])
    .filter(([count]) => count !== 0)
    .map((pair) => pair.join(' '));
  const numbers = [...counts, ...(excepted.length > 0 ? [`${excepted.length} excepted`] : [])];
  const below = numbers.length === 0 ? '' : `; ${numbers.join(', ')} (sluice gate ${folder} lists them)`;
  return [
    `rules: ${rules.length} checked, ${rules.length - failed} without a finding`,
    `findings: none that fail${failOn === 'never' ? '' : ` (${failOn} or worse)`}${below}`,
  ];
}

function leftText(file: string, folder: string): string {
  return `files: ${folder} left as it was; to look at what was refused: sluice synth ${file} --out DIR --fail-on never`;
}

function changesText(changes: Changes, folder: string, check: boolean): string {
  const { added, changed, removed, unchanged, index, none } = changes;
  if (none) return `files: ${folder} is up to date, ${unchanged.length} unchanged`;
  const counts = `${added.length} added, ${changed.length} changed, ${removed.length} removed, ${unchanged.length} unchanged`;
  if (!check) return `files: ${folder}, ${counts}`;
  const files = [
    ...added.map((file) => `  missing ${file}`),
    ...changed.map((file) => `  differs ${file}`),
    ...removed.map((file) => `  not made any more ${file}`),
    ...(index ? ['  differs index.json'] : []),
  ];
  const more = files.length > SHOWN_FILES ? [`  and ${files.length - SHOWN_FILES} more`] : [];
  const verdict = `files: ${folder} is not what synth makes: ${counts}; run sluice synth and commit the result`;
  return [verdict, ...files.slice(0, SHOWN_FILES), ...more].join('\n');
}

/** Short texts, several to a line. */
function columns(texts: readonly string[]): string[] {
  const width = Math.max(0, ...texts.map((text) => text.length)) + 2;
  const perLine = Math.max(1, Math.floor(78 / width));
  const lines: string[] = [];
  for (let at = 0; at < texts.length; at += perLine) {
    const cells = texts.slice(at, at + perLine).map((text) => text.padEnd(width));
    lines.push(`  ${cells.join('')}`.trimEnd());
  }
  return lines;
}
