import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type LoadedPolicy, loadPolicy } from '@open-policy-agent/opa-wasm';
import { InputError } from '../../core/problem.ts';
import { runOpa } from './opa.ts';
import { CAPABILITIES, LIB_FOLDER } from './sources.ts';

const run = promisify(execFile);
const MAX_WASM_BYTES = 64 * 1024 * 1024;

/**
 * Compiles files and the library to one module.
 *
 * @param entries entrypoints of the module
 * @param dispatch text of a further Rego module
 * @throws InputError when opa refuses them, or the module would need functions of its host
 */
export async function compileWasm(
  opa: string,
  root: string,
  name: string,
  files: readonly string[],
  entries: readonly string[],
  dispatch: string,
): Promise<Uint8Array> {
  // a fixed path, since the module carries the names of its sources
  const folder = '.cache/policies';
  const dispatchFile = `${folder}/${name}.rego`;
  const bundle = `${folder}/${name}.tar.gz`;
  await mkdir(join(root, folder), { recursive: true });
  await writeFile(join(root, dispatchFile), dispatch);
  const args = [
    'build',
    '-t',
    'wasm',
    '-O',
    '0',
    '--prune-unused',
    '--capabilities',
    CAPABILITIES,
    '-o',
    bundle,
  ];
  const { ok, stdout, stderr } = await runOpa(
    opa,
    [...args, ...entries.flatMap((entry) => ['-e', entry]), LIB_FOLDER, ...files, dispatchFile],
    root,
  );
  if (!ok)
    throw new InputError([{ where: `pack ${name}`, what: `opa build failed: ${(stderr || stdout).trim()}` }]);
  const wasm = await run('tar', ['-xzOf', join(root, bundle), '/policy.wasm'], {
    encoding: 'buffer',
    maxBuffer: MAX_WASM_BYTES,
  });
  await refuseHostBuiltins(name, wasm.stdout);
  return wasm.stdout;
}

/** The module's own list of what the host must provide: nothing, or rules would mean one thing here and another in OPA. */
async function refuseHostBuiltins(name: string, wasm: BufferSource): Promise<void> {
  const host = hostBuiltins(await loadPolicy(wasm));
  if (host.length === 0) return;
  throw new InputError([
    {
      where: `pack ${name}`,
      what: `needs host functions: ${host.join(', ')}`,
      remedy: `use builtins of ${CAPABILITIES}`,
    },
  ]);
}

function hostBuiltins({ wasmInstance, mem }: LoadedPolicy): string[] {
  const { builtins, opa_json_dump } =
    wasmInstance instanceof WebAssembly.Instance ? wasmInstance.exports : wasmInstance.instance.exports;
  if (typeof builtins !== 'function' || typeof opa_json_dump !== 'function')
    throw new Error('not an OPA module');
  const bytes = Buffer.from(mem.buffer, Number(opa_json_dump(builtins())));
  return Object.keys(JSON.parse(bytes.toString('utf8', 0, bytes.indexOf(0))) as object);
}
