import { YamlProblem } from './yaml-problem.ts';

/** Everything that Kubernetes' YAML reader refuses, or takes for a line break where editors show none. */
const OFFENDING =
  /[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]|[\ud800-\udfff]/u;

/** @returns the problem of the first character that a YAML file must not hold as it is. */
export function findOffending(text: string): YamlProblem | undefined {
  const match = OFFENDING.exec(text);
  if (match === null) return undefined;
  const code = text.codePointAt(match.index) ?? 0;
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  if (code === 0) {
    return new YamlProblem(
      match.index,
      'a null byte',
      'save the file as UTF-8 text; is it binary or UTF-16?',
    );
  }
  return new YamlProblem(
    match.index,
    `the character ${name}, which Kubernetes' YAML reader ${code === 0x85 || code === 0x2028 || code === 0x2029 ? 'takes for a line break' : 'refuses'}`,
    'remove it, or write it as an escape in a double-quoted string',
  );
}
