import { existsSync, globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Environment } from '../charts/environment.ts';
import { InputError, type Problem } from '../core/problem.ts';

const EXCEPTIONS = 'exceptions.yaml';

/** Files beside environment files that are none. */
const OTHERS = [EXCEPTIONS, 'expectations.yaml'];

/** @returns every environment file of the project in the working directory, in code-unit order. */
export function findEnvironmentFiles(): string[] {
  const files = globSync('environments/*/*.yaml')
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !OTHERS.some((name) => file.endsWith(`/${name}`)));
  if (files.length > 0) return files.sort();
  throw new InputError([
    {
      where: 'environments',
      what: 'no environment files in environments/<platform>/',
      remedy: 'sluice init PLATFORM writes one to start from',
    },
  ]);
}

/**
 * Reads environment files, all of them before anything is made of the first.
 *
 * @throws InputError with the problems of every file, and where two files are of one environment
 */
export async function readEnvironments(files: readonly string[]): Promise<Environment[]> {
  const { readEnvironment } = await import('../charts/environment.ts');
  const problems: Problem[] = [];
  const environments = new Map<string, Environment>();
  for (const file of new Set(files)) {
    try {
      const environment = await readEnvironment(file);
      const name = `${environment.platform}/${environment.environment}`;
      const twin = environments.get(name);
      if (twin !== undefined) problems.push(twinProblem(environment, twin));
      environments.set(name, environment);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new InputError(problems);
  return [...environments.values()];
}

/** @returns the exceptions file beside an environment file, if there is one. */
export function exceptionsBeside(file: string): string | undefined {
  const exceptions = join(dirname(file), EXCEPTIONS).replaceAll('\\', '/');
  return existsSync(exceptions) ? exceptions : undefined;
}

function twinProblem({ file, platform, environment }: Environment, twin: Environment): Problem {
  return {
    where: file,
    what: `is of the environment ${platform}/${environment}, as ${twin.file} is`,
    remedy: 'give one of them another "environment"',
  };
}
