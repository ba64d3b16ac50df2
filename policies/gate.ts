import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { readExternals } from '../analysis/externals.ts';
import { InputError } from '../core/problem.ts';
import { type ReadOptions, readInventory } from '../inventory/index.ts';
import { type CheckResult, check } from './check.ts';
import type { EnvironmentData } from './data.ts';
import type { Exception } from './exception.ts';
import { EXCEPTION_RULES } from './exception-rules.ts';
import { readExceptions } from './exceptions-file.ts';
import { type Finding, SEVERITIES, type Severity } from './finding.ts';
import type { EnvironmentIndex } from './index-file.ts';
import type { ConstructOf } from './locate.ts';
import { compareFindings } from './locate.ts';
import { generalPacks, loadPacks, readPacks } from './packs.ts';
import { leavesOut, type Part, partsOf } from './parts.ts';
import { type Phases, startPhases } from './phases.ts';
import type { Rule } from './rule.ts';

/** The least severity that counts, or `never`. */
export type FailOn = Severity | 'never';

export const DEFAULT_FAIL_ON: FailOn = 'medium';

/** What to gate, and how. */
export interface GateOptions {
  /** Files and folders of YAML or JSON; `-` is standard input. */
  readonly paths: readonly string[];
  /** Packs to evaluate. @default the general packs, and those of the index */
  readonly packs?: readonly string[];
  /** What synth knows about the paths, whose first one is then the environment's folder. @default read from beside them */
  readonly index?: EnvironmentIndex;
  /** File of objects that exist without being in the input, added to those of the index. @default none */
  readonly externals?: string;
  /** Exceptions file. @default the one that the index names */
  readonly exceptions?: string;
  /** Exceptions file of manifests whose index names none. @default none */
  readonly defaultExceptions?: string;
  /** The day that exceptions are held against, `YYYY-MM-DD`. @default the system's day */
  readonly today?: string;
  /** @default medium */
  readonly failOn?: FailOn;
  /** Whether paths that hold no object at all pass; they are more often a step before the gate that failed. @default false */
  readonly allowEmpty?: boolean;
  /** Limits of what is read. */
  readonly read?: ReadOptions;
  readonly phases?: Phases;
}

/** What the gate says. */
export interface GateResult extends CheckResult {
  /** `broken` where a rule could not be evaluated: then it is not known whether the manifests are clean. */
  readonly verdict: 'clean' | 'findings' | 'broken';
  readonly failOn: FailOn;
  /** `platform/environment` of which only a part was given, so that rules about the whole miss the rest. */
  readonly partOf: readonly string[];
}

/**
 * Checks manifests against policy packs. Where the paths hold several environments that synth wrote, each is
 * checked by itself, for an object of one is no duplicate of the same object in another.
 *
 * @throws InputError when the input, or what is known about it, cannot be read, or holds no object
 */
export async function gate(options: GateOptions): Promise<GateResult> {
  const { failOn = DEFAULT_FAIL_ON, phases = startPhases() } = options;
  const parts = await partsOf(options.paths, options.index);
  const results: PartResult[] = [];
  for (const part of parts) results.push(await gatePart(part, options, phases));
  const result: CheckResult = {
    findings: merged(results),
    excepted: results.flatMap(({ excepted }) => excepted),
    errors: results.flatMap(({ errors }) => errors),
    rules: distinct(results.flatMap(({ rules }) => rules)),
    objects: results.reduce((sum, { objects }) => sum + objects, 0),
  };
  if (result.objects === 0 && options.allowEmpty !== true) throw nothingToCheck(options.paths);
  const partOf = [...new Set(results.flatMap((part) => part.partOf ?? []))];
  return { ...result, verdict: verdictOf(result, failOn), failOn, partOf };
}

function nothingToCheck(paths: readonly string[]): InputError {
  return new InputError([
    {
      where: paths.join(' '),
      what: 'no Kubernetes objects in the input',
      remedy: 'see whether what wrote it failed; give --allow-empty where nothing to check is right',
    },
  ]);
}

