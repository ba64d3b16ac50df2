import { styleText } from 'node:util';
import type { CompiledRule, Rule } from '../policies/rule.ts';
import { yamlOf } from './rule-page.ts';
import { count, oneLine } from './words.ts';

/** Rules as a table for people, by pack. */
export function ruleTable(rules: readonly Rule[], colour: boolean): string {
  const width = Math.max(...rules.map(({ id }) => id.length));
  const packs = Map.groupBy(rules, ({ pack }) => pack);
  const sections = [...packs].map(([pack, members]) =>
    [
      bold(`${pack} (${count(members.length, 'rule')})`, colour),
      ...members.map(({ id, severity, title }) => `  ${id.padEnd(width)}  ${severity.padEnd(8)}  ${title}`),
    ].join('\n'),
  );
  return `${sections.join('\n\n')}\n`;
}

/** One rule for people: what, why, the fix, examples, references. */
export function ruleText(rule: Rule | CompiledRule, colour: boolean): string {
  const { id, severity, pack, title, description, remediation, references, exceptionable } = rule;
  const examples =
    'examples' in rule
      ? [
          `${bold(`Fails: ${rule.examples.fail.name}`, colour)}\n${indent(yamlOf(rule.examples.fail.objects))}`,
          `${bold(`Passes: ${rule.examples.pass.name}`, colour)}\n${indent(yamlOf(rule.examples.pass.objects))}`,
        ]
      : [];
  const sections = [
    `${bold(title, colour)}\n${id}, ${severity}, pack ${pack}, exceptions ${exceptionable ? 'allowed' : 'not allowed'}`,
    oneLine(description),
    `${bold('Fix', colour)}\n  ${oneLine(remediation)}`,
    ...examples,
    `${bold('References', colour)}\n${references.map((reference) => `  ${reference}`).join('\n')}`,
  ];
  return `${sections.join('\n\n')}\n`;
}

function bold(text: string, colour: boolean): string {
  return colour ? styleText('bold', text, { validateStream: false }) : text;
}

function indent(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
