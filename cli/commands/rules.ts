import { Command, Option } from 'commander';
import { InputError } from '../../core/problem.ts';
import { EXCEPTION_PACK, EXCEPTION_RULES } from '../../policies/exception-rules.ts';
import { packNames, readPacks } from '../../policies/packs.ts';
import type { CompiledRule, Rule } from '../../policies/rule.ts';
import { ruleOverview, rulePage } from '../../report/rule-page.ts';
import { ruleTable, ruleText } from '../../report/rule-text.ts';
import { listOption } from '../list-option.ts';

interface RulesFlags {
  readonly format: 'text' | 'json' | 'markdown';
  readonly pack?: string[];
}

const HELP = `
Examples:
  $ sluice rules
  $ sluice rules --pack workload,rbac
  $ sluice rules workload-image-pinned`;

/** `sluice rules`: what the rules check, why, and how to fix a finding. */
export function rulesCommand(): Command {
  return new Command('rules')
    .description(
      'Lists the rules, or tells what one of them checks, why it matters and how to fix a finding.',
    )
    .argument('[id]', 'rule to tell about')
    .option('--pack <names>', 'only the rules of these packs, with commas between them', listOption)
    .addOption(
      new Option('--format <format>', 'form of the answer')
        .choices(['text', 'json', 'markdown'])
        .default('text'),
    )
    .addHelpText('after', HELP)
    .action(run);
}

async function run(id: string | undefined, { format, pack }: RulesFlags): Promise<void> {
  const rules = await allRules(pack);
  const rule = id === undefined ? undefined : await find(id, rules);
  process.stdout.write(rule === undefined ? list(rules, format) : one(rule, format));
}

/** The rules of compiled packs and those about exceptions. */
async function allRules(wanted: readonly string[] | undefined): Promise<(Rule | CompiledRule)[]> {
  const names = wanted?.filter((name) => name !== EXCEPTION_PACK) ?? (await packNames());
  const packs = names.length === 0 ? [] : await readPacks(names);
  const compiled = packs.flatMap(({ rules }) => rules);
  return wanted === undefined || wanted.includes(EXCEPTION_PACK)
    ? [...compiled, ...EXCEPTION_RULES]
    : compiled;
}

async function find(id: string, rules: readonly Rule[]): Promise<Rule> {
  const rule = rules.find((candidate) => candidate.id === id);
  if (rule !== undefined) return rule;
  const { nearest } = await import('../../core/nearest.ts');
  const near = nearest(
    id,
    rules.map((candidate) => candidate.id),
  );
  throw new InputError([
    {
      where: 'rules',
      what: `there is no rule ${id}`,
      remedy: `${near === undefined ? '' : `did you mean ${near}? `}sluice rules lists them all`,
    },
  ]);
}

function list(rules: readonly Rule[], format: RulesFlags['format']): string {
  if (format === 'json') return `${JSON.stringify(rules.map(published), null, 2)}\n`;
  return format === 'markdown' ? ruleOverview(rules) : ruleTable(rules, coloured());
}

function one(rule: Rule, format: RulesFlags['format']): string {
  if (format === 'json') return `${JSON.stringify(published(rule), null, 2)}\n`;
  return format === 'markdown' ? rulePage(rule) : ruleText(rule, coloured());
}

/** A rule without what only the engine needs. */
function published(rule: Rule | CompiledRule): object {
  if (!('entrypoint' in rule)) return rule;
  const { entrypoint: _, reads: __, ...rest } = rule;
  return rest;
}

function coloured(): boolean {
  return process.stdout.isTTY === true;
}
