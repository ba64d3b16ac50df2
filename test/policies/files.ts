import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder with files, removed after the test. */
export async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-gate-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

/** A pod as YAML; its image decides about `workload-image-pinned`. */
export function podYaml(name: string, image = 'registry.example/app:latest', namespace = 'shop'): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  containers:
    - name: app
      image: ${image}
`;
}

/** An index of one pod in `api/pod-web.yaml`, as synth writes it. */
export function indexJson(change: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    version: 1,
    platform: 'shop',
    environment: 'live',
    packs: ['workload'],
    parameters: {},
    externals: [],
    objects: [
      { order: 0, file: 'api/pod-web.yaml', construct: 'shop/api/Resource', source: 'charts/shop.ts:7' },
    ],
    ...change,
  });
}
