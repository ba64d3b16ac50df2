import type { JsonObject } from '../core/manifest.ts';
import type { Severity } from './finding.ts';

/** What people need to know about a rule; written in the metadata of its Rego package. */
export interface Rule {
  /** `<pack>-<slug>`, e.g. `workload-image-pinned`. */
  readonly id: string;
  readonly pack: string;
  /** What holds where the rule is kept, e.g. `Container images are pinned`. */
  readonly title: string;
  /** What is checked and why it matters. */
  readonly description: string;
  readonly severity: Severity;
  /** `object` rules see one object as `input`; `graph` rules run once and see everything as `data`. */
  readonly scope: 'object' | 'graph';
  /** `Kind`, `Kind.group` where the kind alone is ambiguous, `*` for every object. */
  readonly kinds: readonly string[];
  /** The change to make. */
  readonly remediation: string;
  /** Links, and references such as `agentweaver:I17`. */
  readonly references: readonly string[];
  /** Whether an exception may excuse its findings. */
  readonly exceptionable: boolean;
}

/** A rule as it stands in a compiled pack. */
export interface CompiledRule extends Rule {
  /** Entrypoint of the WASM module that evaluates this rule alone. */
  readonly entrypoint: string;
  /** Documents below `data` that the rule reads, libraries included, e.g. `inventory/kinds/Secret`. */
  readonly reads: readonly string[];
  /** The first passing and the first failing test case, for the rule's documentation. */
  readonly examples: RuleExamples;
}

/** One passing and one failing test case of a rule. */
export interface RuleExamples {
  readonly pass: RuleExample;
  readonly fail: RuleExample;
}

/** Objects that keep or break a rule. */
export interface RuleExample {
  readonly name: string;
  readonly objects: readonly JsonObject[];
}

/** One WASM module and all that is known about it without opening it. */
export interface CompiledPack {
  readonly name: string;
  /** Version of `opa` that compiled it. */
  readonly opa: string;
  /** SHA-256 of the WASM module. */
  readonly wasm: string;
  /** SHA-256 of every source file, by path from the project root. */
  readonly sources: Readonly<Record<string, string>>;
  /**
   * Entrypoint that evaluates all object rules of a kind in one call, by `Kind.group`, `Kind` and `*`; the most
   * specific one applies and covers the others.
   */
  readonly dispatch: Readonly<Record<string, string>>;
  /** Entrypoint that evaluates all graph rules in one call, where there are any. */
  readonly graph?: string;
  readonly rules: readonly CompiledRule[];
}

/** Documents below `data` that rules may read. */
export const DATA_ROOTS = ['inventory/kinds', 'facts/references', 'externals', 'environment'] as const;

/**
 * Key under which a set of object rules repeats the kind of its input. OPA takes JSON that it cannot read for no
 * input at all, in which no rule finds anything; the echo tells that from a clean object.
 */
export const SEEN = 'input.kind';
