import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type LoadedPolicy, loadPolicy } from '@open-policy-agent/opa-wasm';
import { InputError, type Problem } from '../../core/problem.ts';
import { type CompiledPack, type CompiledRule, DATA_ROOTS } from '../rule.ts';
import { type Cases, readCases } from './cases.ts';
import { type Dispatch, dispatchModule, rulePackage } from './dispatch.ts';
import { type RuleSource, readMetadata } from './metadata.ts';
import { OPA_VERSION, runOpa } from './opa.ts';
import { CAPABILITIES, LIB_FOLDER, packSources, ruleFiles, sha256 } from './sources.ts';

const run = promisify(execFile);
const MAX_WASM_BYTES = 64 * 1024 * 1024;

/** A compiled pack and its module. */
export interface PackBuild {
  readonly pack: CompiledPack;
  readonly wasm: Uint8Array;
}

/**
 * Compiles one pack: metadata, cases and reads are checked, then all its rules become one WASM module.
 *
 * @param opa the pinned `opa`
 * @param root the folder that holds `rego/`
 * @throws InputError with everything that is wrong with the pack
 */
export async function compilePack(opa: string, root: string, name: string): Promise<PackBuild> {
  const files = await ruleFiles(root, name);
  await checkRego(opa, root, files);
  const { rules, problems } = await readMetadata(opa, root, name, files);
  const compiled: CompiledRule[] = [];
  for (const source of rules) {
    try {
      compiled.push(await compileRule(opa, root, source));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new InputError(problems);
  const dispatch = dispatchModule(name, compiled);
  const wasm = await compileWasm(opa, root, name, files, entrypoints(compiled, dispatch), dispatch.rego);
  const pack: CompiledPack = {
    name,
    opa: OPA_VERSION,
    wasm: sha256(wasm),
    sources: await packSources(root, name),
    dispatch: dispatch.byKind,
    ...(dispatch.graph === undefined ? {} : { graph: dispatch.graph }),
    rules: compiled,
  };
  return { pack, wasm };
}

async function checkRego(opa: string, root: string, files: readonly string[]): Promise<void> {
  const args = [
    'check',
    '--strict',
    '--max-errors',
    '0',
    '--capabilities',
    CAPABILITIES,
    '--format',
    'json',
    LIB_FOLDER,
    ...files,
  ];
  const { ok, stdout, stderr } = await runOpa(opa, args, root);
  if (!ok) throw new InputError(regoProblems(stderr || stdout));
}

interface OpaErrors {
  readonly errors: readonly {
    readonly message: string;
    readonly location?: { readonly file: string; readonly row: number; readonly col: number };
  }[];
}

function regoProblems(output: string): Problem[] {
  let errors: OpaErrors['errors'];
  try {
    errors = (JSON.parse(output) as OpaErrors).errors;
  } catch {
    return [{ where: 'opa', what: output.trim() }];
  }
  return errors.map(({ message, location }) => ({
    where: location === undefined ? 'opa' : `${location.file}:${location.row}:${location.col}`,
    what: message,
    ...(message.startsWith('undefined function')
      ? {
          remedy:
            'only builtins that OPA compiles into WASM are allowed (rego/capabilities.json); use a template string instead of sprintf',
        }
      : {}),
  }));
}

async function compileRule(opa: string, root: string, { file, rule }: RuleSource): Promise<CompiledRule> {
  const cases = await readCases(root, file);
  const { reads, problems } = await dataReads(opa, root, file, `data.${rulePackage(rule)}.deny`);
  if (rule.scope === 'graph' && reads.includes('input')) {
    problems.push({
      where: file,
      what: 'reads input, but a rule of scope graph has none',
      remedy: 'read data.inventory, or make its scope object',
    });
  }
  if (problems.length > 0) throw new InputError(problems);
  return {
    ...rule,
    entrypoint: `${rulePackage(rule).replaceAll('.', '/')}/deny`,
    reads: reads.filter((read) => read !== 'input'),
    examples: examplesOf(cases),
  };
}

function examplesOf({ pass: [pass], fail: [fail] }: Cases): CompiledRule['examples'] {
  if (pass === undefined || fail === undefined) throw new Error('cases were read without one of each');
  return {
    pass: { name: pass.name, objects: pass.objects },
    fail: { name: fail.name, objects: fail.objects },
  };
}

type Ref = readonly { readonly type: string; readonly value: unknown }[];

/** What a rule reads, through every function and library rule it uses: `input` and documents below `data`. */
async function dataReads(
  opa: string,
  root: string,
  file: string,
  query: string,
): Promise<{ reads: string[]; problems: Problem[] }> {
  const { ok, stdout, stderr } = await runOpa(
    opa,
    ['deps', '--format', 'json', '-d', LIB_FOLDER, '-d', file, query],
    root,
  );
  if (!ok)
    return {
      reads: [],
      problems: [
        {
          where: file,
          what: `has no rule deny, or opa cannot tell what it reads: ${(stderr || stdout).trim()}`,
        },
      ],
    };
  const { base = [], virtual = [] } = JSON.parse(stdout) as {
    base?: readonly Ref[];
    virtual?: readonly Ref[];
  };
  const problems: Problem[] = [];
  if (!virtual.some((ref) => ref.map(({ value }) => String(value)).join('.') === query)) {
    problems.push({
      where: file,
      what: 'has no rule deny',
      remedy: 'write `deny contains {"path": ..., "message": ...} if { ... }`',
    });
  }
  const reads = new Set<string>();
  for (const ref of base) {
    const path = staticPath(ref);
    if (path[0] === 'input') reads.add('input');
    else if (documentOf(path) === undefined)
      problems.push({
        where: file,
        what: `reads ${path.join('.')}, which no rule is given`,
        remedy: `read below ${DATA_ROOTS.map((known) => `data.${known.replaceAll('/', '.')}`).join(', ')}`,
      });
    else reads.add(documentOf(path) ?? '');
  }
  return { reads: [...reads].sort(), problems };
}

/** The part of a reference that is known without evaluation. */
function staticPath(ref: Ref): string[] {
  const dynamic = ref.findIndex(({ type }, index) => index > 0 && type !== 'string');
  return (dynamic < 0 ? ref : ref.slice(0, dynamic)).map(({ value }) => String(value));
}

/** The documented root that a path stands below; of the inventory also the kind, where it is fixed. */
function documentOf(path: readonly string[]): string | undefined {
  const document = path.slice(1).join('/');
  const known = DATA_ROOTS.find(
    (candidate) => document === candidate || document.startsWith(`${candidate}/`),
  );
  return known === 'inventory/kinds' ? path.slice(1, 4).join('/') : known;
}

function entrypoints(rules: readonly CompiledRule[], { byKind, graph }: Dispatch): string[] {
  const all = [
    ...rules.map(({ entrypoint }) => entrypoint),
    ...Object.values(byKind),
    ...(graph === undefined ? [] : [graph]),
  ];
  return [...new Set(all)].sort();
}

async function compileWasm(
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
