import { join, relative, resolve, sep } from 'node:path';
import type { Environment } from '../charts/environment.ts';
import { InputError } from '../core/problem.ts';
import type { FailOn, GateResult } from '../policies/gate.ts';
import type { Changes } from '../synth/changes.ts';
import type { SynthesizedObject } from '../synth/synthesize.ts';
import { exceptionsBeside } from './environment-files.ts';

/** How `sluice synth` was asked to work. */
export interface SynthOptions {
  readonly out: string;
  /** @default the one beside the environment file */
  readonly exceptions?: string;
  readonly failOn?: FailOn;
  readonly today?: string;
  /** Whether to compare instead of to write. */
  readonly check?: boolean;
  /** Whether to remove files that synth did not write. */
  readonly force?: boolean;
}

/** What became of one environment. */
export interface SynthResult {
  readonly environment: Environment;
  /** Folder of the manifests, relative to the working directory, with `/` separators. */
  readonly folder: string;
  /** Number of objects by kind, in code-unit order of the kinds. */
  readonly kinds: Readonly<Record<string, number>>;
  /** Absent when the output differs and was only to be compared. */
  readonly gate?: GateResult;
  /** What was, or would be, changed; absent when the gate refused. */
  readonly changes?: Changes;
}

/**
 * Composes an environment's manifests, gates them, and replaces its output where the gate is content.
 *
 * @param onPhase told what is being done, for people who wait
 * @throws InputError with everything that is wrong with the manifests or the output folder
 */
export async function synthEnvironment(
  environment: Environment,
  options: SynthOptions,
  onPhase: (phase: string) => void,
): Promise<SynthResult> {
  refuseOwnFolder(options.out);
  onPhase('composing');
  const [{ PLATFORMS }, { App }, { synthesize }, { outputOf }] = await Promise.all([
    import('../charts/platforms.ts'),
    import('../synth/app.ts'),
    import('../synth/synthesize.ts'),
    import('../synth/output.ts'),
  ]);
  const platform = PLATFORMS[environment.platform];
  if (platform === undefined) throw new Error(`no platform ${environment.platform}`);
  const app = new App();
  platform.compose(app, environment.environment, environment.parameters);
  const objects = synthesize(app);
  const exceptions = options.exceptions ?? exceptionsBeside(environment.file);
  const description = {
    platform: platform.name,
    environment: environment.environment,
    packs: platform.packs,
    parameters: environment.parameters,
    externals: platform.externals(environment.parameters),
    ...(exceptions === undefined ? {} : { exceptions }),
  };
  const output = outputOf(objects, description);
  const { foldersOf } = await import('../synth/folders.ts');
  const { compareOutput, replaceOutput } = await import('../synth/replace.ts');
  const folders = foldersOf(options.out, platform.name, environment.environment);
  const folder = join(options.out, platform.name, environment.environment).split(sep).join('/');
  const result = { environment, folder, kinds: countKinds(objects) };
  let verdict: GateResult | undefined;
  const accept = async (manifests: string): Promise<boolean> => {
    onPhase('gating');
    verdict = await judge(manifests, folder, output.index, options);
    return verdict.verdict === 'clean';
  };
  if (options.check) {
    const changes = compareOutput(folders, output);
    if (changes.none) await accept(folders.manifests);
    return { ...result, changes, ...(verdict === undefined ? {} : { gate: verdict }) };
  }
  const changes = await replaceOutput(folders, output, { accept, force: options.force ?? false }).catch(
    unwritable,
  );
  return {
    ...result,
    ...(verdict === undefined ? {} : { gate: verdict }),
    ...(changes === undefined ? {} : { changes }),
  };
}

/** Turns what the file system refuses into a sentence. @throws always */
function unwritable(error: unknown): never {
  if (!(error instanceof Error && 'code' in error && 'path' in error && 'syscall' in error)) throw error;
  const what = `the output cannot be written (${error.code})`;
  throw new InputError([{ where: String(error.path), what, remedy: 'check the folder given with --out' }]);
}

/** The index stands beside the output, and beside the project is no place for it. */
function refuseOwnFolder(out: string): void {
  if (!relative(resolve(out), process.cwd()).startsWith('..')) {
    const what = `${JSON.stringify(out)} is the working directory or above it`;
    throw new InputError([{ where: '--out', what, remedy: 'choose a folder of its own, such as dist' }]);
  }
}

/** Gates the manifests where they wait; findings name the files by where they will stand. */
async function judge(
  waiting: string,
  folder: string,
  indexText: string,
  options: SynthOptions,
): Promise<GateResult> {
  const [{ gate }, { parseIndex }] = await Promise.all([
    import('../policies/gate.ts'),
    import('../policies/index-file.ts'),
  ]);
  const index = parseIndex(indexText, `${folder}/index.json`);
  const { failOn, today } = options;
  const result = await gate({
    paths: [waiting],
    index,
    ...(failOn === undefined ? {} : { failOn }),
    ...(today === undefined ? {} : { today }),
  });
  const place = <F extends { readonly file: string }>(finding: F): F => {
    const inside = relative(waiting, finding.file).split(sep).join('/');
    return finding.file === '' || inside.startsWith('../')
      ? finding
      : { ...finding, file: `${folder}/${inside}` };
  };
  return {
    ...result,
    findings: result.findings.map(place),
    excepted: result.excepted.map(({ finding, exception }) => ({ finding: place(finding), exception })),
  };
}

function countKinds(objects: readonly SynthesizedObject[]): Record<string, number> {
  const groups = Map.groupBy(objects, ({ manifest }) => manifest.kind);
  return Object.fromEntries([...groups].map(([kind, members]) => [kind, members.length] as const).sort());
}
