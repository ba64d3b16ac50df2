import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { RULES, type Rule } from './rules.ts';

const HELPERS = `
pod := OBJECT.spec.template.spec if OBJECT.kind == "Deployment"

containers contains container if some container in pod.containers

containers contains container if some container in pod.initContainers
`;

/** @returns one Rego package with a rule each, as conftest reads it. */
export function writeConftest(folder: string): void {
  const rules = RULES.map(
    ({ slug, rego }) => `deny contains {"msg": "${slug}"} if {\n${indented(rego)}\n}\n`,
  );
  const text = ['package main\n', HELPERS.replaceAll('OBJECT', 'input'), ...rules].join('\n');
  write(folder, 'policy.rego', text);
}

/** One ConstraintTemplate and its constraint a rule, as Gatekeeper has them. */
export function writeGator(folder: string): void {
  write(
    folder,
    'policy.yaml',
    RULES.flatMap((rule) => [template(rule), constraint(rule)])
      .map(yaml)
      .join('---\n'),
  );
}

/** One ClusterPolicy of twenty rules. */
export function writeKyverno(folder: string): void {
  const rules = RULES.map(({ slug, kyverno }) => {
    const patterns = kyverno.map((spec) => ({ spec: { template: { spec } } }));
    return {
      name: slug,
      match: { any: [{ resources: { kinds: ['Deployment'] } }] },
      validate: {
        message: slug,
        ...(patterns.length === 1 ? { pattern: patterns[0] } : { anyPattern: patterns }),
      },
    };
  });
  const spec = { background: true, validationFailureAction: 'Audit', rules };
  write(
    folder,
    'policy.yaml',
    yaml({ apiVersion: 'kyverno.io/v1', kind: 'ClusterPolicy', metadata: { name: 'bench' }, spec }),
  );
}

/** @returns the kind of a rule's constraint, by which gator reports it. */
export function constraintKind(slug: string): string {
  return `Bench${slug.replaceAll('-', '')}`;
}

function template({ slug, rego }: Rule): object {
  const source = [
    `package bench\n`,
    HELPERS.replaceAll('OBJECT', 'input.review.object'),
    `violation contains {"msg": "${slug}"} if {\n${indented(rego)}\n}\n`,
  ].join('\n');
  const kind = constraintKind(slug);
  return {
    apiVersion: 'templates.gatekeeper.sh/v1',
    kind: 'ConstraintTemplate',
    metadata: { name: kind.toLowerCase() },
    spec: {
      crd: { spec: { names: { kind } } },
      targets: [
        {
          target: 'admission.k8s.gatekeeper.sh',
          code: [{ engine: 'Rego', source: { version: 'v1', rego: source } }],
        },
      ],
    },
  };
}

function constraint({ slug }: Rule): object {
  return {
    apiVersion: 'constraints.gatekeeper.sh/v1beta1',
    kind: constraintKind(slug),
    metadata: { name: slug },
    spec: { match: { kinds: [{ apiGroups: ['apps'], kinds: ['Deployment'] }] } },
  };
}

function indented(rego: string): string {
  return rego.replace(/^/gm, '\t');
}

function yaml(value: object): string {
  return dump(value, { noRefs: true, lineWidth: -1 });
}

function write(folder: string, name: string, text: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), text);
}
