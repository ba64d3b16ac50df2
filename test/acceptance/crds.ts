import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { load } from 'js-yaml';
import type { JsonObject, Manifest } from '../../core/manifest.ts';
import { type Client, refusal } from '../../tools/servers/client.ts';

/**
 * Folder of the real CustomResourceDefinitions, one folder a group: those of the projects themselves, which this
 * repository does not copy.
 */
export const CRD_FOLDER = resolve(
  process.env['SLUICE_CRDS'] ?? join(import.meta.dirname, '../../../shared/crds'),
);

/** Whether the acceptance tests that need real CRDs can run; they are skipped, and counted as such, otherwise. */
export const haveCrds = existsSync(CRD_FOLDER);

/** A CustomResourceDefinition as far as tests read it. */
export interface CustomResourceDefinition extends Manifest {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly schema: { readonly openAPIV3Schema: JsonObject };
    }[];
  } & JsonObject;
}

/** @returns the real CRDs, in the order of their files. */
export function realCrds(): CustomResourceDefinition[] {
  return readdirSync(CRD_FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .toSorted()
    .map((file) => load(readFileSync(join(CRD_FOLDER, file), 'utf8')) as CustomResourceDefinition);
}

/**
 * The one kind whose CRD nobody publishes: AKS installs it with its application routing add-on. Written here from the
 * add-on's documented use, so it proves less than a real one.
 */
export const DEFAULT_DOMAIN_CERTIFICATE_CRD: Manifest = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'defaultdomaincertificates.approuting.kubernetes.azure.com' },
  spec: {
    group: 'approuting.kubernetes.azure.com',
    names: { kind: 'DefaultDomainCertificate', plural: 'defaultdomaincertificates' },
    scope: 'Namespaced',
    versions: [
      {
        name: 'v1alpha1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            required: ['spec'],
            properties: {
              spec: {
                type: 'object',
                required: ['target'],
                properties: {
                  target: {
                    type: 'object',
                    required: ['secret'],
                    properties: { secret: { type: 'string', minLength: 1 } },
                  },
                },
              },
            },
          },
        },
      },
    ],
  },
};

/** Loads CRDs and waits until the server serves them. */
export async function establish(client: Client, crds: readonly Manifest[]): Promise<void> {
  const answers = await Promise.all(crds.map((crd) => client.apply(crd)));
  const refused = answers.filter(({ status }) => status >= 300).map(refusal);
  if (refused.length > 0) throw new Error(`CRDs were refused:\n${refused.join('\n')}`);
  while (!(await established(client))) await sleep(100);
  client.forgetKinds();
}

async function established(client: Client): Promise<boolean> {
  const { body } = await client.send('GET', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions');
  const crds = body['items'] as readonly {
    readonly status?: { readonly conditions?: readonly JsonObject[] };
  }[];
  return crds.every(({ status }) =>
    (status?.conditions ?? []).some(({ type, status }) => type === 'Established' && status === 'True'),
  );
}
