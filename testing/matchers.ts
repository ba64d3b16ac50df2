import { identityText } from '../core/manifest.ts';
import type { CheckResult } from '../policies/check.ts';
import type { Finding } from '../policies/finding.ts';
import { conformance, type PodSecurityLevel } from './conform.ts';
import type { Manifests } from './load.ts';

/** The finding that a test expects; what is left out may be anything. */
export interface FindingPattern {
  readonly rule?: string;
  /** `Kind name` or `Kind namespace/name`. */
  readonly object?: string;
  /** JSON pointer; the finding stands at or below it. */
  readonly path?: string;
  /** Part of the message. */
  readonly message?: string;
}

/** What a matcher answers, in the form of vitest and jest. */
interface MatcherAnswer {
  readonly pass: boolean;
  message(): string;
}

/** Matchers for the results of a check: `expect.extend(matchers)`. */
export const matchers = {
  /** Passes where no rule objects. */
  toHaveNoFindings({ findings }: CheckResult): MatcherAnswer {
    return {
      pass: findings.length === 0,
      message: () =>
        findings.length === 0
          ? 'expected findings, but there are none'
          : `expected no findings, but there are ${findings.length}:\n${listed(findings)}`,
    };
  },

  /** Passes where a finding is as the pattern says. */
  toContainFinding({ findings, rules }: CheckResult, pattern: FindingPattern): MatcherAnswer {
    const found = findings.filter((finding) => matches(finding, pattern));
    return {
      pass: found.length > 0,
      message: () =>
        found.length > 0
          ? `expected no finding like ${JSON.stringify(pattern)}, but there are:\n${listed(found)}`
          : missing(
              findings,
              pattern,
              rules.map(({ id }) => id),
            ),
    };
  },

  /** Passes where the Pod Security Standards admit every pod; there must be some. */
  toConform({ inventory }: Pick<Manifests, 'inventory'>, level: PodSecurityLevel): MatcherAnswer {
    const { pods, violations } = conformance(inventory, level);
    if (pods === 0)
      throw new Error('there are no pods in these manifests, so none can be held against a level');
    return {
      pass: violations.length === 0,
      message: () =>
        violations.length === 0
          ? `expected something that ${level} forbids, but it admits all ${pods} pods and templates`
          : `expected ${level} to admit every pod, but it forbids:\n${shortened(violations)}`,
    };
  },
};

function matches({ rule, object, path, message }: Finding, pattern: FindingPattern): boolean {
  return (
    (pattern.rule ?? rule) === rule &&
    (pattern.object ?? identityText(object)) === identityText(object) &&
    (pattern.path === undefined || path === pattern.path || path.startsWith(`${pattern.path}/`)) &&
    message.includes(pattern.message ?? '')
  );
}

function missing(
  findings: readonly Finding[],
  pattern: FindingPattern,
  evaluated: readonly string[],
): string {
  const expected = `expected a finding like ${JSON.stringify(pattern)}`;
  if (pattern.rule !== undefined && !evaluated.includes(pattern.rule)) {
    return `${expected}, but ${pattern.rule} was not evaluated; the check evaluated ${evaluated.length} rules`;
  }
  const near = findings.filter(
    ({ rule, object }) => rule === pattern.rule || identityText(object) === pattern.object,
  );
  if (findings.length === 0) return `${expected}, but there are no findings`;
  return near.length > 0
    ? `${expected}; the nearest are:\n${listed(near)}`
    : `${expected}; there are:\n${listed(findings)}`;
}

const SHOWN = 20;

function listed(findings: readonly Finding[]): string {
  return shortened(
    findings.map(
      ({ rule, object, file, line, path, message }) =>
        `${rule} at ${identityText(object)} ${path} (${file}:${line}): ${message}`,
    ),
  );
}

function shortened(all: readonly string[]): string {
  const lines = all.slice(0, SHOWN).map((line) => `  ${line}`);
  return [...lines, ...(all.length > SHOWN ? [`  and ${all.length - SHOWN} more`] : [])].join('\n');
}
