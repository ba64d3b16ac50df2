import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { environmentSchemaText } from '../charts/environment-schema.ts';
import { PLATFORMS } from '../charts/platforms.ts';
import { withParametersTable } from './parameters-table.ts';

/**
 * Writes what follows from a platform's parameters: environments/<platform>/schema.json and the table in
 * docs/platforms/<platform>.md. Run it after changing them; tests fail until then.
 */
for (const platform of Object.values(PLATFORMS)) {
  const folder = new URL(`../environments/${platform.name}/`, import.meta.url);
  await mkdir(folder, { recursive: true });
  await writeFile(new URL('schema.json', folder), environmentSchemaText(platform));
  const page = new URL(`../docs/platforms/${platform.name}.md`, import.meta.url);
  await writeFile(page, withParametersTable(await readFile(page, 'utf8'), platform));
}
