import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { environmentSchemaText } from '../../charts/environment-schema.ts';
import { PLATFORMS, readEnvironment } from '../../charts/index.ts';
import { withParametersTable } from '../../tools/parameters-table.ts';

const ROOT = new URL('../../', import.meta.url);

describe.each(Object.values(PLATFORMS))('the environments of $name', (platform) => {
  const folder = new URL(`environments/${platform.name}/`, ROOT);

  test('are described by a schema that follows from the code (node tools/generate-platform-files.ts)', async () => {
    expect(await readFile(new URL('schema.json', folder), 'utf8')).toBe(environmentSchemaText(platform));
  });

  test('are explained by a page whose parameters follow from the code (node tools/generate-platform-files.ts)', async () => {
    const page = await readFile(new URL(`docs/platforms/${platform.name}.md`, ROOT), 'utf8');
    expect(page).toBe(withParametersTable(page, platform));
  });

  test('can be read, and are named as their files', async () => {
    const files = (await readdir(folder)).filter(
      (name) => name.endsWith('.yaml') && !['exceptions.yaml', 'expectations.yaml'].includes(name),
    );
    expect(files.sort()).toContain('default.yaml');
    for (const name of files) {
      const { environment, file } = await readEnvironment(new URL(name, folder).pathname);
      expect(`${environment}.yaml`).toBe(name);
      expect((await readFile(file, 'utf8')).startsWith('# yaml-language-server: $schema=schema.json\n')).toBe(
        true,
      );
    }
  });

  test('ask nobody to write what has a default', () => {
    const { required, properties } = JSON.parse(environmentSchemaText(platform));
    for (const key of required) expect(properties[key]).not.toHaveProperty('default');
  });
});

test('a platform stands under its own name', () => {
  for (const [name, platform] of Object.entries(PLATFORMS)) expect(platform.name).toBe(name);
});
