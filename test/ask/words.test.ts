import Type from 'typebox';
import { describe, expect, test } from 'vitest';
import { questionFromWords } from '../../ask/index.ts';

const type = {
  schema: Type.Object({
    subject: Type.String(),
    dnsQuery: Type.Optional(Type.String()),
    port: Type.Unknown(),
    http: Type.Object({ path: Type.String() }),
  }),
  answer: () => ({}),
};
const words = (...list: string[]) => questionFromWords('some', list, type);

describe('words on the command line are the fields of a question', () => {
  test('by flags in either form', () => {
    expect(words('--subject', 'user:a', '--port=80')).toEqual({
      id: 'some',
      type: 'some',
      subject: 'user:a',
      port: 80,
    });
  });

  test('text stays text, what looks like a number included', () => {
    expect(words('--subject', '1.30')).toMatchObject({ subject: '1.30' });
  });

  test('anything else is JSON where it can be', () => {
    expect(words('--port', '{"a":1}', '--other', 'x')).toMatchObject({ port: { a: 1 }, other: 'x' });
  });

  test('words of a name are joined', () => {
    expect(words('--dns-query', 'a.b')).toMatchObject({ dnsQuery: 'a.b' });
  });

  test('a dot leads into an object', () => {
    expect(words('--http.path', '1', '--options.trust-domain', '2')).toMatchObject({
      http: { path: '1' },
      options: { trustDomain: '2' },
    });
  });

  test('a flag without a value is true', () => {
    expect(words('--plaintext', '--port', '1')).toMatchObject({ plaintext: true, port: 1 });
  });

  test('a field named __proto__ is a field like any other', () => {
    expect(Object.hasOwn(words('--x.__proto__', '1')['x'] as object, '__proto__')).toBe(true);
  });
});

test.each([
  ['on a word without a flag', ['user:a'], 'is neither a field nor its value'],
  ['on a field given twice', ['--port', '1', '--port', '2'], 'is given twice'],
  ['on a field below a value', ['--http', '1', '--http.path', '2'], 'stands below http'],
])('fails %s', (_, list, message) => {
  expect(() => words(...list)).toThrow(message);
});
