import { type Problem, problemText } from '../core/problem.ts';

/** Beyond this many nobody reads on, and the first ones tell what to mend. */
const MAX_SHOWN = 100;

/**
 * @returns problems as lines for a terminal, each with a line break at its end. Control characters, which file names
 *   and values may hold, are escaped, so that none of them starts a line or changes the terminal.
 */
export function problemLines(problems: readonly Problem[]): string {
  const shown = problems.slice(0, MAX_SHOWN).map((problem) => `error: ${escaped(problemText(problem))}\n`);
  const more = problems.length - shown.length;
  return `${shown.join('')}${more > 0 ? `error: and ${more} more\n` : ''}`;
}

function escaped(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
