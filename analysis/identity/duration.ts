/** Nanoseconds of the units of Go's durations. */
const UNITS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

const PART = /([0-9]+\.?[0-9]*|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)/y;

/**
 * Reads a duration as Go writes them, such as `1h30m`.
 *
 * @returns whole seconds, cut off; undefined where it is none
 */
export function secondsOf(text: string): number | undefined {
  const sign = /^[-+]/.exec(text)?.[0] ?? '';
  if (text.slice(sign.length) === '0') return 0;
  let nanoseconds = 0;
  let at = sign.length;
  while (at < text.length) {
    PART.lastIndex = at;
    const [part, number, unit] = PART.exec(text) ?? [];
    if (part === undefined) return undefined;
    nanoseconds += Number(number) * (UNITS[unit ?? ''] ?? 0);
    at += part.length;
  }
  if (at === sign.length || nanoseconds >= 2 ** 63) return undefined;
  const seconds = Math.trunc(nanoseconds / 1e9);
  return sign === '-' && seconds !== 0 ? -seconds : seconds;
}
