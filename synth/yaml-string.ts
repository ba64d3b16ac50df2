/**
 * Strings that no reader of YAML takes for anything else: they begin with a letter, a slash or an option's dashes, and a
 * colon or a space in them is followed by more of a word.
 */
const PLAIN = /^-{0,2}[A-Za-z_/](?:[\w./@+=,()-]|:(?=[\w./@-])| (?=[\w./@(-]))*$/;

/** Quantities of Kubernetes: digits with a suffix that is no exponent. */
const QUANTITY = /^[1-9][0-9]*(?:m|k|M|G|Ki|Mi|Gi|Ti)$/;

const PLAIN_KEY = /^[A-Za-z_][\w./-]*$/;

/** Words that some reader takes for a boolean, null or a number, in any case. */
const WORDS: ReadonlySet<string> = new Set([
  'y',
  'n',
  'yes',
  'no',
  'on',
  'off',
  'true',
  'false',
  'null',
  'nan',
  'inf',
]);
const LONGEST_WORD = 5;

/** What may pass for a number: some readers take even `E0` for one. */
const NUMERIC = /^[-+_.eE\d]*$/;

/** All that can stand in single quotes: printable text without line breaks. */
const PRINTABLE = /^[\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/;

/** What no block can show as it is: a blank beginning, a line of blanks, and what is not printable. */
const NO_BLOCK = /^\s|\n[\t ]+(?:\n|$)|[^\t\n\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;

/** What a quoted string must write as an escape although JSON does not. */
const UNPRINTABLE = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** @returns a key of a mapping, quoted where it needs to be. */
export function keyText(key: string): string {
  if (PLAIN_KEY.test(key) && !isTaken(key)) return key;
  return PRINTABLE.test(key) ? singleQuoted(key) : doubleQuoted(key);
}

/**
 * @param indent what the lines of a block begin with
 * @returns a string as a plain word, in quotes, or, where it has several lines, as a block
 */
export function stringText(text: string, indent: string): string {
  if ((PLAIN.test(text) || QUANTITY.test(text)) && !isTaken(text)) return text;
  if (PRINTABLE.test(text)) return singleQuoted(text);
  return NO_BLOCK.test(text) ? doubleQuoted(text) : blockText(text, indent);
}

function isTaken(text: string): boolean {
  return NUMERIC.test(text) || (text.length <= LONGEST_WORD && WORDS.has(text.toLowerCase()));
}

function blockText(text: string, indent: string): string {
  const chomping = text.endsWith('\n\n') ? '+' : text.endsWith('\n') ? '' : '-';
  const lines = text.endsWith('\n') ? text.slice(0, -1) : text;
  return `|${chomping}\n${indent}${lines.replace(/\n(?=[^\n])/g, `\n${indent}`)}`;
}

function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function doubleQuoted(text: string): string {
  return JSON.stringify(text).replace(
    UNPRINTABLE,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
