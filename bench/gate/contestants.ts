import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildPolicies } from '../../policies/build/build.ts';
import { constraintKind, writeConftest, writeGator, writeKyverno } from './policies.ts';
import { RULES } from './rules.ts';
import { CACHE, programOf, TOOLS } from './tools.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** One tool with its form of the twenty rules, ready to run. */
export interface Contestant {
  readonly name: string;
  /** The command line that checks a folder of objects. */
  readonly command: (folder: string) => readonly [program: string, ...args: string[]];
  /** @returns the slug of the rule behind each violation in the tool's output */
  readonly violations: (output: string) => string[];
}

/** @returns all tools, with their rules written below the cache. */
export async function contestants(): Promise<Contestant[]> {
  return [await sluice(), conftest(), gator(), kyverno()];
}

/**
 * Ours as it is installed: the compiled package with one pack, that of these twenty rules, built from the very sources
 * of `rego/`.
 */
async function sluice(): Promise<Contestant> {
  const root = join(CACHE, 'sluice');
  rmSync(root, { recursive: true, force: true });
  mkdirSync(join(root, 'rego/gate/workload'), { recursive: true });
  execFileSync(
    join(ROOT, 'node_modules/.bin/tsc'),
    ['-p', 'tsconfig.build.json', '--outDir', join(root, 'lib')],
    {
      cwd: ROOT,
      stdio: 'inherit',
    },
  );
  for (const part of ['package.json', 'bin', 'rego/lib', 'rego/capabilities.json']) {
    cpSync(join(ROOT, part), join(root, part), { recursive: true });
  }
  for (const { slug } of RULES) {
    for (const ending of ['rego', 'cases.yaml']) {
      const file = `rego/gate/workload/${slug}.${ending}`;
      cpSync(join(ROOT, file), join(root, file));
    }
  }
  await buildPolicies({ root });
  return {
    name: 'sluice',
    command: (folder) => [
      process.execPath,
      join(root, 'bin/sluice.js'),
      ...['gate', folder, '--pack', 'workload', '--format', 'json'],
    ],
    violations: (output) =>
      (JSON.parse(output) as { findings: { rule: string }[] }).findings.map(({ rule }) =>
        rule.replace(/^workload-/, ''),
      ),
  };
}

function conftest(): Contestant {
  const rules = join(CACHE, 'rules/conftest');
  writeConftest(rules);
  return {
    name: `conftest ${TOOLS.conftest.version}`,
    command: (folder) => [programOf('conftest'), 'test', '--policy', rules, '--output', 'json', folder],
    violations: (output) =>
      (JSON.parse(output) as { failures?: { msg: string }[] }[]).flatMap(({ failures = [] }) =>
        failures.map(({ msg }) => msg),
      ),
  };
}

function gator(): Contestant {
  const rules = join(CACHE, 'rules/gator');
  writeGator(rules);
  const slugs = new Map(RULES.map(({ slug }) => [constraintKind(slug), slug]));
  return {
    name: `gator test ${TOOLS.gator.version}`,
    command: (folder) => [
      programOf('gator'),
      ...['test', '--filename', rules, '--filename', folder, '--output', 'json'],
    ],
    violations: (output) =>
      (JSON.parse(output) as { constraint: { kind: string } }[]).map(
        ({ constraint }) => slugs.get(constraint.kind) ?? '?',
      ),
  };
}

function kyverno(): Contestant {
  const rules = join(CACHE, 'rules/kyverno');
  writeKyverno(rules);
  return {
    name: `kyverno apply ${TOOLS.kyverno.version}`,
    command: (folder) => [programOf('kyverno'), 'apply', rules, '--resource', folder],
    violations: (output) =>
      [...output.matchAll(/^\d+ - (\S+) validation error/gm)].map((match) => match[1] ?? ''),
  };
}

/** What one run of a whole process gave. */
export interface Run {
  readonly seconds: number;
  readonly output: string;
}

/** @throws Error where the tool could not do its work; finding violations is its work. */
export function run({ name, command }: Contestant, folder: string): Run {
  const [program, ...args] = command(folder);
  const begin = performance.now();
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 30 });
  const seconds = (performance.now() - begin) / 1000;
  if (status !== 1) throw new Error(`${name} exited with ${status} on a folder with violations\n${stderr}`);
  return { seconds, output: stdout };
}
