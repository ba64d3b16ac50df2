import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { compilePack } from '../../policies/build/compile.ts';
import { lookForOpa } from '../../policies/build/opa.ts';
import type { LoadedPack } from '../../policies/packs.ts';
import { PROJECT_ROOT } from '../../policies/root.ts';

/** The pinned opa, where the machine has it; tests that compile are skipped without. */
export const opa = await lookForOpa();

/** A rule under test, in the parts that tests change. */
export interface RuleText {
  readonly id: string;
  readonly body: string;
  readonly scope?: 'object' | 'graph';
  readonly kinds?: string;
  readonly exceptionable?: boolean;
}

const CASES = `pass:
  - name: nothing
    objects: []
fail:
  - name: something
    objects: []
    findings:
      - {object: Pod web, path: /spec}
`;

/** A folder with a pack `sample` of the given files, removed after the test. */
export async function regoRoot(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'sluice-rego-'));
  onTestFinished(() => rm(root, { recursive: true }));
  await mkdir(join(root, 'rego/lib'), { recursive: true });
  await cp(join(PROJECT_ROOT, 'rego/capabilities.json'), join(root, 'rego/capabilities.json'));
  for (const [name, text] of Object.entries({
    'rego/lib/empty.rego': 'package sluice.lib.empty\n',
    ...files,
  })) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  }
  return root;
}

/** The files of a rule of pack `sample`. */
export function ruleFiles({
  id,
  body,
  scope = 'object',
  kinds = '[Pod]',
  exceptionable = true,
}: RuleText): Record<string, string> {
  const slug = id.slice('sample-'.length);
  const metadata = `# METADATA
# title: Title of ${id}
# description: What ${id} checks.
# custom:
#   id: ${id}
#   severity: high
#   pack: sample
#   scope: ${scope}
#   kinds: ${kinds}
#   remediation: Change it.
#   references: ["https://kubernetes.io/docs/"]
#   exceptionable: ${exceptionable}
`;
  return {
    [`rego/gate/sample/${slug}.rego`]: `${metadata}package sluice.sample.${slug.replaceAll('-', '_')}\n\n${body}\n`,
    [`rego/gate/sample/${slug}.cases.yaml`]: CASES,
  };
}

/** Compiles rules into a pack `sample`. */
export async function samplePack(...rules: readonly RuleText[]): Promise<LoadedPack> {
  const root = await regoRoot(Object.assign({}, ...rules.map(ruleFiles)));
  const { pack, wasm } = await compilePack(opa ?? '', root, 'sample');
  return { pack, module: await WebAssembly.compile(new Uint8Array(wasm)) };
}
