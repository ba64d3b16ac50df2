import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Problem } from '../../core/problem.ts';
import { parseValues, startReading } from '../../inventory/parse.ts';
import { hasGo } from './has-go.ts';

/** The documents that kubectl's own reader makes of a text, or its error. */
interface Answer {
  readonly documents: readonly unknown[];
  readonly error?: string;
}

const SOURCE = join(import.meta.dirname, 'yaml-oracle');

let folder: string;

function kubectl(texts: readonly string[]): Answer[] {
  const output = execFileSync(join(folder, 'oracle'), {
    input: JSON.stringify(texts),
    maxBuffer: 512 * 1024 * 1024,
  });
  return JSON.parse(output.toString()) as Answer[];
}

function ours(text: string): Answer {
  const problems: Problem[] = [];
  const documents = [...parseValues(problems, { file: 'f', text }, startReading())].map(({ value }) => value);
  return problems[0] === undefined ? { documents } : { documents: [], error: problems[0].what };
}

interface Difference {
  readonly text: string;
  readonly ours: Answer;
  readonly kubectl: Answer;
}

/** Texts about which the two readers say different things; with `refusing`, also those that only we refuse. */
function differences(texts: readonly string[], refusing = false): Difference[] {
  const answers = kubectl(texts);
  return texts.flatMap((text, index) => {
    const theirs = answers[index];
    const own = ours(text);
    if (theirs === undefined || (own.error !== undefined && (!refusing || theirs.error !== undefined)))
      return [];
    const same =
      theirs.error === undefined &&
      own.error === undefined &&
      sorted(own.documents) === sorted(theirs.documents);
    return same ? [] : [{ text, ours: own, kubectl: theirs }];
  });
}

/** The shortest of them, for people. */
function shown(found: readonly Difference[]): string[] {
  return found
    .map(({ text, ours: own, kubectl: theirs }) =>
      JSON.stringify({ text, ours: own.error ?? own.documents, kubectl: theirs.error ?? theirs.documents }),
    )
    .sort((a, b) => a.length - b.length)
    .slice(0, 10);
}

