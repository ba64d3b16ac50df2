import { constants } from 'node:fs';
import { copyFile, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { Command } from 'commander';
import { environmentSchemaText } from '../../charts/environment-schema.ts';
import type { Platform } from '../../charts/platform.ts';
import { PLATFORMS } from '../../charts/platforms.ts';
import { suggestion } from '../../charts/schema-problems.ts';
import { makeFolder } from '../../core/make-folder.ts';
import { InputError } from '../../core/problem.ts';
import { PROJECT_ROOT } from '../../policies/root.ts';

/** `sluice init`: an environment file to start from. */
export function initCommand(): Command {
  const platforms = Object.values(PLATFORMS);
  return new Command('init')
    .description(
      'Write a commented environment file for a platform, the JSON Schema that editors complete it with, and the exceptions that its design needs.',
    )
    .argument('<platform>', platforms.map(({ name }) => name).join(' | '))
    .option(
      '--out <file>',
      'file to write; its name is the environment (default: environments/<platform>/default.yaml)',
    )
    .option('--force', 'replace the file if it is there')
    .addHelpText(
      'after',
      `\nPlatforms:\n${platforms.map(({ name, summary }) => `  ${name}  ${summary}`).join('\n')}\n\nExample:\n  sluice init agentweaver --out environments/agentweaver/production.yaml\n`,
    )
    .action(init);
}

async function init(name: string, options: { out?: string; force?: true }): Promise<void> {
  const platform = platformNamed(name);
  const file = options.out ?? join('environments', platform.name, 'default.yaml');
  const environment = basename(file, extname(file));
  if (!/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(environment)) {
    const what = `${JSON.stringify(environment)} cannot be the name of an environment`;
    throw new InputError([
      { where: file, what, remedy: 'name the file in lower-case letters, digits and hyphens' },
    ]);
  }
  const folder = dirname(file);
  try {
    makeFolder(folder);
    await writeFile(file, platform.template(environment), { flag: options.force ? 'w' : 'wx' });
    await addExceptions(platform, folder);
    // the schema follows from the tool's version alone, so replacing it loses nothing
    await writeFile(join(folder, 'schema.json'), environmentSchemaText(platform));
  } catch (error) {
    throw unwritable(file, error);
  }
  process.stdout.write(`wrote ${file}\nnext: fill in its placeholders, then run: sluice synth ${file}\n`);
}

function unwritable(file: string, error: unknown): unknown {
  if (!(error instanceof Error && 'code' in error)) return error;
  if (error.code === 'EEXIST' && 'path' in error && error.path === file) {
    const remedy = 'choose another --out, or replace it with --force';
    return new InputError([{ where: file, what: 'is there already', remedy }]);
  }
  const place = 'path' in error ? String(error.path) : file;
  return new InputError([
    {
      where: place,
      what: `cannot be written (${String(error.code)})`,
      remedy: 'give a file in a folder that you may write to with --out',
    },
  ]);
}

/** What the platform's design asks for against a rule, without which its manifests would not pass the gate. */
async function addExceptions({ name }: Platform, folder: string): Promise<void> {
  const ours = join(PROJECT_ROOT, 'environments', name, 'exceptions.yaml');
  await copyFile(ours, join(folder, 'exceptions.yaml'), constants.COPYFILE_EXCL).catch(
    (error: NodeJS.ErrnoException) => {
      // those who have exceptions have made them theirs
      if (error.code !== 'EEXIST') throw error;
    },
  );
}

function platformNamed(name: string): Platform {
  const platform = Object.hasOwn(PLATFORMS, name) ? PLATFORMS[name] : undefined;
  if (platform !== undefined) return platform;
  const remedy = suggestion(name, Object.keys(PLATFORMS), 'platforms');
  throw new InputError([{ where: 'sluice init', what: `unknown platform ${JSON.stringify(name)}`, remedy }]);
}
