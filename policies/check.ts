import type { External } from '../analysis/externals.ts';
import type { JsonObject } from '../core/manifest.ts';
import type { Inventory } from '../inventory/model.ts';
import type { DataSource, EnvironmentData } from './data.ts';
import { inputEncoder } from './encode.ts';
import { evaluatePack, type RuleError, type Violation } from './evaluate.ts';
import type { ExceptedFinding, Exception } from './exception.ts';
import { EXCEPTION_RULES } from './exception-rules.ts';
import { applyExceptions } from './exceptions.ts';
import type { Finding } from './finding.ts';
import { type ConstructOf, compareFindings, findingsOf } from './locate.ts';
import type { LoadedPack } from './packs.ts';
import { type Phases, startPhases } from './phases.ts';
import type { Rule } from './rule.ts';

/** What is known beside the manifests. */
export interface CheckOptions {
  /** Objects that exist without being in the input. @default none */
  readonly externals?: readonly External[];
  /** Becomes `data.environment`. @default absent */
  readonly environment?: EnvironmentData;
  /** @default none */
  readonly exceptions?: readonly Exception[];
  /** The day that exceptions are held against, `YYYY-MM-DD`. @default a day before all others: none expires */
  readonly today?: string;
  /** Every rule that an exception may name. @default the rules of the packs */
  readonly knownRules?: readonly Rule[];
  /** Ids of the rules to evaluate. @default all rules of the packs */
  readonly only?: ReadonlySet<string>;
  readonly constructOf?: ConstructOf;
  /** Where the time goes. @default not measured */
  readonly phases?: Phases;
}

/** What the rules say about one inventory. */
export interface CheckResult {
  /** In stable order; exceptions that do not hold are findings as well. */
  readonly findings: readonly Finding[];
  readonly excepted: readonly ExceptedFinding[];
  /** Rules that could not be evaluated. */
  readonly errors: readonly RuleError[];
  /** Rules that were evaluated, those about exceptions included where there are any. */
  readonly rules: readonly Rule[];
  /** Objects in the inventory. */
  readonly objects: number;
}

/** Checks an inventory with packs that are loaded already, as often as wanted. */
export async function check(
  packs: readonly LoadedPack[],
  inventory: Inventory,
  options: CheckOptions = {},
): Promise<CheckResult> {
  const {
    externals = [],
    environment,
    exceptions = [],
    only,
    constructOf = () => undefined,
    phases = startPhases(),
  } = options;
  let references: Promise<readonly JsonObject[]> | undefined;
  const source: DataSource = {
    inventory,
    externals,
    ...(environment === undefined ? {} : { environment }),
    references: () => (references ??= phases.run('facts', () => referenceFacts(inventory, externals))),
  };
  const inputs = inputEncoder();
  const rules: Rule[] = [];
  const errors: RuleError[] = [];
  const violations: Violation[] = [];
  for (const loaded of packs) {
    const verdict = await phases.run(`pack ${loaded.pack.name}`, () =>
      evaluatePack(loaded, source, inputs, only),
    );
    rules.push(...loaded.pack.rules.filter(({ id }) => only?.has(id) ?? true));
    errors.push(...verdict.errors);
    for (const violation of verdict.violations) violations.push(violation);
  }
  const raw = phases.runSync('positions', () => findingsOf(violations, inventory, constructOf));
  const { findings, excepted } = applyExceptions(raw, exceptions, {
    evaluated: rules,
    known: options.knownRules ?? rules,
    today: options.today ?? '',
    ...(environment === undefined ? {} : { environment: environment.environment }),
  });
  return {
    findings: findings.toSorted(compareFindings),
    excepted,
    errors,
    rules: exceptions.length === 0 ? rules : [...rules, ...EXCEPTION_RULES],
    objects: inventory.objects.length,
  };
}

async function referenceFacts(
  inventory: Inventory,
  externals: readonly External[],
): Promise<readonly JsonObject[]> {
  const { references } = await import('../analysis/references.ts');
  return references(inventory, externals) as unknown as readonly JsonObject[];
}
