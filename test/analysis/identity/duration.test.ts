import { expect, test } from 'vitest';
import { secondsOf } from '../../../analysis/identity/duration.ts';

test.each([
  ['0', 0],
  ['1h', 3600],
  ['1h30m', 5400],
  ['1h30m10.9s', 5410],
  ['.5m', 30],
  ['1.h', 3600],
  ['1500ms', 1],
  ['999999999ns', 0],
  ['-90s', -90],
  ['+1m', 60],
])('%s is %d seconds', (text, seconds) => {
  expect(secondsOf(text)).toBe(seconds);
});

test.each(['', '-', '1', 'h', '1 h', '1d', '1h 30m', 'one hour', '1h-30m', '.s', '3000000h', '1H'])(
  'fails: %j is no duration',
  (text) => {
    expect(secondsOf(text)).toBeUndefined();
  },
);
