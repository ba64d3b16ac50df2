import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { InputError } from '../../core/problem.ts';
import { PROJECT_ROOT } from '../root.ts';

/** The only version the committed WASM is built with: another compiler may give other bytes. */
export const OPA_VERSION = 'v1.22.2';
export const OPA_MODULE = 'github.com/open-policy-agent/opa';

const run = promisify(execFile);
const TOOLS = join(PROJECT_ROOT, '.cache', 'tools');
/** Output of `opa` for all packs together, with room to grow. */
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;

async function versionOf(opa: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(opa, ['version']);
    return /^Version: (\S+)/m.exec(stdout)?.[1];
  } catch {
    return undefined;
  }
}

/** Where `opa` may be. */
interface Places {
  /** Folder of tools that Sluice installs. @default .cache/tools */
  readonly tools?: string;
  /** As the environment variable PATH. @default that of the process */
  readonly path?: string;
}

/** @returns the pinned `opa` of the tools folder or of the PATH; `undefined` when neither has it. */
export async function lookForOpa({
  tools = TOOLS,
  path = process.env['PATH'] ?? '',
}: Places = {}): Promise<string | undefined> {
  for (const folder of [tools, ...path.split(delimiter)]) {
    if (folder === '') continue;
    const file = join(folder, 'opa');
    if (`v${await versionOf(file)}` === OPA_VERSION) return file;
  }
  return undefined;
}

/**
 * The pinned `opa`, installed from its Go module into the tools folder when the machine has none.
 *
 * @throws InputError when there is none and Go cannot install it
 */
export async function findOpa(places: Places = {}): Promise<string> {
  const found = await lookForOpa(places);
  if (found !== undefined) return found;
  const { tools = TOOLS, path = process.env['PATH'] ?? '' } = places;
  await mkdir(tools, { recursive: true });
  try {
    const env = { ...process.env, PATH: path, GOBIN: tools, CGO_ENABLED: '0' };
    await run('go', ['install', `${OPA_MODULE}@${OPA_VERSION}`], { env });
  } catch (error) {
    throw new InputError([
      {
        where: 'opa',
        what: `opa ${OPA_VERSION} is neither in ${tools} nor on the PATH, and go could not install it (${firstLine(error)})`,
        remedy: `put opa ${OPA_VERSION} on the PATH, or install Go; only building policies needs it, checking manifests does not`,
      },
    ]);
  }
  return join(tools, 'opa');
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0] ?? '';
}

/** How a run of `opa` ended; a failing one is an answer, not an exception. */
export interface OpaResult {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `opa` with the project root as working directory, so that the places it names are relative to it. */
export async function runOpa(
  opa: string,
  args: readonly string[],
  cwd: string = PROJECT_ROOT,
): Promise<OpaResult> {
  try {
    const { stdout, stderr } = await run(opa, [...args], { cwd, maxBuffer: MAX_OUTPUT_BYTES });
    return { ok: true, stdout, stderr };
  } catch (error) {
    if (error instanceof Error && 'stdout' in error && 'stderr' in error) {
      return { ok: false, stdout: String(error.stdout), stderr: String(error.stderr) };
    }
    throw error;
  }
}
