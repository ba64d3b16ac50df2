import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { folderOf, recipeOf, SERVER_MODULES, type ServerModule, versionOf } from './module.ts';

/** Absolute paths of the programs that an API server needs. */
export interface ServerBinaries {
  readonly etcd: string;
  readonly kubeApiserver: string;
}

const CACHE = join(import.meta.dirname, '..', '..', '.cache', 'servers');

/**
 * Finds or builds the servers: the right version in `KUBEBUILDER_ASSETS` or on PATH serves, otherwise a build from
 * the Go modules of this folder, kept in `.cache/servers` until go.mod, go.sum or the Go version change.
 *
 * @param log takes one line for the person who waits
 * @throws Error where a program is neither found nor can be built
 */
export function serverBinaries(log: (line: string) => void): ServerBinaries {
  const [etcd, kubeApiserver] = SERVER_MODULES.map((server) => installed(server) ?? built(server, log));
  if (etcd === undefined || kubeApiserver === undefined) throw new Error('tools/servers names no server');
  return { etcd, kubeApiserver };
}

function installed(server: ServerModule): string | undefined {
  const folders = [process.env['KUBEBUILDER_ASSETS'], ...(process.env['PATH'] ?? '').split(delimiter)];
  return folders
    .filter((folder): folder is string => folder !== undefined && folder !== '')
    .map((folder) => join(folder, server.name))
    .find((program) => existsSync(program) && stated(program).includes(versionOf(server).slice(1)));
}

function stated(program: string): string {
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8', timeout: 10_000 });
  return stdout ?? '';
}

function built(server: ServerModule, log: (line: string) => void): string {
  const program = join(CACHE, server.name);
  const stamp = `${program}.recipe`;
  const recipe = recipeOf(server, goVersion(server));
  if (existsSync(program) && existsSync(stamp) && readFileSync(stamp, 'utf8') === recipe) return program;
  log(
    `building ${server.name} ${versionOf(server)} into .cache/servers (minutes the first time, seconds from Go's cache)`,
  );
  mkdirSync(CACHE, { recursive: true });
  const fresh = `${program}.${process.pid}`;
  execFileSync(
    'go',
    ['build', '-trimpath', '-ldflags', server.linkerFlags(versionOf(server)), '-o', fresh, server.target],
    {
      cwd: folderOf(server),
      env: { ...process.env, CGO_ENABLED: '0' },
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  renameSync(fresh, program);
  writeFileSync(stamp, recipe);
  return program;
}

function goVersion(server: ServerModule): string {
  const { stdout, status } = spawnSync('go', ['env', 'GOVERSION'], {
    cwd: folderOf(server),
    encoding: 'utf8',
  });
  if (status === 0) return stdout.trim();
  throw new Error(
    `${server.name} ${versionOf(server)} is neither in KUBEBUILDER_ASSETS nor on PATH, and Go is not there to build it; install Go 1.24 or newer`,
  );
}
