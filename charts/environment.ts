import { Ajv, type ValidateFunction } from 'ajv';
import { InputError, type Problem } from '../core/problem.ts';
import { readTextFile } from '../core/text-file.ts';
import { readYaml, type YamlSource } from '../core/yaml-source.ts';
import { environmentSchema, parametersOf } from './environment-schema.ts';
import type { Platform } from './platform.ts';
import { PLATFORMS } from './platforms.ts';
import { schemaProblem, suggestion } from './schema-problems.ts';
import { secretShape } from './secret-values.ts';

/** An environment file that has been read and checked. */
export interface Environment {
  /** As given by the caller. */
  readonly file: string;
  /** Name of the platform, a key of {@link PLATFORMS}. */
  readonly platform: string;
  /** Name of the environment. */
  readonly environment: string;
  /** The platform's install parameters, with defaults filled in. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** An environment file is written by hand; anything larger is a mistake. */
const MAX_BYTES = 256 * 1024;

/**
 * Reads an environment file.
 *
 * @throws InputError naming file, line, column, key and remedy of everything that is wrong with it
 */
export async function readEnvironment(file: string): Promise<Environment> {
  const text = await readTextFile(file, {
    maxBytes: MAX_BYTES,
    what: 'an environment file',
    remedy: 'sluice init PLATFORM writes an environment file to start from',
  });
  return parseEnvironment(text, file);
}

/**
 * Reads the text of an environment file.
 *
 * @param file named in errors
 * @throws InputError as {@link readEnvironment} does
 */
export function parseEnvironment(text: string, file: string): Environment {
  const source = readYaml(text, file);
  const secrets = secretProblems(source);
  const document = source.value;
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw new InputError([{ where: `${file}:1:1`, what: 'not a mapping', remedy: 'write keys and values' }]);
  }
  const secret = secrets.get('/platform');
  if (secret !== undefined) throw new InputError([secret]);
  const platform = platformOf(document, source);
  const problems: Problem[] = [...source.problems, ...secrets.values()];
  // a value that looks like a secret must not be printed by a second complaint about it
  problems.push(...schemaProblems(platform, document, source, new Set(secrets.keys())));
  const parameters = parametersOf(document as Record<string, unknown>);
  if (problems.length === 0) {
    for (const { path, what, remedy } of platform.conflicts(parameters)) {
      problems.push({ where: source.where(path, 'key'), what, remedy });
    }
  }
  if (problems.length > 0) throw new InputError(inOrder(problems));
  const environment = 'environment' in document ? String(document.environment) : '';
  return { file, platform: platform.name, environment, parameters };
}

function platformOf(document: object, source: YamlSource): Platform {
  const names = Object.keys(PLATFORMS);
  const name = 'platform' in document ? document.platform : undefined;
  const platform = typeof name === 'string' && Object.hasOwn(PLATFORMS, name) ? PLATFORMS[name] : undefined;
  if (platform !== undefined) return platform;
  const where = source.where('/platform');
  throw new InputError([
    name === undefined
      ? { where, what: 'missing platform', remedy: `add "platform: NAME" with one of: ${names.join(', ')}` }
      : {
          where,
          what: `unknown platform ${JSON.stringify(name)}`,
          remedy: suggestion(String(name), names, 'platforms'),
        },
  ]);
}

/** Compiled schemas, since compiling takes longer than everything else a file needs. */
const validators = new WeakMap<Platform, ValidateFunction>();

function validatorOf(platform: Platform): ValidateFunction {
  const known = validators.get(platform);
  if (known !== undefined) return known;
  const ajv = new Ajv({ allErrors: true, useDefaults: true, verbose: true });
  const validate = ajv.compile(environmentSchema(platform));
  validators.set(platform, validate);
  return validate;
}

function schemaProblems(
  platform: Platform,
  document: object,
  source: YamlSource,
  secret: ReadonlySet<string>,
): Problem[] {
  const validate = validatorOf(platform);
  if (validate(document)) return [];
  return (validate.errors ?? [])
    .filter((error) => !secret.has(error.instancePath))
    .map((error) => schemaProblem(error, source));
}

/** Problems by JSON pointer of the value. */
function secretProblems(source: YamlSource): Map<string, Problem> {
  const problems = new Map<string, Problem>();
  for (const { pointer, text } of source.scalars) {
    const shape = secretShape(text);
    if (shape === undefined) continue;
    const key = pointer.slice(1).replaceAll('/', '.');
    problems.set(pointer, {
      where: source.where(pointer),
      what: `${key} looks like ${shape}`,
      remedy: 'secrets are named here, never given: remove the value, and revoke it if it was real',
    });
  }
  return problems;
}

function inOrder(problems: readonly Problem[]): Problem[] {
  const place = ({ where }: Problem): number[] => where.split(':').slice(-2).map(Number);
  return problems.toSorted((a, b) => {
    const [lineA = 0, columnA = 0] = place(a);
    const [lineB = 0, columnB = 0] = place(b);
    return lineA - lineB || columnA - columnB;
  });
}
