import { bytesOf, textOf, type Unknowns } from './bytes.ts';
import { Undetermined } from './error.ts';
import { decimal } from './float.ts';
import { printedValue, refuseOwnForm } from './format.ts';
import { quoted, quotedCharacter } from './quote.ts';
import { entriesOf, type GoValue, known, type Maybe } from './value.ts';

/** Flags, argument index, width, precision, another index and the verb. */
const DIRECTIVE = /%([-+# 0]*)(\[[^\]]*\])?(\*|\d+)?(?:(\.)(\[[^\]]*\])?(\*|\d+)?)?(\[[^\]]*\])?(.?)/gs;

/** fmt ignores wider ones. */
const MAX_WIDTH = 1_000_000;

interface Directive {
  readonly flags: string;
  readonly width: number | undefined;
  readonly precision: number | undefined;
  readonly verb: string;
}

/**
 * `fmt.Sprintf`.
 *
 * @param format bytes, all of them known
 * @throws Undetermined where Go prints something that is not told here (see format.ts)
 */
export function formatted(format: string, args: readonly Maybe[], unknowns: Unknowns): string {
  let next = 0;
  let reordered = false;
  const take = (index: string | undefined): Maybe | typeof MISSING => {
    if (index !== undefined) {
      reordered = true;
      next = Number.parseInt(/^\[(\d{1,6})\]$/.exec(index)?.[1] ?? '0', 10) - 1;
      if (next < 0 || next >= args.length) throw new Undetermined(`the argument index ${index}`);
    }
    next += 1;
    return next > args.length ? MISSING : args[next - 1];
  };
  const text = format.replace(
    DIRECTIVE,
    (
      _,
      flags: string,
      first?: string,
      width?: string,
      dot?: string,
      second?: string,
      precision?: string,
      third?: string,
      verb = '',
    ) => {
      if (verb === '') return '%!(NOVERB)';
      if (verb > '~') throw new Undetermined('a verb that is no ASCII');
      const plainFirst = first !== undefined && width === undefined && dot === undefined;
      const plainSecond = second !== undefined && precision !== '*';
      if ((first !== undefined && !plainFirst && width !== '*') || (plainFirst && third !== undefined))
        throw new Undetermined(`the directive ${_}`);
      const star = width === '*' ? starOf(take(first)) : numberOf(width);
      const limit =
        precision === '*' ? starOf(take(second)) : dot === undefined ? undefined : (numberOf(precision) ?? 0);
      if (verb === '%') {
        if (first !== undefined || second !== undefined || third !== undefined)
          throw new Undetermined('an argument index for a percent sign');
        return '%';
      }
      const arg = take(third ?? (plainFirst ? first : plainSecond ? second : undefined));
      if (arg === MISSING) return `%!${verb}(MISSING)`;
      const left = star !== undefined && star < 0 ? `${flags}-` : flags;
      const directive = {
        flags: left,
        width: star === undefined ? undefined : Math.abs(star),
        precision: limit !== undefined && limit < 0 ? undefined : limit,
        verb,
      };
      return formattedValue(directive, arg as Maybe, unknowns);
    },
  );
  if (reordered || next >= args.length) return text;
  const extra = args
    .slice(next)
    .map((arg) => (arg === undefined ? '<nil>' : `${arg.type.name}=${printedValue(arg)}`));
  return `${text}%!(EXTRA ${extra.join(', ')})`;
}

const MISSING = Symbol('missing');

function starOf(arg: Maybe | typeof MISSING): number {
  if (arg === undefined || typeof arg === 'symbol' || (arg.kind !== 'int' && arg.kind !== 'uint'))
    throw new Undetermined('a width that is no integer');
  return numberOf(String(known(arg.data))) ?? 0;
}

function numberOf(digits: string | undefined): number | undefined {
  if (digits === undefined) return undefined;
  const value = Number(digits);
  if (Math.abs(value) > MAX_WIDTH) throw new Undetermined(`the width ${digits}`);
  return value;
}

function formattedValue(directive: Directive, value: Maybe, unknowns: Unknowns): string {
  const { verb } = directive;
  if (verb === 'T') {
    if (directive.precision !== undefined) throw new Undetermined('%T with a precision');
    return pad(directive, value?.type.name ?? '<nil>');
  }
  if (value === undefined) return verb === 'v' ? pad(directive, '<nil>') : `%!${verb}(<nil>)`;
  refuseOwnForm(value);
  switch (value.kind) {
    case 'string':
      return stringText(directive, value, unknowns);
    case 'int':
    case 'uint':
      return integerText(directive, known(value.data), value, unknowns);
    case 'float':
      return floatText(directive, known(value.data), value, unknowns);
    case 'bool':
      return verb === 't' || verb === 'v'
        ? pad(directive, String(known(value.data)))
        : badVerb(directive, value, unknowns);
    case 'slice': {
      if (directive.flags.includes('#') || verb === 'p') break;
      return `[${(known(value.data) ?? []).map((item) => formattedValue(directive, item, unknowns)).join(' ')}]`;
    }
    case 'map': {
      const map = known(value.data);
      if (directive.flags.includes('#') || verb === 'p') break;
      const entries = map === null ? [] : entriesOf(map);
      const key = (name: string): GoValue => ({
        kind: 'string',
        type: value.type.key?.() ?? value.type,
        data: name,
      });
      return `map[${entries
        .map(
          ([name, item]) =>
            `${formattedValue(directive, key(name), unknowns)}:${formattedValue(directive, item, unknowns)}`,
        )
        .join(' ')}]`;
    }
    case 'ptr':
      if (verb === 'v' && known(value.data) === null) return pad(directive, '<nil>');
  }
  throw new Undetermined(`the form in which Go prints ${value.type.name}`);
}

/** A verb that does not fit is shown with the value. */
function badVerb(directive: Directive, value: GoValue, unknowns: Unknowns): string {
  const shown = formattedValue({ ...directive, verb: 'v' }, value, unknowns);
  return `%!${directive.verb}(${value.type.name}=${shown})`;
}

function stringText(directive: Directive, value: GoValue & { kind: 'string' }, unknowns: Unknowns): string {
  const { flags, verb, width, precision } = directive;
  if (/[#+0 ]/.test(flags) && !(verb === 's' && !/[#0]/.test(flags)))
    throw new Undetermined(`the flags ${flags} for a string`);
  if (!['v', 's', 'q', 'x', 'X'].includes(verb)) return badVerb(directive, value, unknowns);
  if ((verb === 'v' || verb === 's') && width === undefined && precision === undefined) return value.data;
  const bytes = unknowns.known(value.data);
  if (verb === 'x' || verb === 'X') {
    const hex = Buffer.from(bytes.slice(0, precision), 'latin1').toString('hex');
    return pad(directive, verb === 'X' ? hex.toUpperCase() : hex);
  }
  const cut = precision === undefined ? bytes : bytesOf([...textOf(bytes)].slice(0, precision).join(''));
  return pad(directive, verb === 'q' ? quoted(cut) : cut);
}

const BASES: Readonly<Record<string, number>> = { v: 10, d: 10, b: 2, o: 8, O: 8, x: 16, X: 16 };

function integerText(directive: Directive, value: bigint, from: GoValue, unknowns: Unknowns): string {
  const { flags, verb, width, precision } = directive;
  const base = BASES[verb];
  if (flags.includes('#') || (verb === 'v' && flags.includes('+')))
    throw new Undetermined(`the flags ${flags} for an integer`);
  if (base === undefined) {
    if (!['c', 'q', 'U'].includes(verb)) return badVerb(directive, from, unknowns);
    if (/[+0]/.test(flags) || precision !== undefined) throw new Undetermined(`flags for %${verb}`);
    return pad({ ...directive, flags: flags.replaceAll('0', '') }, characterText(verb, value));
  }
  let digits = (value < 0n ? -value : value).toString(base);
  if (verb === 'X') digits = digits.toUpperCase();
  if (precision === 0 && value === 0n) return ' '.repeat(width ?? 0);
  digits = digits.padStart(precision ?? 0, '0');
  const sign = value < 0n ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  const zeros = flags.includes('0') && !flags.includes('-') && precision === undefined;
  if (zeros) digits = digits.padStart((width ?? 0) - sign.length, '0');
  return pad(
    { ...directive, flags: flags.replaceAll('0', '') },
    `${sign}${verb === 'O' ? '0o' : ''}${digits}`,
  );
}

function characterText(verb: string, value: bigint): string {
  const valid = value >= 0n && value <= 0x10ffffn && !(value >= 0xd800n && value < 0xe000n);
  const point = valid ? Number(value) : 0xfffd;
  if (verb === 'c') return bytesOf(String.fromCodePoint(point));
  if (verb === 'q') return quotedCharacter(point);
  if (value < 0n) throw new Undetermined('%U of a negative number');
  return `U+${value.toString(16).toUpperCase().padStart(4, '0')}`;
}

function floatText(directive: Directive, value: number, from: GoValue, unknowns: Unknowns): string {
  const { flags, verb, precision } = directive;
  const simple = { ...directive, flags: flags.replaceAll('0', '') };
  if (!['v', 'e', 'E', 'f', 'F', 'g', 'G', 'b', 'x', 'X'].includes(verb))
    return badVerb(directive, from, unknowns);
  if (/[#+0 ]/.test(flags) || Math.abs(value) >= 1e21) throw new Undetermined(`%${verb} of a number`);
  if ((verb === 'v' || verb === 'g') && precision === undefined) return pad(simple, decimal(value));
  // JavaScript rounds a half up, Go to even
  const isHalf = Math.abs((value * 10 ** (precision ?? 6)) % 1) === 0.5;
  if ((verb === 'f' || verb === 'F') && !isHalf && (precision ?? 6) <= 20)
    return pad(simple, value.toFixed(precision ?? 6));
  throw new Undetermined(`%${verb} of a number`);
}

/** Fills up with spaces, left unless the flag `-` says right; width counts characters, not bytes. */
function pad({ flags, width = 0 }: Directive, bytes: string): string {
  const missing = width - [...textOf(bytes)].length;
  if (missing <= 0) return bytes;
  if (flags.includes('0') && !flags.includes('-')) throw new Undetermined('zeros before a text');
  return flags.includes('-') ? bytes + ' '.repeat(missing) : ' '.repeat(missing) + bytes;
}
