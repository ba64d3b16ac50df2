import { describe, expect, test } from 'vitest';
import { parseQueries } from '../../ask/index.ts';

describe('questions are read', () => {
  test.each([
    ['from a JSON array', '[{"id":"a"},{"id":"b"}]', [{ id: 'a' }, { id: 'b' }]],
    ['one a line, with empty lines between', '{"id":"a"}\r\n\n{"id":"b"}\n', [{ id: 'a' }, { id: 'b' }]],
    ['from one object on many lines', '{\n "id": "a"\n}', [{ id: 'a' }]],
    ['after a byte order mark', '\ufeff[]', []],
    ['from nothing', '', []],
  ])('%s', (_, text, questions) => {
    expect(parseQueries(text, 'q.json')).toEqual(questions);
  });
});

test('fails on an array that is not JSON', () => {
  expect(() => parseQueries('[{"id":"a"},', 'q.json')).toThrow(/^q\.json: not valid JSON/);
});

test('fails on a line that is not JSON, and says which', () => {
  expect(() => parseQueries('{"id":"a"}\nid: b\n', 'q.ndjson')).toThrow(/^q\.ndjson:2: not valid JSON/);
});
