import {
  getScalarValue,
  type MappingEvent,
  SCALAR_STYLE,
  type ScalarEvent,
  type SequenceEvent,
} from 'js-yaml';
import type { Json } from '../core/manifest.ts';
import { isInteger, NOT_JSON, plainScalar, type ScalarValue } from './scalar.ts';
import { YamlProblem } from './yaml-problem.ts';

const KNOWN_TAGS = new Set(['', '!', '!!str', '!!int', '!!float', '!!bool', '!!null', '!!map', '!!seq']);

/** @returns what a scalar means; of an explicit tag, that it fits. */
export function scalar(event: ScalarEvent, text: string, offset: number, json: boolean): ScalarValue {
  const value = getScalarValue(text, event);
  if (event.style === SCALAR_STYLE.DOUBLE_QUOTED && !event.fast) checkEscapes(text, event, value, json);
  if (event.tagStart < 0) {
    if (event.style !== SCALAR_STYLE.PLAIN) return value;
    const resolved = plainScalar(value);
    if (json && typeof resolved === 'string')
      throw new YamlProblem(offset, `the number ${value} is beyond JSON's range`);
    return resolved;
  }
  return tagged(checkTag(text, event), value, offset);
}

function tagged(tag: string, value: string, offset: number): ScalarValue {
  if (tag === '!' || tag === '!!str') return value;
  const resolved = plainScalar(value);
  const type =
    resolved === null
      ? '!!null'
      : typeof resolved === 'boolean'
        ? '!!bool'
        : isInteger(value)
          ? '!!int'
          : '!!float';
  const fits = type === tag || (tag === '!!float' && type === '!!int');
  if (typeof resolved === 'string' || !fits)
    throw new YamlProblem(offset, `${JSON.stringify(value)} is not a ${tag}`, 'remove the tag');
  return resolved;
}

/** @returns the tag as written, `''` without one. */
export function checkTag(
  text: string,
  event: ScalarEvent | MappingEvent | SequenceEvent,
  own?: string,
): string {
  if (event.tagStart < 0) return '';
  const tag = text.slice(event.tagStart, event.tagEnd);
  const fits = own === undefined ? KNOWN_TAGS.has(tag) && tag !== '!!map' && tag !== '!!seq' : tag === own;
  if (!fits)
    throw new YamlProblem(event.tagStart, `the tag ${tag} means nothing to Kubernetes here`, 'remove it');
  return tag;
}

function checkEscapes(text: string, event: ScalarEvent, value: string, json: boolean): void {
  if (!value.isWellFormed())
    throw new YamlProblem(
      event.valueStart,
      'an escape that is half a character',
      'write both halves, or the character itself',
    );
  const source = text.slice(event.valueStart, event.valueEnd);
  for (const { 0: sequence, 1: hex, index } of source.matchAll(/\\(?:[uU]([0-9a-fA-F]{4,8})|.)/gs)) {
    if (hex === undefined) continue;
    const long = sequence[1] === 'U';
    const code = Number.parseInt(long ? hex : hex.slice(0, 4), 16);
    if (code > 0x10ffff || (!json && code >= 0xd800 && code <= 0xdfff)) {
      throw new YamlProblem(
        event.valueStart + index,
        `the escape ${sequence} is not a character`,
        'write the character itself',
      );
    }
  }
}

/** @returns a scalar's value, if JSON can hold it. */
export function asJson(value: ScalarValue, offset: number): Json {
  if (value === NOT_JSON)
    throw new YamlProblem(
      offset,
      'a number that JSON cannot hold (infinity or NaN)',
      'quote it to make it text',
    );
  return value as Json;
}
