import { afterAll, describe, expect, it } from 'vitest';
import { check } from '../../policies/check.ts';
import type { Finding } from '../../policies/finding.ts';
import { loadPacks, readPacks } from '../../policies/packs.ts';
import { ENVIRONMENTS, type EnvironmentName, MUTATIONS } from './mutations/index.ts';
import { type Synthesized, synthesized } from './synthesized.ts';

const packs = await loadPacks(await readPacks());
const rules = packs.flatMap((loaded) => loaded.pack.rules.map(({ id }) => ({ id, loaded })));
const unbroken = new Map(
  await Promise.all(ENVIRONMENTS.map(async (name) => [name, await judge(name)] as const)),
);
const table: string[] = [];

// with the rule's own words, so that a person sees that it found the fault and not something else
afterAll(() => console.log(['rule | mutation | found at | finding', ...table].join('\n')));

describe('every rule finds the fault that it is about in the manifests of Agentweaver', () => {
  it('has a mutation for each rule, and no other', () => {
    expect(Object.keys(MUTATIONS).sort()).toEqual(rules.map(({ id }) => id).sort());
  });

  it.each(rules)('$id', async ({ id, loaded }) => {
    const mutation = MUTATIONS[id];
    if (mutation === undefined) throw new Error(`no mutation breaks what ${id} checks`);
    const { environment, findings: before } = unbroken.get(mutation.environment) ?? {};
    if (environment === undefined) throw new Error(`no environment ${mutation.environment}`);
    const broken = environment.inventoryOf(mutation.apply(environment.manifests));
    const { findings, errors } = await check([loaded], broken, {
      ...environment.knowledge,
      only: new Set([id]),
    });
    expect(errors).toEqual([]);
    const added = findings.filter((finding) => !before?.has(textOf(finding)));
    const found = added.find(({ object }) => `${object.kind} ${object.name}` === mutation.blames);
    const where = found === undefined ? 'nowhere' : `${mutation.blames} ${found.path}`;
    table.push([id, mutation.what, where, found?.message].join(' | '));
    const instead = added.map(textOf).join('; ') || 'nothing';
    expect(found, `${mutation.what}: nothing on ${mutation.blames}, but ${instead}`).toBeDefined();
  });
});

/** What the rules say as long as nothing is broken. */
async function judge(
  name: EnvironmentName,
): Promise<{ readonly environment: Synthesized; readonly findings: ReadonlySet<string> }> {
  const environment = await synthesized(name);
  const { findings, errors } = await check(
    packs,
    environment.inventoryOf(environment.manifests),
    environment.knowledge,
  );
  expect(errors).toEqual([]);
  return { environment, findings: new Set(findings.map(textOf)) };
}

function textOf({ rule, object, path, message }: Finding): string {
  return `${rule} ${object.kind} ${object.name} ${path} ${message}`;
}
