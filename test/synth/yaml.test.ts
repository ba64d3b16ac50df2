import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Yaml } from 'cdk8s';
import fc from 'fast-check';
import { CORE_SCHEMA, load, YAML11_SCHEMA } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../core/manifest.ts';
import { manifestYaml } from '../../synth/yaml.ts';

/** The parser inside cdk8s, which cdk8s itself offers only behind a child process. */
const cdk8sYaml: { parse(text: string, options: { version: string }): unknown } = createRequire(
  createRequire(import.meta.url).resolve('cdk8s'),
)('yaml');

const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  'js-yaml, YAML 1.1': (text) => load(text, { schema: YAML11_SCHEMA }),
  'js-yaml, YAML 1.2': (text) => load(text, { schema: CORE_SCHEMA }),
  'yaml as cdk8s uses it': (text) => cdk8sYaml.parse(text, { version: '1.1' }),
  'yaml, YAML 1.2': (text) => cdk8sYaml.parse(text, { version: '1.2' }),
};

const AMBIGUOUS = [
  'yes',
  'No',
  'ON',
  'off',
  'y',
  'N',
  'true',
  'FALSE',
  'null',
  'Null',
  '~',
  '',
  ' ',
  '0755',
  '0o755',
  '1e3',
  '1_000',
  '0x1F',
  '1:30',
  '190:20:30',
  '.inf',
  '-.INF',
  '.nan',
  '1.',
  '.5',
  '+1',
  '-1',
  '1.2.3',
  '2024-01-01',
  '2024-01-01T00:00:00Z',
  '*.x',
  '&a',
  '!t',
  '%d',
  '@a',
  '`a',
  '- a',
  '-',
  '---',
  '...',
  '? a',
  ': a',
  'a: b',
  'a:',
  'a #b',
  '#a',
  '[a]',
  '{a}',
  'a,b',
  "it's",
  '"a"',
  '<<',
  '=',
  '100m',
  '128Mi',
  '1E3',
  '--flag=a',
  '-c',
  'a b',
  ' a',
  'a ',
  'a\n',
  'a\n\n',
  '\na',
  'a\n b\nc',
  ' a\nb',
  'a\n\tb',
  'a\n \nb',
  'a\r\nb',
  '\t',
  'a\tb',
  '\u0085',
  '\u2028',
  '\ufeff',
  '\u00e9t\u00e9',
  '\u{1f600}',
  '\u0000',
  '10.0.0.0/8',
  '12e03',
  '0b1',
  '1M',
  '0k',
  'E0',
  '-e5',
  'e',
];

const text = fc.oneof(
  fc.constantFrom(...AMBIGUOUS),
  fc.string({ unit: 'binary' }).filter((value) => value.isWellFormed()),
  fc
    .array(fc.oneof(fc.constantFrom(...AMBIGUOUS), fc.string()), { maxLength: 4 })
    .map((lines) => lines.join('\n')),
  fc.stringMatching(/^[-0-9a-fxoeE._:+T]{1,8}$/),
);
const manifest = fc.letrec<{ value: unknown; object: JsonObject }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.boolean(),
    fc.integer(),
    fc.double({ noDefaultInfinity: true, noNaN: true }).filter((value) => !Object.is(value, -0)),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('object'),
  ),
  object: fc.dictionary(
    text.filter((key) => key !== '__proto__'),
    tie('value'),
    { maxKeys: 4, noNullPrototype: true },
  ) as fc.Arbitrary<JsonObject>,
})).object;

describe('the YAML of a manifest', () => {
  for (const [reader, read] of Object.entries(READERS)) {
    it(`gives back every string that is easily mistaken, to ${reader}`, () => {
      for (const value of AMBIGUOUS) {
        const object = { key: value, list: [value, [value]], nested: { [value]: value } };
        expect(read(manifestYaml(object)), JSON.stringify(value)).toEqual(object);
      }
    });
    it(`gives back any manifest, to ${reader}`, () => {
      fc.assert(
        fc.property(manifest, (object) => {
          expect(read(manifestYaml(object))).toEqual(object);
        }),
        { numRuns: 500 },
      );
    });
  }

  it('is read by cdk8s itself', () => {
    const folder = mkdtempSync(join(tmpdir(), 'synth-yaml-'));
    try {
      const object = Object.fromEntries(AMBIGUOUS.map((value, index) => [`key${index}`, value]));
      writeFileSync(join(folder, 'manifest.yaml'), manifestYaml(object));
      expect(Yaml.load(join(folder, 'manifest.yaml'))).toEqual([object]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('reads well', () => {
    expect(
      manifestYaml({
        kind: 'Pod',
        spec: {
          containers: [
            { name: 'app', args: ['--port=8080', '-c'], image: 'registry.example/app:1.0', command: [] },
          ],
          cpu: '100m',
          mode: 256,
          script: 'set -e\necho hi\n',
          answer: 'yes',
          nothing: {},
        },
      }),
    ).toBe(
      [
        'kind: Pod',
        'spec:',
        '  containers:',
        '    - name: app',
        '      args:',
        '        - --port=8080',
        '        - -c',
        '      image: registry.example/app:1.0',
        '      command: []',
        '  cpu: 100m',
        '  mode: 256',
        '  script: |',
        '    set -e',
        '    echo hi',
        "  answer: 'yes'",
        '  nothing: {}',
        '',
      ].join('\n'),
    );
  });
});
