import { identityText } from '../core/manifest.ts';
import type { ExceptedFinding, Exception } from './exception.ts';
import { EXPIRED, NOT_ALLOWED, UNKNOWN_RULE, UNUSED } from './exception-rules.ts';
import type { Finding } from './finding.ts';
import { fingerprint } from './fingerprint.ts';
import type { Rule } from './rule.ts';

/** What exceptions are held against. */
export interface ExceptionContext {
  /** Rules that were evaluated. */
  readonly evaluated: readonly Rule[];
  /** Every rule there is, so that an unknown one is told from one that was not asked for. */
  readonly known: readonly Rule[];
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** Name of the environment, where there is one. */
  readonly environment?: string;
}

/**
 * Takes the findings out that an exception excuses. An exception that is expired, excuses nothing, or is aimed
 * at an unknown rule or one that allows none, is a finding of its own.
 */
export function applyExceptions(
  findings: readonly Finding[],
  exceptions: readonly Exception[],
  context: ExceptionContext,
): { findings: Finding[]; excepted: ExceptedFinding[] } {
  const known = new Map(context.known.map((rule) => [rule.id, rule]));
  const evaluated = new Set(context.evaluated.map(({ id }) => id));
  const faults: Finding[] = [];
  const inForce = new Map<string, Exception[]>();
  for (const exception of exceptions) {
    if (!holdsIn(exception, context.environment)) continue;
    const fault = faultOf(exception, known.get(exception.rule), context.today);
    if (fault !== undefined) faults.push(fault);
    else if (evaluated.has(exception.rule)) {
      const key = keyOf(exception.rule, exception.object);
      inForce.set(key, [...(inForce.get(key) ?? []), exception]);
    }
  }
  const used = new Set<Exception>();
  const excepted: ExceptedFinding[] = [];
  const left: Finding[] = [];
  for (const finding of findings) {
    const exception = inForce
      .get(keyOf(finding.rule, finding.object))
      ?.find(({ path }) => covers(path, finding.path));
    if (exception === undefined) left.push(finding);
    else {
      used.add(exception);
      excepted.push({ finding, exception });
    }
  }
  for (const exception of [...inForce.values()].flat()) {
    if (!used.has(exception)) faults.push(unused(exception, findings));
  }
  return { findings: [...left, ...faults], excepted };
}

function holdsIn({ environments }: Exception, environment: string | undefined): boolean {
  return environments === undefined || environment === undefined || environments.includes(environment);
}

function keyOf(rule: string, { kind, namespace, name }: Exception['object']): string {
  return JSON.stringify([rule, kind, namespace, name]);
}

function covers(prefix: string | undefined, path: string): boolean {
  return prefix === undefined || path === prefix || path.startsWith(`${prefix}/`);
}

function faultOf(exception: Exception, rule: Rule | undefined, today: string): Finding | undefined {
  const { expires, owner } = exception;
  if (rule === undefined) return faultFinding(UNKNOWN_RULE, exception, `there is no rule ${exception.rule}`);
  if (!rule.exceptionable) return faultFinding(NOT_ALLOWED, exception, `${rule.id} allows no exception`);
  // days in this form compare as text
  if (today > expires)
    return faultFinding(EXPIRED, exception, `the exception of ${owner} for ${rule.id} expired on ${expires}`);
  return undefined;
}

function unused(exception: Exception, findings: readonly Finding[]): Finding {
  const { rule, object, path } = exception;
  const near = findings.find(
    (finding) =>
      finding.rule === rule && finding.object.kind === object.kind && finding.object.name === object.name,
  );
  const hint = near === undefined ? '' : `; there is one at ${identityText(near.object)} ${near.path}`;
  return faultFinding(
    UNUSED,
    exception,
    `excuses no finding of ${rule} at ${identityText({ apiVersion: '', ...object })}${path === undefined ? '' : ` ${path}`}${hint}`,
  );
}

function faultFinding({ id, severity, remediation }: Rule, exception: Exception, message: string): Finding {
  const object = { apiVersion: '', ...exception.object };
  const { file, line } = exception.position;
  return {
    rule: id,
    severity,
    message,
    remediation,
    object,
    path: '',
    file,
    line,
    fingerprint: fingerprint(`${id} ${exception.rule}`, object, exception.path ?? ''),
  };
}
