import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Everything the benchmark makes, below the repository's cache. */
export const CACHE = join(import.meta.dirname, '..', '..', '.cache', 'bench');

const BIN = join(CACHE, 'bin');

/** The programs that the gate is compared with, each pinned. */
export const TOOLS = {
  conftest: install('conftest', '0.71.0', 'github.com/open-policy-agent/conftest@v0.71.0'),
  gator: install('gator', '3.23.0', 'github.com/open-policy-agent/gatekeeper/v3/cmd/gator@v3.23.0'),
  kyverno: {
    version: '1.19.1',
    program: join(BIN, 'kyverno'),
    // its release carries a replacement, so it needs a module of its own
    build: (): void =>
      go(
        [
          'build',
          '-trimpath',
          '-o',
          join(BIN, 'kyverno'),
          'github.com/kyverno/kyverno/cmd/cli/kubectl-kyverno',
        ],
        'kyverno',
      ),
  },
} as const;

/** @returns the program, built first where it is missing (minutes). */
export function programOf(name: keyof typeof TOOLS): string {
  const { program, version, build } = TOOLS[name];
  if (!existsSync(program)) {
    process.stderr.write(`building ${name} ${version} into .cache/bench\n`);
    build();
  }
  return program;
}

function install(name: string, version: string, target: string) {
  return { version, program: join(BIN, name), build: (): void => go(['install', '-trimpath', target]) };
}

function go(args: readonly string[], folder = '.'): void {
  const cwd = join(import.meta.dirname, folder);
  execFileSync('go', args, {
    cwd,
    env: { ...process.env, GOBIN: BIN },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}
