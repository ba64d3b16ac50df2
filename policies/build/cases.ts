import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CORE_SCHEMA, load, YAMLException } from 'js-yaml';
import Type from 'typebox';
import { Errors } from 'typebox/value';
import type { JsonObject } from '../../core/manifest.ts';
import { InputError, type Problem } from '../../core/problem.ts';
import { casesFile } from './sources.ts';

const OBJECT = Type.Unsafe<JsonObject>(Type.Object({}, { additionalProperties: true }));
const GIVEN = {
  name: Type.String({ minLength: 1 }),
  objects: Type.Array(OBJECT),
  externals: Type.Optional(Type.Array(OBJECT)),
  environment: Type.Optional(OBJECT),
};
const EXPECTED = Type.Object(
  {
    /** `Kind name` or `Kind namespace/name`. */
    object: Type.String({ pattern: '^\\S+ \\S+$' }),
    path: Type.String({ pattern: '^(/.*)?$' }),
    /** Part of the message. */
    message: Type.Optional(Type.String({ minLength: 1 })),
  },
  { additionalProperties: false },
);
const PASSING = Type.Object(GIVEN, { additionalProperties: false });
const FAILING = Type.Object(
  { ...GIVEN, findings: Type.Array(EXPECTED, { minItems: 1 }) },
  { additionalProperties: false },
);
const CASES = Type.Object(
  { pass: Type.Array(PASSING, { minItems: 1 }), fail: Type.Array(FAILING, { minItems: 1 }) },
  { additionalProperties: false },
);

export type PassingCase = Type.Static<typeof PASSING>;
/** The test cases of one rule. */
export type Cases = Type.Static<typeof CASES>;

/**
 * Reads the test cases beside a rule.
 *
 * @param ruleFile path from the root
 * @throws InputError when there are none, or they are not as they must be
 */
export async function readCases(root: string, ruleFile: string): Promise<Cases> {
  const file = casesFile(ruleFile);
  const cases = parse(file, await read(root, file));
  const problems = Errors(CASES, cases)
    .filter(({ keyword }) => keyword !== 'boolean')
    .map(
      ({ instancePath, message }): Problem => ({
        where: file,
        what: `${instancePath === '' ? 'the file' : instancePath} ${message}`,
      }),
    );
  if (problems.length > 0) throw new InputError(problems);
  return cases as Cases;
}

async function read(root: string, file: string): Promise<string> {
  try {
    return await readFile(join(root, file), 'utf8');
  } catch {
    throw new InputError([
      {
        where: file,
        what: 'is missing',
        remedy: 'a rule builds only with at least one passing and one failing case',
      },
    ]);
  }
}

function parse(file: string, text: string): unknown {
  try {
    return load(text, { schema: CORE_SCHEMA });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    throw new InputError([{ where: `${file}:${(error.mark?.line ?? 0) + 1}`, what: error.reason }]);
  }
}
