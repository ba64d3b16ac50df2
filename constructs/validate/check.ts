import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { InputError, type Problem } from '../../core/problem.ts';
import type { Labels } from '../labels/labels.ts';
import * as rules from './names.ts';

/**
 * Collects what is wrong with a construct's props, so that one run shows every mistake. The construct's path
 * stands in front of each problem.
 */
export class Check {
  /** The namespace of the object that is checked; undefined when nothing names one. */
  namespace: string | undefined;
  readonly #where: string;
  readonly #problems: Problem[] = [];

  constructor(where: string, namespace?: string) {
    this.#where = where;
    this.namespace = namespace;
  }

  /** @param field the field at fault; '' for the construct as a whole */
  add(field: string, what: string, remedy: string): void {
    this.#problems.push({ where: field === '' ? this.#where : `${this.#where}: ${field}`, what, remedy });
  }

  /** Records a problem unless the condition holds. */
  that(condition: boolean, field: string, what: string, remedy: string): void {
    if (!condition) this.add(field, what, remedy);
  }

  /** Another object that is only found in the same namespace. */
  sameNamespace(field: string, what: string, namespace: string | undefined): void {
    if (namespace === this.namespace) return;
    const remedy = 'put both into one namespace';
    this.add(
      field,
      `${what} is in namespace ${namespace ?? '(none)'}, not ${this.namespace ?? '(none)'}`,
      remedy,
    );
  }

  /** The name of most objects: a DNS subdomain (RFC 1123). */
  objectName(field: string, value: string): void {
    this.#rule(field, value, rules.DNS_SUBDOMAIN);
  }

  /** The name of namespaces, containers, volumes, Services: a DNS label (RFC 1123). */
  dnsLabel(field: string, value: string): void {
    this.#rule(field, value, rules.DNS_LABEL);
  }

  /** The name of a port. */
  portName(field: string, value: string): void {
    this.#rule(field, value, rules.PORT_NAME);
  }

  portNumber(field: string, value: number): void {
    this.integer(field, value, 1, 65535);
  }

  integer(field: string, value: number, least: number, most = Number.MAX_SAFE_INTEGER): void {
    const range = most === Number.MAX_SAFE_INTEGER ? `of ${least} or more` : `from ${least} to ${most}`;
    const ok = Number.isInteger(value) && value >= least && value <= most;
    this.that(ok, field, `${value} is not allowed`, `use an integer ${range}`);
  }

  labels(field: string, labels: Labels): void {
    for (const [key, value] of Object.entries(labels)) {
      this.#rule(field, key, rules.QUALIFIED_NAME);
      this.#rule(`${field}[${key}]`, value, rules.LABEL_VALUE);
    }
  }

  annotations(field: string, annotations: Readonly<Record<string, string>>): void {
    for (const [key, value] of Object.entries(annotations)) {
      this.#rule(field, key, rules.QUALIFIED_NAME);
      this.that(typeof value === 'string', `${field}[${key}]`, 'is no string', 'quote it');
    }
  }

  /** A label key, an annotation key. */
  labelKey(field: string, value: string): void {
    this.#rule(field, value, rules.QUALIFIED_NAME);
  }

  /** A key of a ConfigMap or Secret. */
  dataKey(field: string, value: string): void {
    this.#rule(field, value, rules.DATA_KEY);
  }

  /** The name of an environment variable. */
  envName(field: string, value: string): void {
    this.#rule(field, value, rules.ENV_NAME);
  }

  /** A host name, or one with a leading `*.`. */
  hostname(field: string, value: string): void {
    this.#rule(field, value, rules.HOSTNAME);
  }

  /** A host name without wildcard. */
  preciseHostname(field: string, value: string): void {
    this.#rule(field, value, rules.DNS_SUBDOMAIN);
  }

  /** An absolute path inside a container or of a URL. */
  absolutePath(field: string, value: string): void {
    this.#rule(field, value, rules.ABSOLUTE_PATH);
  }

  /** A CIDR of IPv4 or IPv6 whose host bits are zero. */
  cidr(field: string, value: string): void {
    this.#rule(field, value, rules.CIDR);
  }

  quantity(field: string, value: string): void {
    this.#rule(field, value, rules.QUANTITY);
  }

  /** Five cron fields, or a macro such as `@daily`. */
  cron(field: string, value: string): void {
    this.#rule(field, value, rules.CRON);
  }

  image(field: string, value: string): void {
    this.#rule(field, value, rules.IMAGE);
  }

  #rule(field: string, value: string, rule: rules.TextRule): void {
    const what = typeof value === 'string' ? rule.fault(value) : 'not a string';
    if (what !== undefined) this.add(field, `${JSON.stringify(value)} ${what}`, rule.remedy);
  }

  /** Number of problems recorded so far. */
  get count(): number {
    return this.#problems.length;
  }

  /** @throws InputError with every problem recorded */
  done(): void {
    if (this.#problems.length > 0) throw new InputError(this.#problems);
  }
}

/** @returns a check for the construct that is about to be made. */
export function checkAt(scope: Construct, id: string): Check {
  return new Check(scope.node.path === '' ? id : `${scope.node.path}/${id}`, Chart.of(scope).namespace);
}

/** Runs one check of a value that is no construct. @throws InputError */
export function verify(where: string, body: (check: Check) => void): void {
  const check = new Check(where);
  body(check);
  check.done();
}
