import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { references } from '../../analysis/references.ts';
import type { JsonObject } from '../../core/manifest.ts';
import { readCases } from '../../policies/build/cases.ts';
import { rulePackage } from '../../policies/build/dispatch.ts';
import { lookForOpa } from '../../policies/build/opa.ts';
import { documentsFor } from '../../policies/data.ts';
import { encodeJson } from '../../policies/encode.ts';
import { openModule } from '../../policies/instance.ts';
import { type LoadedPack, loadPacks, readPacks } from '../../policies/packs.ts';
import { PROJECT_ROOT } from '../../policies/root.ts';
import { caseData, ruleFile } from './case-data.ts';

const opa = await lookForOpa();
const run = promisify(execFile);

/** One evaluation of one rule. */
interface Evaluation {
  readonly what: string;
  readonly rule: string;
  readonly input?: JsonObject;
  readonly data: Readonly<Record<string, unknown>>;
}

describe.skipIf(opa === undefined)('WASM and opa mean the same by every rule', async () => {
  for (const pack of await loadPacks(await readPacks())) {
    it(pack.pack.name, async () => {
      const evaluations = await evaluationsOf(pack);
      const theirs = await evaluateByOpa(opa ?? '', pack, evaluations);
      expect(evaluations.length).toBeGreaterThan(pack.pack.rules.length);
      for (const [index, { what, rule, input, data }] of evaluations.entries()) {
        const { entrypoint = '' } = pack.pack.rules.find(({ id }) => id === rule) ?? {};
        const answer = openModule(pack.module, encodeJson(data)).call(entrypoint, input && encodeJson(input));
        expect(answer, what).toMatchObject({ ok: true });
        expect(answer.ok && sorted(answer.value), what).toEqual(sorted(theirs[index]));
      }
    });
  }
});

async function evaluationsOf({ pack }: LoadedPack): Promise<Evaluation[]> {
  const evaluations: Evaluation[] = [];
  for (const rule of pack.rules) {
    const { pass, fail } = await readCases(PROJECT_ROOT, ruleFile(rule));
    for (const given of [...pass, ...fail]) {
      const { inventory, ...known } = caseData(given);
      const facts = async () => references(inventory, known.externals) as unknown as JsonObject[];
      const documents = await documentsFor(rule.reads, { inventory, ...known, references: facts });
      const data = JSON.parse(new TextDecoder().decode(documents));
      const what = `${rule.id}: ${given.name}`;
      if (rule.scope === 'graph') evaluations.push({ what, rule: rule.id, data });
      else
        for (const { manifest } of inventory.objects)
          evaluations.push({ what, rule: rule.id, data, input: manifest });
    }
  }
  return evaluations;
}

/** All evaluations of a pack in one process: each as a rule that puts its data in place. */
async function evaluateByOpa(
  opa: string,
  { pack }: LoadedPack,
  evaluations: readonly Evaluation[],
): Promise<unknown[]> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-differential-'));
  try {
    const rules = evaluations.map(({ rule, input, data }, index) => {
      const compiled = pack.rules.find(({ id }) => id === rule);
      const places = [
        ...(input === undefined ? [] : [`with input as data.given[${index}].input`]),
        ...Object.keys(data).map((root) => `with data.${root} as data.given[${index}].data.${root}`),
      ];
      return `results[${index}] := found if found := data.${compiled && rulePackage(compiled)}.deny ${places.join(' ')}`;
    });
    await writeFile(
      join(folder, 'given.json'),
      JSON.stringify({ given: evaluations.map(({ input, data }) => ({ input, data })) }),
    );
    await writeFile(join(folder, 'query.rego'), `package differential\n\n${rules.join('\n\n')}\n`);
    const sources = [
      'rego/lib',
      ...pack.rules.map(ruleFile),
      join(folder, 'query.rego'),
      join(folder, 'given.json'),
    ];
    const args = [
      'eval',
      '--format',
      'json',
      ...sources.flatMap((source) => ['--data', source]),
      'data.differential.results',
    ];
    const { stdout } = await run(opa, args, { cwd: PROJECT_ROOT, maxBuffer: 256 * 1024 * 1024 });
    const results = JSON.parse(stdout).result[0].expressions[0].value as Record<string, unknown>;
    return evaluations.map((_, index) => results[index]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Sets have no order; findings are compared as sorted JSON. */
function sorted(found: unknown): string[] {
  return (found as readonly unknown[]).map((finding) => JSON.stringify(ordered(finding))).toSorted();
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, ordered(inner)]),
  );
}
