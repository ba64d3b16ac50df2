import { describe, expect, it } from 'vitest';
import type { Parameters } from '../../charts/agentweaver/parameters.ts';
import {
  agentClaim,
  commandClaim,
  previewRoute,
  previewService,
} from '../../charts/agentweaver/runtime/index.ts';
import { parseEnvironment } from '../../charts/index.ts';
import type { JsonObject } from '../../core/manifest.ts';
import { type CheckOptions, check } from '../../policies/check.ts';
import { loadPacks, readPacks } from '../../policies/packs.ts';
import { type Manifests, targetOf } from './mutations/index.ts';
import { type Synthesized, synthesized, synthesizedFrom } from './synthesized.ts';

const packs = await loadPacks(await readPacks(['agentweaver']));

describe('the pack agentweaver finds nothing', () => {
  it.each(['default', 'preview', 'sqlite', 'full'])('in environment %s', async (name) => {
    const environment = await synthesized(name);
    expect(await findings(environment, environment.manifests, environment.knowledge)).toEqual([]);
  });

  it('in the same manifests as plain YAML, of which nothing else is known', async () => {
    const environment = await synthesized('default');
    expect(await findings(environment, environment.manifests, {})).toEqual([]);
  });

  it('in an installation that sets every parameter to something else', async () => {
    const environment = synthesizedFrom(parseEnvironment(ANOTHER, 'another.yaml'));
    expect(await findings(environment, environment.manifests, environment.knowledge)).toEqual([]);
  });

  it('in the objects that the API makes at run time', async () => {
    const environment = await synthesized('preview');
    const parameters = environment.knowledge.environment?.parameters as unknown as Parameters;
    const runId = '01234567-89ab-4cde-8f01-23456789abcd';
    const preview = {
      token: 'calm-blue-river-abcdefghijklmnopqrstuvwxyz',
      runId,
      targetPort: 3000,
      pod: 'agentweaver-sandbox-x',
      owner: 'somebody',
      startedAt: new Date(0),
    };
    const made = [
      commandClaim(runId),
      agentClaim(runId),
      previewService(preview, parameters),
      previewRoute(preview, parameters),
    ] as unknown as JsonObject[];
    const all = new Map([
      ...environment.manifests,
      ...made.map((object) => [targetOf(object), object] as const),
    ]);
    expect(await findings(environment, all, environment.knowledge)).toEqual([]);
  });
});

const ANOTHER = `
platform: agentweaver
environment: another
zone: example.com
host: agents.example.com
registry: registry.example.com
imageTag: v2.3.4
agentHostImageTag: v2.3.5
identity:
  clientId: 11111111-1111-1111-1111-111111111111
  tenantId: 22222222-2222-2222-2222-222222222222
keyVault: another-vault
githubOrganization: example
database:
  subnet: 10.99.0.0/28
workspace:
  storageClass: shared-files
  size: 2Ti
preview:
  enabled: true
  firstPort: 4000
  lastPort: 9999
gateway:
  className: istio
  ingressNamespace: shared-ingress
telemetry:
  collector: collector
  namespace: telemetry
  port: 14317
sandbox:
  githubRange: 192.0.2.0/24
  a2aPort: 9099
apiSessionAffinity: false
`;

async function findings(
  environment: Synthesized,
  manifests: Manifests,
  knowledge: CheckOptions,
): Promise<readonly string[]> {
  const { findings, errors } = await check(packs, environment.inventoryOf(manifests), knowledge);
  expect(errors).toEqual([]);
  return findings.map(
    ({ rule, object, path, message }) => `${rule} ${object.kind} ${object.name} ${path}: ${message}`,
  );
}
