import { Command, Option } from 'commander';
import { allPairs, Undecidable } from '../../analysis/reach/index.ts';
import { resolveOptions } from '../../ask/index.ts';
import { InputError } from '../../core/problem.ts';
import { LIMIT_OPTIONS, limitsFrom, readInventory } from '../../inventory/index.ts';
import { REACH_FORMATS, type ReachFormat, renderPairs } from '../../report/reach.ts';
import { addAskOptions, askOptionsFrom } from '../ask-options.ts';

const HELP = `
Workloads stand for all their pods; what is no workload is a range of IPv4 addresses, or the controller behind
Ingress objects. A pair that is not listed has no connection.

Examples:
  $ sluice reach dist/agentweaver/default
  $ sluice reach dist/agentweaver/default --format dot | dot -Tsvg -o reach.svg
  $ helm template shop ./chart | sluice reach - --format json`;

/** `sluice reach`: who reaches whom, by all network policies together. */
export function reachCommand(): Command {
  const command = new Command('reach')
    .description(
      'Lists every connection that network policies allow: files, folders, or - for standard input.',
    )
    .argument('<path...>', 'files or folders of YAML or JSON; - is standard input')
    .addOption(
      new Option('--format <format>', 'form of the list').choices([...REACH_FORMATS]).default('table'),
    );
  addAskOptions(command);
  for (const { flags, description } of LIMIT_OPTIONS) command.option(flags, description);
  return command.addHelpText('after', HELP).action(run);
}

async function run(paths: string[], flags: { readonly format: ReachFormat }): Promise<void> {
  const inventory = await readInventory(paths, limitsFrom({ ...flags }));
  const options = resolveOptions(askOptionsFrom({ ...flags }), {}, inventory);
  try {
    const pairs = allPairs(inventory, options);
    for (const { kind, namespace, name, reason } of pairs.ignored) {
      const where = namespace === undefined ? name : `${namespace}/${name}`;
      process.stderr.write(`warning: ${kind} ${where} takes no part: ${reason}\n`);
    }
    process.stdout.write(renderPairs(pairs, flags.format));
  } catch (error) {
    if (!(error instanceof Undecidable)) throw error;
    const remedy = 'sluice ask answers the questions that do not depend on it';
    throw new InputError([{ where: paths.join(' '), what: error.message, remedy }]);
  }
}
