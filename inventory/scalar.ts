/** What a plain scalar means; `not-json` is a float that JSON has no form for (`.nan`, `.inf`). */
export type ScalarValue = string | number | boolean | null | typeof NOT_JSON;

export const NOT_JSON: unique symbol = Symbol('a float that JSON cannot hold');

const WORDS: ReadonlyMap<string, ScalarValue> = new Map<string, ScalarValue>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(
    (word) => [word, true] as const,
  ),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(
    (word) => [word, false] as const,
  ),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...[
    '.nan',
    '.NaN',
    '.NAN',
    '.inf',
    '.Inf',
    '.INF',
    '+.inf',
    '+.Inf',
    '+.INF',
    '-.inf',
    '-.Inf',
    '-.INF',
  ].map((word) => [word, NOT_JSON] as const),
]);

const LONGEST_WORD = 5;

const DECIMAL = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;

const MAX_UINT64 = 2n ** 64n - 1n;
const MIN_INT64 = -(2n ** 63n);
const MAX_INT64 = 2n ** 63n - 1n;

/**
 * What the API server receives for a plain scalar: Kubernetes' clients turn YAML to JSON by the rules of YAML 1.1
 * as go-yaml v2 implements them. `yes`, `on` and `y` are booleans, `0755` is 493, `1_000` is 1000, dates stay text.
 * Integers beyond 2^53 become the nearest double.
 */
export function plainScalar(text: string): ScalarValue {
  const word = text.length <= LONGEST_WORD ? WORDS.get(text) : undefined;
  if (word !== undefined) return word;
  const first = text.charCodeAt(0);
  const digit = first >= 48 && first <= 57;
  if (digit || first === 43 || first === 45) return number(text.replaceAll('_', '')) ?? text;
  // go-yaml hands a leading dot to Go's ParseFloat as it stands, which takes underscores between digits only
  if (first === 46) return decimal(text.replace(/(?<=\d)_(?=\d)/g, '')) ?? text;
  return text;
}

/** @returns whether a plain scalar is an integer of at most 64 bits. */
export function isInteger(text: string): boolean {
  return integer(text.replaceAll('_', '')) !== undefined;
}

function number(text: string): number | undefined {
  return integer(text) ?? decimal(text);
}

function integer(text: string): number | undefined {
  const match = INTEGER.exec(text);
  if (match === null) return undefined;
  const [, sign, hex, binary, octal, plain] = match;
  if (plain !== undefined && plain.length < 16) return sign === '-' ? 0 - Number(plain) : Number(plain);
  const digits =
    hex !== undefined
      ? `0x${hex}`
      : binary !== undefined
        ? `0b${binary}`
        : octal !== undefined
          ? `0o${octal}`
          : plain;
  const magnitude = BigInt(digits ?? '0');
  const value = sign === '-' ? -magnitude : magnitude;
  // an unsigned 64-bit integer is accepted without a sign only; a larger decimal is a float, anything else text
  const fits = sign === '' ? value <= MAX_UINT64 : value >= MIN_INT64 && value <= MAX_INT64;
  return fits ? Number(value) : undefined;
}

function decimal(text: string): number | undefined {
  if (!DECIMAL.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}
