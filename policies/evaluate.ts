import { groupOf, identityText, type JsonObject } from '../core/manifest.ts';
import type { InventoryObject } from '../inventory/model.ts';
import { type DataSource, documentsFor } from './data.ts';
import type { InputEncoder } from './encode.ts';
import { type ModuleInstance, openModule } from './instance.ts';
import type { LoadedPack } from './packs.ts';
import { type CompiledPack, type CompiledRule, SEEN } from './rule.ts';

/** What a rule said, before it is tied to a file. */
export interface Violation {
  readonly rule: CompiledRule;
  /** The object that an object rule was given; graph rules name theirs in `blamed`. */
  readonly object?: InventoryObject;
  readonly blamed?: JsonObject;
  /** JSON pointer. */
  readonly path: string;
  readonly message: string;
}

/** A rule that could not be evaluated; never the same as a rule that found nothing. */
export interface RuleError {
  readonly rule: string;
  /** The object it broke at, as `Kind namespace/name`; absent for a graph rule. */
  readonly object?: string;
  readonly reason: string;
}

/** What one pack said about an inventory. */
export interface PackVerdict {
  readonly violations: readonly Violation[];
  readonly errors: readonly RuleError[];
}

/** A rule that broke this often is broken; the errors that follow would say the same. */
const MAX_ERRORS_PER_RULE = 10;

/**
 * Evaluates a pack: its graph rules once, its object rules for every object of their kinds. One call evaluates
 * all rules of a kind; where it breaks off, each rule is called alone, so that a broken one hides no other.
 *
 * @param only ids of the rules to evaluate, @default all
 */
export async function evaluatePack(
  { pack, module }: LoadedPack,
  source: DataSource,
  inputs: InputEncoder,
  only?: ReadonlySet<string>,
): Promise<PackVerdict> {
  const rules = only === undefined ? pack.rules : pack.rules.filter(({ id }) => only.has(id));
  const documents = await documentsFor(
    rules.flatMap(({ reads }) => reads),
    source,
  );
  const call: Call = { instance: openModule(module, documents), verdict: collector(rules) };
  const graphRules = rules.filter(({ scope }) => scope === 'graph');
  const graph = only === undefined ? pack.graph : undefined;
  if (graphRules.length > 0 && !callTogether(call, graph, graphRules)) callOneByOne(call, graphRules);
  const dispatch = dispatcher(
    pack,
    rules.filter(({ scope }) => scope === 'object'),
  );
  for (const object of source.inventory.objects) {
    const { entrypoint, members } = dispatch(object);
    if (members.length === 0) continue;
    const input = inputs.encode(object);
    const together = only === undefined ? entrypoint : undefined;
    if (!callTogether(call, together, members, object, input)) callOneByOne(call, members, object, input);
  }
  return call.verdict;
}

interface Call {
  readonly instance: ModuleInstance;
  readonly verdict: Collector;
}

/** Calls all rules at once; false where they must be called one by one: not all are wanted, or one broke off. */
function callTogether(
  { instance, verdict }: Call,
  entrypoint: string | undefined,
  rules: readonly CompiledRule[],
  object?: InventoryObject,
  input?: ArrayBuffer,
): boolean {
  if (entrypoint === undefined) return false;
  const answer = instance.call(entrypoint, input);
  if (!answer.ok) return false;
  const { [SEEN]: seen, ...found } = (answer.value ?? {}) as Readonly<Record<string, unknown>>;
  if (object !== undefined && seen !== object.manifest.kind) {
    for (const { id } of rules) verdict.fail(id, 'the module could not read the object', object);
    return true;
  }
  for (const [id, findings] of Object.entries(found)) verdict.accept(id, findings, object);
  return true;
}

function callOneByOne(
  { instance, verdict }: Call,
  rules: readonly CompiledRule[],
  object?: InventoryObject,
  input?: ArrayBuffer,
): void {
  for (const rule of rules) {
    if (verdict.isBroken(rule)) continue;
    const answer = instance.call(rule.entrypoint, input);
    if (answer.ok) verdict.accept(rule.id, answer.value ?? [], object);
    else verdict.fail(rule.id, answer.reason, object);
  }
}

interface Collector extends PackVerdict {
  /** Takes what a rule returned. */
  accept(id: string, found: unknown, object: InventoryObject | undefined): void;
  fail(id: string, reason: string, object: InventoryObject | undefined): void;
  isBroken(rule: CompiledRule): boolean;
}

function collector(rules: readonly CompiledRule[]): Collector {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const violations: Violation[] = [];
  const errors: RuleError[] = [];
  const fail: Collector['fail'] = (rule, reason, object) => {
    errors.push({ rule, ...(object === undefined ? {} : { object: identityText(object.identity) }), reason });
  };
  return {
    violations,
    errors,
    fail,
    isBroken: ({ id }) => errors.filter(({ rule }) => rule === id).length >= MAX_ERRORS_PER_RULE,
    accept(id, found, object) {
      const rule = byId.get(id);
      if (rule === undefined) return;
      for (const value of Array.isArray(found) ? found : [found]) {
        const violation = violationOf(rule, object, value);
        if (violation !== undefined) violations.push(violation);
        else fail(id, `returned ${JSON.stringify(value)}, which is no finding`, object);
      }
    },
  };
}

function violationOf(
  rule: CompiledRule,
  object: InventoryObject | undefined,
  value: unknown,
): Violation | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { path, message, object: blamed } = value as Readonly<Record<string, unknown>>;
  if (typeof path !== 'string' || typeof message !== 'string' || !POINTER.test(path)) return undefined;
  if (object !== undefined) return { rule, object, path, message };
  if (typeof blamed !== 'object' || blamed === null) return undefined;
  return { rule, blamed: blamed as JsonObject, path, message };
}

const POINTER = /^(\/([^~]|~[01])*)?$/;

interface Judges {
  readonly entrypoint: string | undefined;
  readonly members: readonly CompiledRule[];
}

/** @returns which rules judge an object, and the entrypoint that calls them together; the most specific key applies. */
function dispatcher(
  { dispatch }: CompiledPack,
  rules: readonly CompiledRule[],
): (object: InventoryObject) => Judges {
  const known = new Map<string, Judges>();
  return ({ identity: { apiVersion, kind } }) => {
    const specific = `${kind}.${groupOf(apiVersion)}`;
    let found = known.get(specific);
    if (found === undefined) {
      const key = [specific, kind, '*'].find((candidate) => Object.hasOwn(dispatch, candidate));
      const members = rules.filter(({ kinds }) =>
        [specific, kind, '*'].some((candidate) => kinds.includes(candidate)),
      );
      found = { entrypoint: key === undefined ? undefined : dispatch[key], members };
      known.set(specific, found);
    }
    return found;
  };
}
