import type { Validation, ValidationContext } from 'cdk8s-cli/plugins';
import { identityText } from '../core/manifest.ts';
import { InputError, problemText } from '../core/problem.ts';
import type { Finding } from '../policies/finding.ts';
import { type FailOn, failingFindings, type GateResult, gate } from '../policies/gate.ts';

/** What `properties` of the validation in `cdk8s.yaml` may hold. */
export interface GateValidationProps {
  /** @default the general packs, and those of the app's index */
  readonly packs?: readonly string[];
  /** Exceptions file. @default the one that the app's index names, else none */
  readonly exceptions?: string;
  /** File of objects that exist without being in the output. @default none */
  readonly externals?: string;
  /** Least severity that fails. @default medium */
  readonly failOn?: FailOn;
}

/**
 * The gate as a validation plug-in of cdk8s-cli: `cdk8s synth` fails where it finds something, and shows what. What is
 * not bad enough to fail is counted; `sluice gate` shows it.
 *
 * @example
 * # cdk8s.yaml
 * validations:
 *   - package: ./node_modules/sluice/lib/plugin/index.js
 *     class: GateValidation
 *     version: 0.1.0
 */
export class GateValidation implements Validation {
  readonly #props: GateValidationProps;

  constructor(props: GateValidationProps = {}) {
    this.#props = props;
  }

  async validate({ manifests, metadata, report, logger }: ValidationContext): Promise<void> {
    try {
      const result = await gate({ paths: manifests, ...this.#props });
      const titles = new Map(result.rules.map(({ id, title }) => [id, title]));
      const failing = failingFindings(result.findings, result.failOn);
      for (const [rule, findings] of Map.groupBy(failing, ({ rule }) => rule)) {
        report.addViolation(violationOf(titles.get(rule) ?? rule, findings, metadata));
      }
      for (const { rule, object, reason } of result.errors) {
        logger.log(
          `rule ${rule} could not be evaluated${object === undefined ? '' : ` at ${object}`}: ${reason}`,
        );
      }
      report.submit(result.verdict === 'clean' ? 'success' : 'failure', summaryOf(result));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      for (const problem of error.problems) logger.log(problemText(problem));
      report.submit('failure');
    }
  }
}

function violationOf(
  title: string,
  findings: readonly Finding[],
  metadata: ValidationContext['metadata'],
): Parameters<ValidationContext['report']['addViolation']>[0] {
  const [first] = findings;
  const byObject = Map.groupBy(findings, ({ file, object }) => `${file} ${identityText(object)}`);
  return {
    ruleName: first?.rule ?? '',
    recommendation: title,
    fix: first?.remediation ?? '',
    violatingResources: [...byObject.values()].map((members) => resourceOf(members, metadata)),
  };
}

function resourceOf(findings: readonly Finding[], metadata: ValidationContext['metadata']) {
  const [first] = findings;
  const object = first?.object ?? { apiVersion: '', kind: '', name: '' };
  // cdk8s knows constructs by object name alone; our App adds what tells objects of one name apart
  const full = identityText(object);
  return {
    resourceName: Object.hasOwn(metadata, full) ? full : object.name,
    locations: findings.map(
      ({ path, line, message }) => `line ${line}${path === '' ? '' : ` ${path}`}: ${message}`,
    ),
    manifestPath: first?.file ?? '',
  };
}

function summaryOf({ objects, rules, findings, excepted, errors }: GateResult): Record<string, string> {
  return {
    objects: String(objects),
    rules: String(rules.length),
    findings: String(findings.length),
    excepted: String(excepted.length),
    errors: String(errors.length),
  };
}
