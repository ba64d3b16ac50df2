import { describe, expect, test } from 'vitest';
import { isInteger, NOT_JSON, plainScalar } from '../../inventory/scalar.ts';

describe('a plain scalar means what the API server receives', () => {
  test.each([
    ['yes', true],
    ['On', true],
    ['y', true],
    ['TRUE', true],
    ['no', false],
    ['off', false],
    ['N', false],
    ['~', null],
    ['', null],
    ['null', null],
    ['Null', null],
    ['0755', 493],
    ['0o755', 493],
    ['0x1F', 31],
    ['-0x1F', -31],
    ['0b101', 5],
    ['1_000', 1000],
    ['+12', 12],
    ['-0', 0],
    ['1e3', 1000],
    ['.5', 0.5],
    ['1.', 1],
    ['.4_9', 0.49],
    ['08', 8],
    ['09.5', 9.5],
    ['18446744073709551615', 2 ** 64],
    ['99999999999999999999', 1e20],
    ['-9223372036854775808', -(2 ** 63)],
  ])('%s is a value', (text, value) => {
    expect(plainScalar(text)).toBe(value);
  });

  test.each([
    'text',
    'tRUE',
    'yEs',
    'nULL',
    '2024-01-31',
    '2001-12-14t21:59:43.10-05:00',
    '1.2.3',
    '10Gi',
    '500m',
    '12:30:45',
    '_1',
    '0x',
    '0xFFFFFFFFFFFFFFFFF',
    '1e400',
    '+',
    '-',
    '.',
    '<<',
    '1e',
    'constructor',
    '__proto__',
  ])('%s stays text', (text) => {
    expect(plainScalar(text)).toBe(text);
  });

  test.each(['.nan', '.inf', '-.INF', '+.Inf'])('%s has no form in JSON', (text) => {
    expect(plainScalar(text)).toBe(NOT_JSON);
  });

  test('integers and other numbers are told apart, for explicit tags', () => {
    expect(['0xE', '1_0', '-5'].map(isInteger)).toEqual([true, true, true]);
    expect(['1.0', '1e3', 'x', ''].map(isInteger)).toEqual([false, false, false, false]);
  });
});
