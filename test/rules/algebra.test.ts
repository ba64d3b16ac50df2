import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../core/manifest.ts';
import { labelSelector, selects } from '../../inventory/index.ts';
import { check } from '../../policies/check.ts';
import { loadPacks, readPacks } from '../../policies/packs.ts';
import { inventoryOf } from '../../testing/manifests.ts';

const packs = (await loadPacks(await readPacks())).filter(({ pack }) => pack.name === 'workload');

/** Names of the objects that a rule complains about. */
async function blamed(rule: string, manifests: readonly JsonObject[]): Promise<ReadonlySet<string>> {
  const { findings, errors } = await check(packs, inventoryOf(manifests), { only: new Set([rule]) });
  expect(errors).toEqual([]);
  return new Set(findings.map(({ object }) => object.name));
}

describe('quantities', () => {
  /** What a suffix stands for, in billionths of a unit. */
  const FACTORS: Readonly<Record<string, bigint>> = {
    n: 1n,
    u: 10n ** 3n,
    m: 10n ** 6n,
    '': 10n ** 9n,
    k: 10n ** 12n,
    M: 10n ** 15n,
    G: 10n ** 18n,
    T: 10n ** 21n,
    Ki: 1024n * 10n ** 9n,
    Mi: 1024n ** 2n * 10n ** 9n,
    Gi: 1024n ** 3n * 10n ** 9n,
    Ti: 1024n ** 4n * 10n ** 9n,
    e3: 10n ** 12n,
    E6: 10n ** 15n,
  };
  const quantity = fc.record({
    whole: fc.nat(5000),
    tenths: fc.option(fc.nat(9), { nil: undefined }),
    suffix: fc.constantFrom(...Object.keys(FACTORS)),
  });
  type Quantity = typeof quantity extends fc.Arbitrary<infer Value> ? Value : never;
  const text = ({ whole, tenths, suffix }: Quantity): string =>
    `${whole}${tenths === undefined ? '' : `.${tenths}`}${suffix}`;
  const value = ({ whole, tenths, suffix }: Quantity): bigint =>
    BigInt(whole * 10 + (tenths ?? 0)) * (FACTORS[suffix] ?? 0n);
  const pod = (name: string, resources: JsonObject): JsonObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: { containers: [{ name: 'app', resources }] },
  });

  it('compare as the numbers they stand for, in any suffix', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(quantity, quantity), { minLength: 1, maxLength: 60 }),
        async (pairs) => {
          const pods = pairs.map(([request, limit], index) =>
            pod(`p${index}`, { requests: { cpu: text(request) }, limits: { cpu: text(limit) } }),
          );
          const above = pairs.flatMap(([request, limit], index) =>
            value(request) > value(limit) ? [`p${index}`] : [],
          );
          expect([...(await blamed('workload-request-within-limit', pods))].sort()).toEqual(above.sort());
        },
      ),
      { numRuns: 30 },
    );
  });

  it('are told from what only looks like one', async () => {
    const odd = fc
      .stringMatching(/^[0-9.+\-eEkKmMGiB ]{0,6}$/)
      .filter(
        (word) => !/^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9]{1,3})?$/.test(word),
      );
    await fc.assert(
      fc.asyncProperty(
        fc.array(odd, { minLength: 1, maxLength: 60 }),
        fc.array(quantity),
        async (words, good) => {
          const wrong = words.map((word, index) => pod(`wrong-${index}`, { limits: { cpu: word } }));
          const right = good.map((each, index) => pod(`right-${index}`, { limits: { cpu: text(each) } }));
          expect([...(await blamed('workload-resource-quantity', [...wrong, ...right]))].sort()).toEqual(
            wrong.map((_, index) => `wrong-${index}`).sort(),
          );
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('label selectors', () => {
  it('select in Rego what they select in the analysis', async () => {
    const key = fc.constantFrom('app', 'tier', 'x.io/v');
    const word = fc.constantFrom('a', 'b', '');
    const labels = fc.dictionary(key, word, { maxKeys: 3 });
    const values = fc.array(word, { minLength: 1, maxLength: 2 });
    const requirement = fc.oneof(
      fc.record({ key, operator: fc.constantFrom('In', 'NotIn'), values }),
      fc.record({ key, operator: fc.constantFrom('Exists', 'DoesNotExist') }),
    );
    const selector = fc
      .record({ matchLabels: labels, matchExpressions: fc.array(requirement, { maxLength: 2 }) })
      .map((selector): JsonObject => ({ ...selector }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(selector, labels), { minLength: 1, maxLength: 60 }),
        async (pairs) => {
          const deployments = pairs.map(([selector, labels], index) => ({
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            metadata: { name: `d${index}` },
            spec: { selector, template: { metadata: { labels }, spec: { containers: [] } } },
          }));
          const unselected = pairs.flatMap(([selector, labels], index) => {
            const read = labelSelector(selector);
            return read !== undefined && selects(read, labels) ? [] : [`d${index}`];
          });
          expect([...(await blamed('workload-selector-matches-template', deployments))].sort()).toEqual(
            unselected.sort(),
          );
        },
      ),
      { numRuns: 30 },
    );
  });
});
