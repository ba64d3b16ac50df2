import { describe, expect, it } from 'vitest';
import { identityText } from '../../core/manifest.ts';
import { readCases } from '../../policies/build/cases.ts';
import { GATE_FOLDER, packNames } from '../../policies/build/sources.ts';
import { check } from '../../policies/check.ts';
import { loadPacks, readPacks } from '../../policies/packs.ts';
import { PROJECT_ROOT } from '../../policies/root.ts';
import { caseData, ruleFile } from './case-data.ts';

const loaded = await loadPacks(await readPacks());
const SPACE = '\n  ';

describe('every rule finds what its cases say, and nothing else', async () => {
  it('every pack with sources is compiled', async () => {
    expect(loaded.map(({ pack }) => pack.name)).toEqual(await packNames(PROJECT_ROOT));
  });

  for (const pack of loaded) {
    describe(pack.pack.name, async () => {
      for (const rule of pack.pack.rules) {
        const { pass, fail } = await readCases(PROJECT_ROOT, ruleFile(rule));
        const findingsOf = async (given: (typeof pass)[number]) => {
          const { inventory, externals, environment } = caseData(given);
          const options = {
            externals,
            only: new Set([rule.id]),
            ...(environment === undefined ? {} : { environment }),
          };
          const { findings, errors } = await check([pack], inventory, options);
          expect(errors).toEqual([]);
          return findings;
        };
        for (const given of pass) {
          it(`${rule.id} passes: ${given.name}`, async () => {
            expect(
              (await findingsOf(given)).map(
                ({ object, path, message }) => `${identityText(object)} ${path} ${message}`,
              ),
            ).toEqual([]);
          });
        }
        for (const given of fail) {
          it(`${rule.id} fails: ${given.name}`, async () => {
            const findings = await findingsOf(given);
            const said = findings.map(({ object, path, message }) => ({
              place: `${identityText(object)} ${path}`,
              message,
            }));
            const found = said.map(({ place }) => place).toSorted();
            expect(found, said.map(({ place, message }) => `${place}: ${message}`).join(SPACE)).toEqual(
              given.findings.map(({ object, path }) => `${object} ${path}`).toSorted(),
            );
            for (const { message } of said) expect(message).not.toContain('<undefined>');
            for (const { object, path, message: part = '' } of given.findings) {
              const messages = said
                .filter(({ place }) => place === `${object} ${path}`)
                .map(({ message }) => message);
              expect(
                messages.some((message) => message.includes(part)),
                `${messages.join(SPACE)} lacks ${part}`,
              ).toBe(true);
            }
          });
        }
      }
    });
  }

  it(`${GATE_FOLDER} holds rules`, () => {
    expect(loaded.flatMap(({ pack }) => pack.rules).length).toBeGreaterThan(0);
  });
});
