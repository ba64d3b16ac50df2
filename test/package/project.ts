import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

/** What a command gave. */
export interface Outcome {
  readonly status: number | null;
  /** Standard output and error together, as a person sees them. */
  readonly output: string;
}

/** A blank cdk8s project in a folder of its own, with our package installed from its tarball. */
export interface Project {
  readonly folder: string;
  /** Paths of the files in the tarball. */
  readonly packed: readonly string[];
  /** Runs a program of the project, with the project's own Node.js. */
  readonly run: (program: string, args: readonly string[], env?: Readonly<Record<string, string>>) => Outcome;
  readonly remove: () => void;
}

/** Packs this repository and installs it, with the oldest Node.js that we promise, where nothing else is. */
export function installedProject(): Project {
  const home = mkdtempSync(join(tmpdir(), 'sluice-package-'));
  const remove = (): void => rmSync(home, { recursive: true, force: true });
  try {
    const folder = join(home, 'project');
    cpSync(join(import.meta.dirname, 'fixture'), folder, { recursive: true });
    const [packed] = JSON.parse(npm(ROOT, 'pack', '--json', '--pack-destination', home)) as [PackReport];
    npm(folder, 'install', '--no-audit', '--no-fund', '--prefer-offline', join(home, packed.filename));
    return { folder, packed: packed.files.map(({ path }) => path), run: runIn(folder), remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function runIn(folder: string): Project['run'] {
  // not the Node.js of the repository, which runs the tests and stands first in their PATH
  const outside = (process.env['PATH'] ?? '').split(delimiter).filter((entry) => !entry.startsWith(ROOT));
  const PATH = [join(folder, 'node_modules/.bin'), ...outside].join(delimiter);
  return (program, args, env = {}) => {
    const options = { cwd: folder, encoding: 'utf8', env: { ...process.env, PATH, ...env } } as const;
    const { status, stdout, stderr } = spawnSync(program, args, options);
    return { status, output: `${stdout}${stderr}` };
  };
}

interface PackReport {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

function npm(cwd: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed\n${stdout}${stderr}`);
  return stdout;
}
