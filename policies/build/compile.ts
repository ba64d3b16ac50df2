import { InputError, type Problem } from '../../core/problem.ts';
import type { CompiledPack, CompiledRule } from '../rule.ts';
import { type Cases, readCases } from './cases.ts';
import { type Dispatch, dispatchModule, rulePackage } from './dispatch.ts';
import { type RuleSource, readMetadata } from './metadata.ts';
import { OPA_VERSION, runOpa } from './opa.ts';
import { dataReads } from './reads.ts';
import { CAPABILITIES, LIB_FOLDER, packSources, ruleFiles, sha256 } from './sources.ts';
import { compileWasm } from './wasm.ts';

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
  const libraries: string[] = [];
  for (const source of rules) {
    try {
      const { rule, uses } = await compileRule(opa, root, source);
      compiled.push(rule);
      libraries.push(...uses);
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
    sources: await packSources(root, name, libraries),
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

async function compileRule(
  opa: string,
  root: string,
  { file, rule }: RuleSource,
): Promise<{ rule: CompiledRule; uses: readonly string[] }> {
  const cases = await readCases(root, file);
  const {
    reads,
    libraries,
    problems: found,
  } = await dataReads(opa, root, file, `data.${rulePackage(rule)}.deny`);
  const problems = [...found];
  if (rule.scope === 'graph' && reads.includes('input')) {
    problems.push({
      where: file,
      what: 'reads input, but a rule of scope graph has none',
      remedy: 'read data.inventory, or make its scope object',
    });
  }
  if (problems.length > 0) throw new InputError(problems);
  const compiled: CompiledRule = {
    ...rule,
    entrypoint: `${rulePackage(rule).replaceAll('.', '/')}/deny`,
    reads: reads.filter((read) => read !== 'input'),
    examples: examplesOf(cases),
  };
  return { rule: compiled, uses: libraries };
}

function examplesOf({ pass: [pass], fail: [fail] }: Cases): CompiledRule['examples'] {
  if (pass === undefined || fail === undefined) throw new Error('cases were read without one of each');
  return {
    pass: { name: pass.name, objects: pass.objects },
    fail: { name: fail.name, objects: fail.objects },
  };
}

function entrypoints(rules: readonly CompiledRule[], { byKind, graph }: Dispatch): string[] {
  const all = [
    ...rules.map(({ entrypoint }) => entrypoint),
    ...Object.values(byKind),
    ...(graph === undefined ? [] : [graph]),
  ];
  return [...new Set(all)].sort();
}
