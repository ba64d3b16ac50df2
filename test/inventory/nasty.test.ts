import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../core/problem.ts';
import { readInventory } from '../../inventory/index.ts';

const FOLDER = join(import.meta.dirname, 'nasty').replaceAll('\\', '/');

/** Each file of the folder, and what a person reads about it. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'alias-bomb.yaml': [
    '9:36: aliases stand for too many nodes; the limit is 100000; if you trust the input, raise it with --max-alias-nodes',
  ],
  'alias-of-itself.yaml': ['6:6: anchor &d contains itself; remove the alias'],
  'alias-unknown.yaml': ['5:7: alias *nowhere has no anchor; write &nowhere before the value it stands for'],
  'anchor-name.yaml': ['5:8: "a:b" is no name of an anchor; use letters, digits, - and _'],
  'annotation-map.yaml': ['6:5: metadata.annotations["a"] is a map, not text; quote the value'],
  'control-character.yaml': [
    "3:20: the character U+0007, which Kubernetes' YAML reader refuses; remove it, or write it as an escape in a double-quoted string",
  ],
  'directive.yaml': ['2:1: a % directive; remove it; kubectl cannot read a file with directives'],
  'duplicate-key.json': [
    '2:2: duplicate key "kind"; remove one of the two; readers disagree about which counts',
  ],
  'duplicate-key.yaml': [
    '8:3: duplicate key "a"; remove one of the two; readers disagree about which counts',
  ],
  'escape-beyond-unicode.yaml': [
    '5:12: the escape \\UFFFFFFFF is not a character; write the character itself',
  ],
  'escape-half-character.json': [
    '1:68: an escape that is half a character; write both halves, or the character itself',
  ],
  'escape-surrogate.yaml': ['5:12: the escape \\ud83d is not a character; write the character itself'],
  'helm-block.yaml': [
    '1:3: not YAML: missed comma between flow collection entries; this looks like a Helm template; render it with helm template, and read its output',
  ],
  'helm-chart.yaml': [
    '1:1: an object has no kind; is this a Helm chart? render it with helm template, and read its output',
  ],
  'helm-template.yaml': [
    '4:10: a map or list stands as a key; this looks like a Helm template; render it with helm template, and read its output',
  ],
  'helm-values.yaml': [
    '1:1: this is no Kubernetes object: it has neither apiVersion nor kind; add them, or leave this file out; Helm values are no manifests',
  ],
  'infinity.yaml': ['5:11: a number that JSON cannot hold (infinity or NaN); quote it to make it text'],
  'key-alias-of-number.yaml': ['7:3: the key "*x" is read as the number 1, not as text; quote it'],
  'key-boolean.yaml': ['6:3: the key "on" is read as the boolean true, not as text; quote it'],
  'key-map.yaml': ['6:5: a map or list stands as a key; keys must be text'],
  'key-null.yaml': ['6:3: the key "~" is read as null, not as text; quote it'],
  'key-number.yaml': ['6:3: the key "8080" is read as the number 8080, not as text; quote it'],
  'kustomization.yaml': [
    '1:1: Kustomization has no metadata; render the folder with kustomize build, and read its output',
  ],
  'label-number.yaml': ['6:5: metadata.labels["version"] is the number 1.1, not text; quote the value'],
  'line-separator.yaml': [
    "3:23: the character U+2028, which Kubernetes' YAML reader takes for a line break; remove it, or write it as an escape in a double-quoted string",
  ],
  'list-item-text.yaml': [
    '4:3: this is the string "hello", not a Kubernetes object; every document and every item of a list needs apiVersion, kind and metadata',
  ],
  'map-on-line-of-key.yaml': [
    '5:7: a map or list starts on the line of its key; start it on the next line, indented',
  ],
  'merge-after-key.yaml': [
    '8:3: the merge key << also sets "a", which stands above it; write << first; kubectl lets what comes last win',
  ],
  'merge-bomb.yaml': [
    '9:84: aliases stand for too many nodes; the limit is 100000; if you trust the input, raise it with --max-alias-nodes',
  ],
  'merge-of-text.yaml': [
    '6:3: the merge key << has something other than maps; give it an alias of a map, or a list of them',
  ],
  'merge-twice.yaml': ['8:3: a second merge key << in one map; merge a list: <<: [*first, *second]'],
  'metadata-list.yaml': ['3:1: metadata is not a map; make it a map with a name'],
  'name-number.yaml': ['3:12: metadata.name is the number 12, not text; quote it'],
  'namespace-boolean.yaml': ['5:3: metadata.namespace is the boolean false, not text; quote it'],
  'no-api-version.yaml': ['1:1: an object has no apiVersion; add apiVersion'],
  'no-kind.yaml': ['1:1: an object has no kind; add kind'],
  'no-metadata.yaml': ['1:1: A has no metadata; add metadata.name'],
  'no-name.yaml': ['3:1: A has no metadata.name; add metadata.name, or metadata.generateName'],
  'not-utf8.yaml': ['3:19: bytes that are not UTF-8; save the file as UTF-8'],
  'null-byte.yaml': ['5:12: a null byte; save the file as UTF-8 text; is it binary or UTF-16?'],
  'number-out-of-range.json': ["1:67: the number 1e999 is beyond JSON's range"],
  'pem-at-line-start.yaml': [
    '7:1: not YAML: unexpected end of the stream within a double quoted scalar',
    '7:1: text after --- on the same line: "--BEGIN CERTIFICATE-----"; put it on the next line; kubectl takes every line that starts with --- for a document separator and drops the rest of it',
  ],
  'question-mark-in-flow.yaml': [
    '3:40: "http://h/p?q" has a ? and stands in [] or {}; quote it; kubectl takes the ? for the start of a key',
  ],
  'root-list.yaml': [
    '1:1: this is a list, not a Kubernetes object; every document and every item of a list needs apiVersion, kind and metadata',
  ],
  'root-text.yaml': [
    '1:1: this is the string "hello", not a Kubernetes object; every document and every item of a list needs apiVersion, kind and metadata',
  ],
  'second-document-after-dots.yaml': [
    '6:1: a second document after ...; start it with ---; kubectl does not read it otherwise',
  ],
  'syntax-bad-indent.yaml': ['7:4: not YAML: bad indentation of a mapping entry'],
  'syntax-open-bracket.yaml': ['6:1: not YAML: unexpected end of the stream within a flow collection'],
  'syntax-tab-indent.yaml': ['6:1: not YAML: tab characters must not be used in indentation'],
  'tab-on-blank-line.yaml': ['7:1: a tab stands at the start of a line; indent with spaces'],
  'tag-binary.yaml': ['5:11: the tag !!binary means nothing to Kubernetes here; remove it'],
  'tag-on-map.yaml': ['5:7: the tag !!omap means nothing to Kubernetes here; remove it'],
  'tag-unknown.yaml': ['5:11: the tag !Ref means nothing to Kubernetes here; remove it'],
  'tag-wrong-type.yaml': ['5:17: "hello" is not a !!int; remove the tag'],
  'text-after-separator.yaml': [
    '4:1: text after --- on the same line: "{apiVersion: v1, kind: B, metadata: {na"; put it on the next line; kubectl takes every line that starts with --- for a document separator and drops the rest of it',
  ],
  'too-deep-block.yaml': [
    '103:100: maps and lists too deep inside each other; the limit is 100; if you trust the input, raise it with --max-depth',
  ],
  'too-deep.yaml': [
    '4:103: maps and lists too deep inside each other; the limit is 100; if you trust the input, raise it with --max-depth',
  ],
  'unclosed-quote.yaml': ['6:1: not YAML: unexpected end of the stream within a double quoted scalar'],
  'utf-16-unmarked.yaml': ['1:2: a null byte; save the file as UTF-8 text; is it binary or UTF-16?'],
  'utf-16.yaml': [' the file is UTF-16; save the file as UTF-8'],
};

describe('a file that cannot be what its author meant is refused, with place and remedy', () => {
  test.each(Object.entries(EXPECTED))('fails %s', async (file, expected) => {
    const path = `${FOLDER}/${file}`;
    const error = await readInventory([path]).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    const lines = (error as InputError).message
      .split('\n')
      .map((line) => line.replace(path, '').replace(/^:/, ''));
    expect(lines).toEqual(expected);
  });

  test('every file of the folder is in the table', () => {
    expect(readdirSync(FOLDER).sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  test('fails with the problems of all files of a folder at once', async () => {
    const error = await readInventory([FOLDER]).catch((reason: unknown) => reason);
    expect((error as InputError).problems).toHaveLength(Object.values(EXPECTED).flat().length);
  });
});
