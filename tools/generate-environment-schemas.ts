import { mkdir, writeFile } from 'node:fs/promises';
import { environmentSchemaText } from '../charts/environment-schema.ts';
import { PLATFORMS } from '../charts/platforms.ts';

/** Writes environments/<platform>/schema.json of every platform; run it after changing a platform's parameters. */
for (const platform of Object.values(PLATFORMS)) {
  const folder = new URL(`../environments/${platform.name}/`, import.meta.url);
  await mkdir(folder, { recursive: true });
  await writeFile(new URL('schema.json', folder), environmentSchemaText(platform));
}
