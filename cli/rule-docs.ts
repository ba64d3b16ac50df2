import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EXCEPTION_RULES } from '../policies/exception-rules.ts';
import { readPacks } from '../policies/packs.ts';
import { type Page, rulePages } from '../report/rule-page.ts';

/** Where the rule documentation stands, from the project root. */
const RULE_DOCS = 'docs/rules';

/**
 * Writes the rule documentation of all compiled packs, and removes the pages of rules that are gone.
 *
 * @param check write nothing
 * @returns files that changed, or would change, from the root
 */
export async function writeRuleDocs(root: string, check: boolean): Promise<string[]> {
  const folder = join(root, RULE_DOCS);
  await mkdir(folder, { recursive: true });
  const packs = await readPacks(undefined, root);
  const pages = rulePages([...packs.flatMap(({ rules }) => rules), ...EXCEPTION_RULES]);
  const changed: string[] = [];
  for (const { file, text } of pages) {
    if (await holds(join(folder, file), text)) continue;
    changed.push(`${RULE_DOCS}/${file}`);
    if (!check) await writeFile(join(folder, file), text);
  }
  return [...changed, ...(await leftovers(folder, pages, check))];
}

async function holds(file: string, text: string): Promise<boolean> {
  return readFile(file, 'utf8').then(
    (written) => written === text,
    () => false,
  );
}

async function leftovers(folder: string, pages: readonly Page[], check: boolean): Promise<string[]> {
  const known = new Set(pages.map(({ file }) => file));
  const stale = (await readdir(folder)).filter((file) => !known.has(file)).sort();
  if (!check) await Promise.all(stale.map((file) => rm(join(folder, file))));
  return stale.map((file) => `${RULE_DOCS}/${file}`);
}
