/**
 * The gate beside conftest, gator and kyverno on the same files with the same twenty rules: whole processes, run in
 * turn, every one required to report the same violations.
 *
 *     node bench/gate/run.ts [--objects 10000] [--rounds 5] [--only NAME...]
 */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Contestant, contestants, run } from './contestants.ts';
import { writeObjects } from './objects.ts';
import { RULES } from './rules.ts';
import { CACHE } from './tools.ts';

const { values } = parseArgs({
  options: {
    objects: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string', multiple: true, default: [] },
  },
});
const count = Number(values.objects);
const rounds = Number(values.rounds);
const all = (await contestants()).filter(
  ({ name }, index) =>
    index === 0 || values.only.length === 0 || values.only.some((one) => name.startsWith(one)),
);

for (const perFile of [100, 1]) {
  const folder = join(CACHE, `objects-${perFile}-a-file`);
  const files = writeObjects(folder, count, perFile);
  const seconds = measure(folder);
  process.stdout.write(
    `\n${count} objects in ${files} files, ${RULES.length} rules, ${availableParallelism()} cores, median of ${rounds}\n\n`,
  );
  process.stdout.write('| tool | seconds | from | to | times ours |\n|---|---:|---:|---:|---:|\n');
  const ours = median(seconds[0] ?? []);
  for (const [index, { name }] of all.entries()) {
    const sorted = (seconds[index] ?? []).toSorted((a, b) => a - b);
    const cells = [median(sorted), sorted[0] ?? 0, sorted.at(-1) ?? 0].map((value) => value.toFixed(2));
    process.stdout.write(`| ${name} | ${cells.join(' | ')} | ${(median(sorted) / ours).toFixed(1)} |\n`);
  }
}

/** Every tool once a round, each round beginning with another, so that no tool always meets the warmer machine. */
function measure(folder: string): number[][] {
  const seconds = all.map((): number[] => []);
  const expected = new Map<string, string>();
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < all.length; turn++) {
      const index = (round + turn) % all.length;
      const contestant = all[index] as Contestant;
      const result = run(contestant, folder);
      seconds[index]?.push(result.seconds);
      expected.set(contestant.name, tally(contestant.violations(result.output)));
      process.stderr.write(`${contestant.name}: ${result.seconds.toFixed(2)} s\n`);
    }
  }
  const [first, ...others] = expected;
  for (const [name, violations] of others) {
    if (violations !== first?.[1])
      throw new Error(`${name} reports\n${violations}\nand ${first?.[0]}\n${first?.[1]}`);
  }
  process.stderr.write(`all report the same: ${first?.[1]}\n`);
  return seconds;
}

/** @returns how often each rule was violated, as text to compare. */
function tally(slugs: readonly string[]): string {
  const counts = new Map(RULES.map(({ slug }) => [slug, 0]));
  for (const slug of slugs) counts.set(slug, (counts.get(slug) ?? 0) + 1);
  return [...counts].map(([slug, times]) => `${slug} ${times}`).join(', ');
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return ((sorted[middle] ?? 0) + (sorted[(sorted.length - 1) >> 1] ?? 0)) / 2;
}
