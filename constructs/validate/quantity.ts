const SUFFIX: Readonly<Record<string, readonly [base: bigint, exponent: bigint]>> = {
  n: [10n, -9n],
  u: [10n, -6n],
  m: [10n, -3n],
  '': [10n, 0n],
  k: [10n, 3n],
  M: [10n, 6n],
  G: [10n, 9n],
  T: [10n, 12n],
  P: [10n, 15n],
  E: [10n, 18n],
  Ki: [2n, 10n],
  Mi: [2n, 20n],
  Gi: [2n, 30n],
  Ti: [2n, 40n],
  Pi: [2n, 50n],
  Ei: [2n, 60n],
};

/** 10^-9, the finest step of the Kubernetes quantity, is the unit; finer digits round up as they do there. */
const SCALE = 9n;

/**
 * Reads a Kubernetes resource quantity, such as `500m`, `1.5Gi` or `2e3`.
 *
 * @returns its value in billionths, exact; undefined when the text is no quantity or is negative
 */
export function parseQuantity(text: string): bigint | undefined {
  const match =
    /^\+?(\d{1,30})(?:\.(\d{0,30}))?(?:[eE]([+-]?\d{1,2})|(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]))?$/.exec(text);
  if (match === null) return undefined;
  const [, whole = '', fraction = '', exponent, suffix = ''] = match;
  const [base, power] = SUFFIX[suffix] ?? [10n, 0n];
  let numerator = BigInt(whole + fraction);
  let denominator = 10n ** BigInt(fraction.length);
  const scale = SCALE + (base === 10n ? power : 0n) + BigInt(exponent ?? 0);
  if (base === 2n) numerator *= 2n ** power;
  if (scale >= 0n) numerator *= 10n ** scale;
  else denominator *= 10n ** -scale;
  return (numerator + denominator - 1n) / denominator;
}
