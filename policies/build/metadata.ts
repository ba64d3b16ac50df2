import Type from 'typebox';
import { Errors } from 'typebox/value';
import type { Problem } from '../../core/problem.ts';
import { SEVERITIES } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { runOpa } from './opa.ts';
import { GATE_FOLDER } from './sources.ts';

const text = (): Type.TString => Type.String({ minLength: 1, pattern: '\\S' });

/** What the metadata block of a rule must say. */
const METADATA = Type.Object(
  {
    scope: Type.Literal('package'),
    title: text(),
    description: text(),
    custom: Type.Object(
      {
        id: text(),
        severity: Type.Enum([...SEVERITIES]),
        pack: text(),
        scope: Type.Enum(['object', 'graph']),
        kinds: Type.Array(Type.String({ pattern: '^(\\*|[A-Z][A-Za-z0-9]*(\\.[a-z0-9.-]+)?)$' }), {
          minItems: 1,
          uniqueItems: true,
        }),
        remediation: text(),
        references: Type.Array(Type.String({ pattern: '^(https://\\S+|[a-z0-9-]+:\\S+)$' }), { minItems: 1 }),
        exceptionable: Type.Boolean(),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: true },
);
type Metadata = Type.Static<typeof METADATA>;

/** A rule and the file it is written in. */
export interface RuleSource {
  readonly file: string;
  readonly rule: Rule;
}

interface Inspection {
  readonly annotations?: readonly {
    readonly annotations: { readonly scope: string };
    readonly location: { readonly file: string; readonly row: number };
    readonly path: readonly { readonly value: unknown }[];
  }[];
}

/** Reads the metadata of a pack's rules and holds it against what a rule must say. */
export async function readMetadata(
  opa: string,
  root: string,
  pack: string,
  files: readonly string[],
): Promise<{ rules: RuleSource[]; problems: Problem[] }> {
  const { ok, stdout, stderr } = await runOpa(
    opa,
    ['inspect', '-a', '--format', 'json', `${GATE_FOLDER}/${pack}`],
    root,
  );
  if (!ok)
    return {
      rules: [],
      problems: [
        { where: `${GATE_FOLDER}/${pack}`, what: `opa inspect failed: ${stderr.trim() || stdout.trim()}` },
      ],
    };
  const { annotations = [] } = JSON.parse(stdout) as Inspection;
  const rules: RuleSource[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    const found = annotations.filter(
      ({ annotations, location }) => location.file === file && annotations.scope === 'package',
    );
    const annotation = found[0];
    if (annotation === undefined || found.length > 1) {
      problems.push({
        where: file,
        what: 'has no metadata at its package',
        remedy: 'put one `# METADATA` block right above `package`',
      });
      continue;
    }
    const where = `${file}:${annotation.location.row}`;
    const wrong = check(
      annotation.annotations,
      where,
      pack,
      file,
      annotation.path.map(({ value }) => String(value)),
    );
    if (wrong.length > 0) problems.push(...wrong);
    else rules.push({ file, rule: ruleOf(annotation.annotations as Metadata) });
  }
  return { rules, problems };
}

function check(
  metadata: unknown,
  where: string,
  pack: string,
  file: string,
  path: readonly string[],
): Problem[] {
  const problems = Errors(METADATA, metadata)
    // typebox reports an unknown key twice: at the key as a false schema, and at its parent
    .filter(({ keyword }) => keyword !== 'boolean')
    .map(
      (error): Problem => ({
        where,
        what: `metadata${error.instancePath.replaceAll('/', '.')} ${error.message}${detail(error.params)}`,
      }),
    );
  if (problems.length > 0) return problems;
  const { custom } = metadata as Metadata;
  const slug = file.slice(file.lastIndexOf('/') + 1, -'.rego'.length);
  const expected = ['data', 'sluice', pack.replaceAll('-', '_'), slug.replaceAll('-', '_')].join('.');
  if (path.join('.') !== expected)
    problems.push({
      where,
      what: `package ${path.slice(1).join('.')} does not follow from the file`,
      remedy: `name it ${expected.slice('data.'.length)}`,
    });
  if (custom.pack !== pack)
    problems.push({
      where,
      what: `metadata.custom.pack is ${custom.pack}`,
      remedy: `it stands in the folder of ${pack}`,
    });
  if (custom.id !== `${pack}-${slug}`)
    problems.push({
      where,
      what: `metadata.custom.id is ${custom.id}`,
      remedy: `pack and file name make it ${pack}-${slug}`,
    });
  return problems;
}

function detail(params: object): string {
  if ('allowedValues' in params) return ` (${String(params.allowedValues)})`;
  if ('additionalProperties' in params) return ` (${String(params.additionalProperties)})`;
  return '';
}

function ruleOf({ title, description, custom }: Metadata): Rule {
  const { id, pack, severity, scope, kinds, remediation, references, exceptionable } = custom;
  return {
    id,
    pack,
    title,
    description: description.trim(),
    severity,
    scope,
    kinds,
    remediation: remediation.trim(),
    references,
    exceptionable,
  };
}
