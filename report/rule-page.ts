import { dump } from 'js-yaml';
import type { CompiledRule, Rule, RuleExample } from '../policies/rule.ts';

/** A page of the rule documentation. */
export interface Page {
  /** File name, e.g. `workload-image-pinned.md`. */
  readonly file: string;
  readonly text: string;
}

/** The rule documentation: an overview, `README.md`, and a page a rule. */
export function rulePages(rules: readonly (Rule | CompiledRule)[]): Page[] {
  return [
    { file: 'README.md', text: ruleOverview(rules) },
    ...rules.map((rule) => ({ file: `${rule.id}.md`, text: rulePage(rule) })),
  ];
}

/** One rule: what it checks and why, the fix, a failing and a passing example, references. */
export function rulePage(rule: Rule | CompiledRule): string {
  const { id, pack, title, severity, scope, kinds, description, remediation, references, exceptionable } =
    rule;
  const facts = [
    `| Rule | \`${id}\` |`,
    '| --- | --- |',
    `| Severity | ${severity} |`,
    `| Pack | ${pack} |`,
    `| Judges | ${kinds.includes('*') ? 'every object' : kinds.map((kind) => `\`${kind}\``).join(', ')}${scope === 'graph' ? ', all together' : ''} |`,
    `| Exceptions | ${exceptionable ? 'allowed' : 'not allowed'} |`,
  ];
  const examples =
    'examples' in rule
      ? [exampleText('Fails', rule.examples.fail), exampleText('Passes', rule.examples.pass)]
      : [];
  const sections = [
    `# ${title}`,
    facts.join('\n'),
    description,
    '## Fix',
    remediation,
    ...examples,
    '## References',
    references.map(reference).join('\n'),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** All rules by pack, each with a link to its page. */
export function ruleOverview(rules: readonly Rule[]): string {
  const packs = Map.groupBy(rules, ({ pack }) => pack);
  const sections = [...packs].map(([pack, members]) =>
    [
      `## ${pack}`,
      '',
      '| Rule | Severity | What holds |',
      '| --- | --- | --- |',
      ...members.map(({ id, severity, title }) => `| [${id}](${id}.md) | ${severity} | ${title} |`),
    ].join('\n'),
  );
  const intro = `${rules.length} rules in ${packs.size} packs. Written by \`sluice policies build\` from the metadata and test cases of the rules.`;
  return `${['# Rules', intro, ...sections].join('\n\n')}\n`;
}

function exampleText(title: string, { name, objects }: RuleExample): string {
  return `## ${title}: ${name}\n\n${objects.length === 0 ? 'No objects.' : `\`\`\`yaml\n${yamlOf(objects)}\`\`\``}`;
}

/** @returns objects as one YAML stream. */
export function yamlOf(objects: RuleExample['objects']): string {
  return objects.map((object) => dump(object, { lineWidth: -1, noRefs: true })).join('---\n');
}

function reference(text: string): string {
  return text.startsWith('https://') ? `- <${text}>` : `- ${text}`;
}
