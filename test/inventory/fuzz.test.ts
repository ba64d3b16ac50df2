import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../core/problem.ts';
import { type InventoryObject, parseManifests, readInventory } from '../../inventory/index.ts';

/** What is read, or undefined where it is refused; anything else that is thrown fails the test. */
function read(text: string, options = {}): InventoryObject[] | undefined {
  try {
    return parseManifests(text, 'f.yaml', options);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    for (const { where, what } of error.problems) {
      expect(where).toMatch(/^f\.yaml:\d+:\d+$|^f\.yaml$/);
      expect(what).not.toBe('');
    }
    return undefined;
  }
}

const MANIFEST = `# comment
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: &labels {app: web, "tier": 'front'}
spec:
  template:
    metadata:
      labels:
        <<: *labels
        more: "x\\u00e9"
    spec:
      containers:
        - name: c
          args: ["a", b,
            c
          ]
          text: |-
            several
              lines
---
{"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "v1", "kind": "A", "metadata": {"name": "a"}}]}
`;

const PIECES = [
  '&a ',
  '*a',
  '<<: ',
  '? ',
  ': ',
  '- ',
  '[',
  ']',
  '{',
  '}',
  ', ',
  '"',
  "'",
  '|',
  '>',
  '!!str ',
  '!x ',
  '\n',
  '\n  ',
  '\n    ',
  '\t',
  '#',
  '---\n',
  '...\n',
  '%',
  '\r',
  '\0',
  '\u2028',
  '\ufeff',
  'a',
  'a: ',
  '1',
  '~',
  '\\',
  '{{ .x }}',
];

describe('whatever the input, it is read or refused', () => {
  test('arbitrary bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        const error = await readInventory(['-'], { stdin: Readable.from([bytes]) }).catch(
          (reason: unknown) => reason,
        );
        if (error instanceof Error) expect(error).toBeInstanceOf(InputError);
      }),
      { numRuns: 300 },
    );
  });

  test('pieces of YAML in any order, in a manifest or alone', () => {
    const soup = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(soup, fc.boolean(), (text, inside) => {
        read(inside ? `apiVersion: v1\nkind: A\nmetadata: {name: a}\nspec:\n  x: ${text}` : text);
      }),
      { numRuns: 3000 },
    );
  });

  test('a manifest with pieces put in, taken out or doubled', () => {
    const cut = fc.tuple(fc.nat(MANIFEST.length), fc.nat(30), fc.constantFrom('', ...PIECES));
    fc.assert(
      fc.property(fc.array(cut, { minLength: 1, maxLength: 4 }), (cuts) => {
        let text = MANIFEST;
        for (const [at, length, piece] of cuts) text = text.slice(0, at) + piece + text.slice(at + length);
        for (const object of read(text) ?? []) {
          for (const pointer of ['', '/spec/template/spec/containers/0/args/1', '/metadata/labels/more']) {
            const { line, column } = object.position(pointer);
            expect(line).toBeLessThanOrEqual(text.split(/\r\n|\r|\n/).length);
            expect(column).toBeGreaterThan(0);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('nesting of any depth, however it is written', () => {
    const opening = fc.constantFrom('[', '{a: ', '[{', '- ', '? ', '&a [', '!!seq [', '"', 'a: ', '- &a ');
    fc.assert(
      fc.property(opening, fc.integer({ min: 1, max: 5000 }), (open, depth) => {
        read(`apiVersion: v1\nkind: A\nmetadata: {name: a}\nspec:\n  ${open.repeat(depth)}`);
      }),
      { numRuns: 100 },
    );
  });
});

describe('work is bounded', () => {
  test('aliases stand for at most as many nodes as the limit allows, whatever their graph', () => {
    const layer = fc.record({ width: fc.integer({ min: 1, max: 12 }), merge: fc.boolean() });
    fc.assert(
      fc.property(fc.array(layer, { minLength: 1, maxLength: 12 }), (layers) => {
        const lines = layers.map(({ width, merge }, index) => {
          const previous = `*l${index - 1}`;
          const item = index === 0 ? 'x' : merge ? `{<<: {k: ${previous}}}` : previous;
          return `l${index}: &l${index} [${Array.from({ length: width }, () => item).join(', ')}]`;
        });
        const [object] =
          read(`apiVersion: v1\nkind: A\nmetadata: {name: a}\n${lines.join('\n')}\n`, {
            maxAliasNodes: 1000,
          }) ?? [];
        // what the API server would receive: aliases written out
        if (object !== undefined) expect(JSON.stringify(object.manifest).length).toBeLessThan(40_000);
      }),
      { numRuns: 300 },
    );
  });

  test('objects are counted, whichever way they come', () => {
    const item = '{apiVersion: v1, kind: A, metadata: {name: a}}';
    const list = `apiVersion: v1\nkind: List\nx: &x\n- ${item}\nitems:\n${'- *x\n'.repeat(3)}`;
    expect(read(list)).toBeUndefined();
    const nested = `apiVersion: v1\nkind: List\nitems:\n- &l {apiVersion: v1, kind: List, items: [${Array.from({ length: 20 }, () => item).join(', ')}]}\n${'- *l\n'.repeat(20)}`;
    expect(read(nested, { maxObjects: 100 })).toBeUndefined();
    expect(read(nested)).toHaveLength(420);
  });

  test('lines that stand too far left are mended a bounded number of times', () => {
    const rows = (count: number, row: string) =>
      `apiVersion: v1\nkind: A\nmetadata: {name: a}\nspec:\n  x: [\n${row.repeat(count)}]\n`;
    expect(read(rows(20_000, 'a,\n'))).toHaveLength(1);
    expect(read(rows(100, "it's,\n"))).toHaveLength(1);
    expect(read(rows(20_000, "it's,\n"))).toBeUndefined();
  });
});
