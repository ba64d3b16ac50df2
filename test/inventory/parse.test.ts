import { describe, expect, test } from 'vitest';
import { InputError } from '../../core/problem.ts';
import { parseManifests } from '../../inventory/index.ts';

function problemsOf(text: string, options = {}): string[] {
  try {
    parseManifests(text, 'f.yaml', options);
  } catch (error) {
    if (error instanceof InputError) return error.message.split('\n');
    throw error;
  }
  return [];
}

/** One ConfigMap whose `data` is the given text, indented. */
function configMap(data: string): string {
  const indented = data.replace(/^(?=.)/gm, '  ');
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n${indented}\n`;
}

function dataOf(text: string): unknown {
  return parseManifests(configMap(text), 'f.yaml')[0]?.manifest['data'];
}

describe('documents', () => {
  test('each is an object; empty ones and ones with comments only are none', () => {
    const text =
      '# first\n---\napiVersion: v1\nkind: A\nmetadata: {name: a}\n---\n# nothing\n---\n---\nnull\n---\napiVersion: v1\nkind: B\nmetadata: {name: b}\n...\n';
    expect(parseManifests(text, 'f.yaml').map(({ identity }) => identity.kind)).toEqual(['A', 'B']);
  });

  test('CRLF line ends and a byte order mark change nothing', () => {
    const text =
      '\ufeffapiVersion: v1\r\nkind: A\r\nmetadata:\r\n  name: a\r\n---\r\napiVersion: v1\r\nkind: B\r\nmetadata:\r\n  name: b\r\n';
    const objects = parseManifests(text, 'f.yaml');
    expect(objects.map(({ identity }) => identity.name)).toEqual(['a', 'b']);
    expect(objects[1]?.position('/metadata/name')).toEqual({ file: 'f.yaml', line: 9, column: 3 });
  });

  test('JSON is read, and several JSON objects one after the other', () => {
    const json = (name: string) =>
      JSON.stringify({ apiVersion: 'v1', kind: 'A', metadata: { name } }, null, '\t');
    expect(
      parseManifests(`${json('a')}\n${json('b')}${json('c')}\n`, 'f.json').map(
        ({ identity }) => identity.name,
      ),
    ).toEqual(['a', 'b', 'c']);
  });

  test('JSON may hold surrogate pairs and line separators, as its own rules allow', () => {
    const text = `{"apiVersion":"v1","kind":"A","metadata":{"name":"a"},"x":"\\ud83d\\ude00 \u2028"}`;
    expect(parseManifests(text, 'f.json')[0]?.manifest['x']).toBe('\u{1f600} \u2028');
  });

  test('a bracket may close at the left, and quoted text go on there, as kubectl allows', () => {
    const text =
      'apiVersion: v1\nkind: A\nmetadata: {name: a}\nspec:\n  args: [\n    "x",\n  ]\n  text: "a\n  b"\n  last: {\n\tc: d\n}\n';
    const [object] = parseManifests(text, 'f.yaml');
    expect(object?.manifest['spec']).toEqual({ args: ['x'], text: 'a b', last: { c: 'd' } });
    expect(object?.position('/spec/last')).toEqual({ file: 'f.yaml', line: 10, column: 3 });
    expect(object?.position('/spec/last/c')).toEqual({ file: 'f.yaml', line: 11, column: 2 });
  });
});

describe('values', () => {
  test('plain scalars follow YAML 1.1; quoted ones and explicit !!str are text', () => {
    expect(dataOf('a: yes\nb: "yes"\nc: !!str 0755\nd: 0755\ne: !!float 1\nf: 2020-01-01')).toEqual({
      a: true,
      b: 'yes',
      c: '0755',
      d: 493,
      e: 1,
      f: '2020-01-01',
    });
  });

  test('block texts keep their last break even where the file has none', () => {
    const text = 'apiVersion: v1\nkind: A\nmetadata: {name: a}\ndata:\n  a: |\n    x\n  b: |+\n    y';
    expect(parseManifests(text, 'f.yaml')[0]?.manifest['data']).toEqual({ a: 'x\n', b: 'y\n' });
  });

  test('aliases stand for what they name, the last anchor of a name counts', () => {
    expect(dataOf('a: &x 1\nb: *x\nc: &x {k: v}\nd: *x')).toEqual({
      a: 1,
      b: 1,
      c: { k: 'v' },
      d: { k: 'v' },
    });
  });

  test('merge keys fill in what is not written after them; the first of a list wins', () => {
    expect(dataOf('a: &a {p: 1, q: 1}\nb: &b {p: 2, r: 2}\nc:\n  <<: [*a, *b]\n  q: 3')).toMatchObject({
      c: { p: 1, q: 3, r: 2 },
    });
  });

  test('keys such as __proto__ and constructor are keys like any other', () => {
    const data = dataOf('__proto__: {polluted: true}\nconstructor: c\ntoString: t') as Record<
      string,
      unknown
    >;
    expect(Object.keys(data)).toEqual(['__proto__', 'constructor', 'toString']);
    expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('lists', () => {
  const list =
    'apiVersion: v1\nkind: List\nmetadata: {}\nitems:\n- apiVersion: v1\n  kind: A\n  metadata: {name: a}\n- apiVersion: v1\n  kind: List\n  items:\n  - apiVersion: v1\n    kind: B\n    metadata:\n      name: b\n';

  test('stand for their items, lists in lists as well, each where it is written', () => {
    const [first, second] = parseManifests(list, 'f.yaml');
    expect([first?.identity.kind, second?.identity.kind]).toEqual(['A', 'B']);
    expect(first?.position('')).toMatchObject({ line: 5, column: 3 });
    expect(second?.position('/metadata/name')).toMatchObject({ line: 14, column: 7 });
  });

  test('give version and kind to items that have none', () => {
    const [pod] = parseManifests('apiVersion: v1\nkind: PodList\nitems: [{metadata: {name: p}}]\n', 'f.yaml');
    expect(pod?.identity).toEqual({ apiVersion: 'v1', kind: 'Pod', name: 'p' });
  });

  test('an object with a name is no list, whatever its kind', () => {
    const [object] = parseManifests(
      'apiVersion: x/v1\nkind: AllowList\nmetadata: {name: a}\nitems: [1]\n',
      'f.yaml',
    );
    expect(object?.identity.kind).toBe('AllowList');
  });
});

describe('positions', () => {
  const text =
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n  labels: &l\n    app.kubernetes.io/name: p\nspec:\n  template: {a: b}\n  merged:\n    <<: *l\n  alias: *l\n  containers:\n    # a comment\n    - name: c\n      "image": >-\n        x\n    - name: d\n';
  const [pod] = parseManifests(`# first\n---\n${text}`, 'f.yaml');

  test.each([
    ['', 3, 1],
    ['/kind', 4, 1],
    ['/metadata/labels/app.kubernetes.io~1name', 8, 5],
    ['/spec/template/a', 10, 14],
    ['/spec/containers/0', 16, 7],
    ['/spec/containers/0/image', 17, 7],
    ['/spec/containers/1/name', 19, 7],
  ])('of %s: line %d, column %d', (pointer, line, column) => {
    expect(pod?.position(pointer)).toEqual({ file: 'f.yaml', line, column });
  });

  test.each([
    ['/spec/containers/1/image', 19],
    ['/spec/containers/7', 14],
    ['/spec/nothing/here', 9],
    ['/nothing', 3],
    ['/spec/merged/app.kubernetes.io~1name', 12],
    ['/spec/alias/app.kubernetes.io~1name', 13],
  ])('of %s, which is not written, are those of what stands for it: line %d', (pointer, line) => {
    expect(pod?.position(pointer).line).toBe(line);
  });

  test('are found again after another document was asked', () => {
    const objects = parseManifests(
      'apiVersion: v1\nkind: A\nmetadata: {name: a}\n---\napiVersion: v1\nkind: B\nmetadata: {name: b}\n',
      'f.yaml',
    );
    expect([0, 1, 0, 1].map((index) => objects[index]?.position('/kind').line)).toEqual([2, 6, 2, 6]);
  });
});

