/** @returns a float as Go's `%v` has it: with an exponent below 1e-4 and from 1e6. */
export function decimal(value: number): string {
  if (Object.is(value, -0)) return '-0';
  const [digits = '', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  return power < -4 || power >= 6 ? `${digits}e${twoDigits(power)}` : String(value);
}

/** @returns an exponent with sign and at least two digits. */
function twoDigits(power: number): string {
  return `${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
