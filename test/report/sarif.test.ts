import { createRequire } from 'node:module';
import Ajv04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import { gate } from '../../policies/gate.ts';
import { renderReport } from '../../report/index.ts';
import { folderOf, podYaml } from '../policies/files.ts';
import { BROKEN, CLEAN, SAMPLE } from './sample.ts';

const require = createRequire(import.meta.url);
const schema = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const ajv = new Ajv04.default({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv);
const validate = ajv.compile(schema);

const logOf = (result: typeof SAMPLE): Log => JSON.parse(renderReport(result, 'sarif'));

describe('SARIF', () => {
  it.each([
    ['with findings', SAMPLE],
    ['without', CLEAN],
    ['with a rule that broke', BROKEN],
  ])('%s keeps to the schema of 2.1.0', (_, result) => {
    validate(logOf(result));
    expect(validate.errors ?? []).toEqual([]);
  });

  it('of a real run keeps to the schema of 2.1.0', async () => {
    const folder = await folderOf({ 'a folder/größe #1.yaml': podYaml('web') });
    const log = logOf(await gate({ paths: [folder] }));
    validate(log);
    expect(validate.errors ?? []).toEqual([]);
    expect(log.runs[0]?.results?.[0]?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toMatch(
      /^file:\/\/.*a%20folder\/gr%C3%B6%C3%9Fe%20%231\.yaml$/,
    );
  });

  it('is held to its schema: a result without a message is refused', () => {
    const log = logOf(SAMPLE);
    expect(validate({ ...log, runs: [{ ...log.runs[0], results: [{ ruleId: 'sample-a' }] }] })).toBe(false);
  });

  it('names each rule once and points results at it', () => {
    const [run] = logOf(SAMPLE).runs;
    const { rules = [] } = run?.tool.driver ?? {};
    expect(rules.map(({ id }) => id)).toEqual(['sample-a', 'sample-b', 'other-c']);
    for (const { ruleId, ruleIndex = -1 } of run?.results ?? []) expect(rules[ruleIndex]?.id).toBe(ruleId);
  });

  it('gives a region with the line, the construct, and a stable fingerprint', () => {
    expect(logOf(SAMPLE).runs[0]?.results?.[0]).toMatchObject({
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'dist/shop/api/pod-web.yaml' },
            region: { startLine: 7 },
          },
          logicalLocations: [
            { fullyQualifiedName: 'Pod shop/web/spec/containers/0' },
            { fullyQualifiedName: 'shop/api/Resource' },
          ],
        },
      ],
      partialFingerprints: { 'sluice/v1': expect.stringMatching(/^[0-9a-f]{16}$/) },
    });
  });

  it('gives no place in a file to an object that is in none', () => {
    expect(logOf(SAMPLE).runs[0]?.results?.[2]?.locations?.[0]).not.toHaveProperty('physicalLocation');
  });

  it('keeps excepted findings as suppressed results', () => {
    const suppressed = logOf(SAMPLE).runs[0]?.results?.filter(
      ({ suppressions }) => suppressions !== undefined,
    );
    expect(suppressed).toMatchObject([
      {
        ruleId: 'sample-b',
        suppressions: [
          {
            kind: 'external',
            status: 'accepted',
            justification: 'the vendor image allows no other (shop-team, until 2026-12-31)',
          },
        ],
      },
    ]);
  });

  it('says that a run with broken rules was not successful', () => {
    const [invocation] = logOf(BROKEN).runs[0]?.invocations ?? [];
    expect(invocation).toMatchObject({
      executionSuccessful: false,
      toolExecutionNotifications: [{ level: 'error' }],
    });
  });
});
