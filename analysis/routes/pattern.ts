import { RE2JS } from 're2js';

/** A regular expression in RE2 syntax, which matches in linear time whatever a manifest holds. */
export interface Pattern {
  /** @returns whether the whole text matches. */
  matches(text: string): boolean;
}

/** Longer than any field of a route may be. */
const MAX_LENGTH = 4096;

/** @returns undefined where the text is no regular expression of RE2. */
export function patternOf(text: string): Pattern | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  try {
    const compiled = RE2JS.compile(text);
    return { matches: (input) => compiled.matches(input) };
  } catch {
    return undefined;
  }
}