/** JSON with keys in the order of their names, as Go writes them. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}

function sample<T>(arbitrary: fc.Arbitrary<T>, numRuns: number): T[] {
  return [...new Set(fc.sample(arbitrary, { numRuns, seed: 20 }))];
}

describe.skipIf(!hasGo())('YAML means to us what it means to kubectl (needs go on PATH)', () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sluice-oracle-'));
    execFileSync('go', ['build', '-o', join(folder, 'oracle'), '.'], { cwd: SOURCE, stdio: 'pipe' });
  }, 600_000);

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('every plain scalar', () => {
    const scalar = fc.oneof(
      fc.stringMatching(/^[-+]?[0-9_.eExXoObB~]{1,8}$/),
      fc.stringMatching(/^[-+]?0[xXoObB]?[0-9a-fA-F_]{1,24}$/),
      fc.stringMatching(/^[-+]?[0-9]{1,25}$/),
      fc.stringMatching(/^[-+]?[0-9]{0,4}[.][0-9_]{0,5}([eE][-+]?[0-9]{1,3})?$/),
      fc.stringMatching(/^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([ tT][0-9:.Z+]{1,12})?$/),
      fc.mixedCase(
        fc.constantFrom(
          'yes',
          'no',
          'on',
          'off',
          'y',
          'n',
          'true',
          'false',
          'null',
          '~',
          '.inf',
          '-.inf',
          '.nan',
        ),
      ),
      fc.stringMatching(/^[a-zA-Z0-9./_@=+-]{1,12}$/),
    );
    const texts = sample(scalar, 20_000).map((text) => `a: ${text}\n`);
    // infinity and NaN are refused by both
    expect(shown(differences(texts, true))).toEqual([]);
  });

  test('every way to write a text', () => {
    const line = fc.stringMatching(/^[ a-z:#'"\\[\]{},&*!|>%@-]{0,8}$/);
    const text = fc.array(line, { minLength: 1, maxLength: 4 });
    const written = fc.oneof(
      fc
        .tuple(fc.constantFrom('|', '>', '|-', '>-', '|+', '>+', '|2', '>2-'), text)
        .map(([style, lines]) => `${style}\n${lines.map((item) => `    ${item}`).join('\n')}`),
      text.map((lines) => `"${lines.join('\n    ').replace(/["\\]/g, '\\$&')}"`),
      text.map((lines) => `'${lines.join('\n    ').replaceAll("'", "''")}'`),
      text.map((lines) => lines.join('\n    ')),
    );
    const texts = sample(written, 8000).map((value) => `a:\n  b: ${value}\n  c: d\n`);
    expect(shown(differences(texts))).toEqual([]);
  });

  test('maps, lists, anchors, merges and comments put together', () => {
    const scalar = fc.constantFrom(
      'x',
      '1',
      '"q"',
      "'s'",
      'yes',
      '~',
      '0x1f',
      'a b',
      '"\\u00e9"',
      'http://h:80/p?q',
      '""',
    );
    const { node } = fc.letrec<{ node: string; flow: string }>((tie) => ({
      flow: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        scalar,
        fc.array(tie('flow'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
        fc
          .array(tie('flow'), { maxLength: 3 })
          .map((items) => `{${items.map((item, index) => `k${index}: ${item}`).join(', ')}}`),
      ),
      node: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        tie('flow'),
        fc
          .array(tie('node'), { minLength: 1, maxLength: 3 })
          .map((items) => items.map((item) => `\n- ${indented(item)}`).join('')),
        fc
          .array(tie('node'), { minLength: 1, maxLength: 3 })
          .map((items) => items.map((item, index) => `\nk${index}: ${indented(item)} # note`).join('')),
        tie('flow').map((item) => `\nbase: &x {k0: ${item}, extra: 1}\nuse:\n  <<: *x\n  k0: y\nagain: [*x]`),
      ),
    }));
    const texts = sample(node, 6000).map((text) => `root: ${indented(text)}\n`);
    expect(shown(differences(texts, true))).toEqual([]);
  });

  test('flow collections and quoted texts whose lines stand anywhere', () => {
    const space = fc.constantFrom(
      ' ',
      '\n',
      '\n  ',
      '\n        ',
      '\n\t',
      ' # ] "\n',
      "\n# it's\n  ",
      '\n\n',
    );
    const item = fc.constantFrom(
      'x',
      "it's",
      '"]"',
      "'{'",
      '"a\nb"',
      "'a\n    b'",
      'a b',
      '1',
      '"\\""',
      "a's ]b's",
      '[[], "[" ]',
      '{k: [v]}',
      "{'k': v}",
    );
    const flow = fc
      .array(fc.tuple(space, item, space), { minLength: 1, maxLength: 6 })
      .map((items) => `[${items.map((parts) => parts.join('')).join(',')}]`);
    const texts = sample(fc.tuple(flow, space, flow), 12_000).map(
      ([first, gap, second]) =>
        `a:\n  b: ${first}\n  c:${gap.includes('\n') ? ' ' : gap}${second}\n  d:\n    - e: f\ng: h\n`,
    );
    expect(shown(differences(texts, true))).toEqual([]);
  });

  test('pieces of YAML in any order: what both read, both read alike', () => {
    const piece = fc.constantFrom(
      'a',
      'x: ',
      'z: ',
      '- ',
      ': ',
      '\n  ',
      '\n    ',
      '\n  - ',
      '"q"',
      "'s'",
      '{',
      '}',
      '[',
      ']',
      ', ',
      '&a ',
      '*a',
      '!!str ',
      '>-',
      '\n  # c',
      ' # c',
      '\n  <<: ',
      '? ',
      '~',
      'yes',
      '1',
      '%',
      '\t',
      '\r\n  ',
      '---',
      '\n---\n',
      '\n\n',
      '"',
      "'",
      '\\',
      '\u00a0',
      '\n  z: ',
      '\n\t',
      '[a, b]',
      '{a: b}',
      '!!int ',
      'a:b',
      'a#b',
    );
    const texts = sample(fc.array(piece, { minLength: 1, maxLength: 14 }), 40_000).map(
      (pieces) => `kind: X\nspec:\n  x: ${pieces.join('')}`,
    );
    const meaning = differences(texts).filter(
      // what kubectl refuses as well is refused later; and a document that is no map is no object to either
      ({ kubectl: { error }, ours: { documents } }) =>
        error === undefined &&
        documents.every((document) => typeof document === 'object' && !Array.isArray(document)),
    );
    expect(shown(meaning)).toEqual([]);
  });

  test('JSON, alone and in streams', () => {
    const json = fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 4 });
    const stream = fc
      .array(json, { minLength: 1, maxLength: 3 })
      .map((values) => values.map((value) => JSON.stringify(value, null, '\t')).join('\n'));
    expect(shown(differences(sample(stream, 3000), true))).toEqual([]);
  });

  test('what we refuse on purpose is what kubectl refuses, or reads otherwise than it looks', () => {
    const nasty = join(import.meta.dirname, '..', 'inventory', 'nasty');
    const files = readdirSync(nasty).sort();
    const answers = kubectl(files.map((file) => readFileSync(join(nasty, file), 'utf8')));
    const taken = files.filter((_, index) => answers[index]?.error === undefined);
    // each of these loses a key, a document or a type without a word, or is no object
    expect(taken).toMatchInlineSnapshot(`
      [
        "anchor-name.yaml",
        "annotation-map.yaml",
        "duplicate-key.json",
        "duplicate-key.yaml",
        "escape-half-character.json",
        "helm-chart.yaml",
        "helm-values.yaml",
        "key-alias-of-number.yaml",
        "key-boolean.yaml",
        "key-number.yaml",
        "kustomization.yaml",
        "label-number.yaml",
        "list-item-text.yaml",
        "merge-after-key.yaml",
        "merge-twice.yaml",
        "metadata-list.yaml",
        "name-number.yaml",
        "namespace-boolean.yaml",
        "no-api-version.yaml",
        "no-kind.yaml",
        "no-metadata.yaml",
        "no-name.yaml",
        "not-utf8.yaml",
        "number-out-of-range.json",
        "root-list.yaml",
        "root-text.yaml",
        "second-document-after-dots.yaml",
        "tag-binary.yaml",
        "tag-on-map.yaml",
        "tag-unknown.yaml",
        "too-deep-block.yaml",
        "too-deep.yaml",
      ]
    `);
  });
});

function indented(text: string): string {
  return text.replaceAll('\n', '\n  ');
}
