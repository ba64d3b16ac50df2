import { TemplateError } from './error.ts';
import type { NumberNode } from './node.ts';
import { unquoteCharacter } from './quote.ts';
import type { TokenType } from './token.ts';

const MAX_UINT64 = 2n ** 64n - 1n;
const MAX_INT64 = 2n ** 63n - 1n;
const MIN_INT64 = -(2n ** 63n);

/**
 * A number as a template means it: an integer, a float, or, for what looks like neither, complex.
 *
 * @throws TemplateError
 */
export function numberNode(text: string, type: TokenType): NumberNode {
  if (type === 'char-constant') return { node: 'number', text, value: BigInt(unquoteCharacter(text)) };
  if (type === 'complex' || text.endsWith('i')) return { node: 'number', text, value: 'complex' };
  const integer = integerOf(text);
  if (integer !== undefined && integer >= MIN_INT64 && integer <= MAX_UINT64)
    return { node: 'number', text, value: integer > MAX_INT64 ? 'overflow' : integer };
  const float = floatOf(text);
  if (float === undefined) throw new TemplateError('parse', `illegal number syntax: ${JSON.stringify(text)}`);
  if (!/[.eEpP]/.test(text)) throw new TemplateError('parse', `integer overflow: ${JSON.stringify(text)}`);
  return { node: 'number', text, value: float };
}

function integerOf(text: string): bigint | undefined {
  const match =
    /^([-+]?)(?:(0[xX](?:_?[0-9a-fA-F])+)|(0[bB](?:_?[01])+)|(?:0[oO]?((?:_?[0-7])+))|(0|[1-9](?:_?[0-9])*))$/.exec(
      text,
    );
  if (match === null) return undefined;
  const [, sign, hex, binary, octal, decimal] = match;
  const digits = hex ?? binary ?? (octal === undefined ? decimal : `0o${octal}`) ?? '';
  const value = BigInt(digits.replaceAll('_', '').toLowerCase());
  return sign === '-' ? -value : value;
}

/** Underscores may stand between digits. */
function floatOf(text: string): number | undefined {
  if (/_(?![0-9a-fA-F])|(?<![0-9a-fA-FxX])_/.test(text)) return undefined;
  const digits = text.replaceAll('_', '');
  const hex = /^([-+]?)0[xX]([0-9a-fA-F]*)(?:\.([0-9a-fA-F]*))?[pP]([-+]?[0-9]+)$/.exec(digits);
  if (hex !== null) {
    const [, sign, whole = '', part = '', exponent = ''] = hex;
    if (whole + part === '') return undefined;
    const value =
      Number(BigInt(`0x${whole}${part}`)) * 2 ** (Number.parseInt(exponent, 10) - 4 * part.length);
    return Number.isFinite(value) ? (sign === '-' ? -value : value) : undefined;
  }
  const plain = /^[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$/.test(digits);
  const value = Number(digits);
  return plain && Number.isFinite(value) ? value : undefined;
}
