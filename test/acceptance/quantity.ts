const FACTORS: Readonly<Record<string, readonly [base: bigint, exponent: number]>> = {
  n: [10n, -9],
  u: [10n, -6],
  m: [10n, -3],
  '': [10n, 0],
  k: [10n, 3],
  M: [10n, 6],
  G: [10n, 9],
  T: [10n, 12],
  P: [10n, 15],
  E: [10n, 18],
  Ki: [2n, 10],
  Mi: [2n, 20],
  Gi: [2n, 30],
  Ti: [2n, 40],
  Pi: [2n, 50],
  Ei: [2n, 60],
};

/**
 * @returns a Kubernetes quantity in billionths, so that `1000m` and `"1"` are equal; undefined where it is none
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function billionths(quantity: string): bigint | undefined {
  const match = /^([+-]?)(\d+)(?:\.(\d{1,9}))?([eE][+-]?\d{1,2}|[numkMGTPE]|[KMGTPE]i|)$/.exec(quantity);
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = '', suffix = ''] = match;
  const [base, exponent] = /^[eE][+-]?\d/.test(suffix)
    ? ([10n, Number(suffix.slice(1))] as const)
    : (FACTORS[suffix] ?? [10n, 0]);
  const digits = BigInt(whole + fraction.padEnd(9, '0'));
  const value = exponent < 0 ? digits / base ** BigInt(-exponent) : digits * base ** BigInt(exponent);
  return sign === '-' ? -value : value;
}