/** Findings of all parts; what is wrong with an exceptions file that they share is wrong once. */
function merged(results: readonly CheckResult[]): Finding[] {
  const about = new Set(EXCEPTION_RULES.map(({ id }) => id));
  const seen = new Set<string>();
  return results
    .flatMap(({ findings }) => findings)
    .filter((finding) => {
      const key = `${finding.fingerprint} ${finding.file}:${finding.line}`;
      const again = about.has(finding.rule) && seen.has(key);
      seen.add(key);
      return !again;
    })
    .toSorted(compareFindings);
}

/** @returns whether the findings let the manifests pass. */
export function verdictOf(
  { findings, errors }: Pick<CheckResult, 'findings' | 'errors'>,
  failOn: FailOn,
): GateResult['verdict'] {
  if (errors.length > 0) return 'broken';
  return failingFindings(findings, failOn).length > 0 ? 'findings' : 'clean';
}

/** @returns the findings that do not let the manifests pass. */
export function failingFindings(findings: readonly Finding[], failOn: FailOn): Finding[] {
  const least = failOn === 'never' ? -1 : SEVERITIES.indexOf(failOn);
  return findings.filter(({ severity }) => SEVERITIES.indexOf(severity) <= least);
}

interface PartResult extends CheckResult {
  readonly partOf?: string;
}

function constructsOf(folder: string, { objects }: EnvironmentIndex): ConstructOf {
  const byFile = new Map(objects.map(({ file, construct }) => [resolve(folder, file), construct]));
  return ({ file }) => byFile.get(resolve(file));
}

async function gatePart(part: Part, options: GateOptions, phases: Phases): Promise<PartResult> {
  const { paths, found } = part;
  const index = found?.index;
  const { packs, today = systemDay() } = options;
  const names = packs ?? [...(await generalPacks()), ...(index?.packs ?? [])];
  // modules compile on other threads while the manifests are parsed
  const [inventory, loaded] = await phases.run('read', () =>
    Promise.all([readInventory(paths, options.read), readPacks(names).then((packs) => loadPacks(packs))]),
  );
  const exceptions = await exceptionsOf(options, part);
  const own = options.externals === undefined ? [] : await readExternals(options.externals);
  const knownRules = exceptions.length === 0 ? [] : (await readPacks()).flatMap(({ rules }) => rules);
  const result = await check(loaded, inventory, {
    externals: [...(index?.externals ?? []), ...own],
    ...(index === undefined ? {} : { environment: environmentOf(index) }),
    exceptions,
    today,
    knownRules,
    ...(found === undefined ? {} : { constructOf: constructsOf(found.folder, found.index) }),
    phases,
  });
  if (
    index === undefined ||
    !leavesOut(
      part,
      inventory.objects.map(({ file }) => file),
    )
  )
    return result;
  return { ...result, partOf: `${index.platform}/${index.environment}` };
}

async function exceptionsOf(options: GateOptions, part: Part): Promise<Exception[]> {
  const { exceptions = exceptionsNamedBy(part) ?? options.defaultExceptions } = options;
  if (exceptions === undefined) return [];
  const remedy =
    options.exceptions === undefined
      ? 'the index names it; work in the folder that synth worked in, or give --exceptions'
      : 'check the path given with --exceptions';
  return readExceptions(exceptions, remedy);
}

/** The file is named from where synth worked, which is mostly where the output folder stands. */
function exceptionsNamedBy({ found }: Part): string | undefined {
  const named = found?.index.exceptions;
  if (named === undefined || found?.root === undefined || existsSync(named)) return named;
  const beside = join(found.root, named);
  return existsSync(beside) ? relative(process.cwd(), beside) : named;
}

function environmentOf({ platform, environment, parameters }: EnvironmentIndex): EnvironmentData {
  return { platform, environment, parameters };
}

/** The system's day in UTC, so that one day ends everywhere at once. */
function systemDay(): string {
  return new Date().toISOString().slice(0, 10);
}

function distinct(rules: readonly Rule[]): Rule[] {
  return [...new Map(rules.map((rule) => [rule.id, rule])).values()];
}