test('an object whose name the API server makes is named by its prefix and *', () => {
  const [object] = parseManifests(
    'apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: run-}\n',
    'f.yaml',
  );
  expect(object?.identity.name).toBe('run-*');
});

describe('problems', () => {
  test('fails with every problem of every document', () => {
    const text =
      'apiVersion: v1\nkind: A\nmetadata: {}\n---\na: [\n---\napiVersion: 1\nkind: B\nmetadata: {name: b, labels: {x: true}}\n';
    expect(problemsOf(text)).toEqual([
      'f.yaml:3:1: A has no metadata.name; add metadata.name, or metadata.generateName',
      'f.yaml:6:1: not YAML: unexpected end of the stream within a flow collection',
      'f.yaml:7:1: apiVersion is the number 1, not text; quote it',
      'f.yaml:9:30: metadata.labels["x"] is the boolean true, not text; quote the value',
    ]);
  });

  test('fails beyond each limit, and names the option that raises it', () => {
    const object = (name: string) => `apiVersion: v1\nkind: A\nmetadata: {name: ${name}}\n`;
    expect(problemsOf(`${object('a')}---\n${object('b')}`, { maxObjects: 1 })).toEqual([
      'f.yaml: too many objects; the limit is 1; if you trust the input, raise it with --max-objects',
    ]);
    expect(problemsOf(object('a'), { maxDocumentBytes: 10 })[0]).toMatch(
      /bytes; the limit is 10; .*--max-document-bytes$/,
    );
    expect(problemsOf(`${object('a')}x: [[[[]]]]\n`, { maxDepth: 3 })[0]).toMatch(
      /^f.yaml:4:\d+: maps and lists too deep .*--max-depth$/,
    );
    expect(problemsOf(`${object('a')}x: &x [1, 2]\nz: [*x, *x]\n`, { maxAliasNodes: 5 })[0]).toMatch(
      /^f.yaml:5:9: aliases stand for too many nodes.*--max-alias-nodes$/,
    );
    expect(problemsOf(`${object('a')}x: &x [1, 2]\nz: [*x, *x]\n`, { maxAliasNodes: 6 })).toEqual([]);
  });
});
