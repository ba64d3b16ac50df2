import type { TSchema } from 'typebox';
import * as agentSandbox from './agent-sandbox.ts';
import { defaultDomainCertificateV1alpha1 } from './app-routing.ts';
import type { KindSchema } from './schema.ts';
import { secretProviderClassV1 } from './secrets-store.ts';

/** Every kind whose schema is written here because no package has it. */
export const KIND_SCHEMAS: readonly KindSchema[] = [
  ...Object.values(agentSandbox),
  secretProviderClassV1,
  defaultDomainCertificateV1alpha1,
].map((schema) => ({
  apiVersion: schema.properties.apiVersion.const,
  kind: schema.properties.kind.const,
  schema,
}));

const byKind = new Map(KIND_SCHEMAS.map(({ apiVersion, kind, schema }) => [`${apiVersion}/${kind}`, schema]));

/**
 * The hand-written JSON Schema of a kind. A field that holds a Kubernetes API type is left open and carries
 * that type's OpenAPI definition name under `x-sluice-ref`.
 *
 * @returns undefined for a kind that has none
 */
export function schemaOf(apiVersion: string, kind: string): TSchema | undefined {
  return byKind.get(`${apiVersion}/${kind}`);
}
