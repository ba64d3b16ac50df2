/** DNS names that a rule means. */
export interface NamePattern {
  /** As written. */
  readonly text: string;
  readonly matches: (name: string) => boolean;
}

const CHARACTER = '[-a-z0-9_]';

/** A rule's `matchName`: that name, whatever its case, with or without the final dot. */
export function exactName(text: string): NamePattern {
  const wanted = normalName(text);
  return { text, matches: (name) => normalName(name) === wanted };
}

/**
 * A rule's `matchPattern`: `*` is any number of characters within a label, `*` alone is every name, `**.` in front
 * is one label or more, and `**` elsewhere is `*`.
 */
export function namePattern(text: string): NamePattern {
  if (text === '*') return { text, matches: () => true };
  const lower = normalName(text);
  const leading = lower.startsWith('**.');
  const rest = (leading ? lower.slice(3) : lower).replace(/\*+/g, '*');
  return {
    text,
    matches: (name) => {
      const labels = normalName(name).split('.').slice(0, -1);
      const pattern = rest.split('.').slice(0, -1);
      if (leading ? labels.length <= pattern.length : labels.length !== pattern.length) return false;
      const extra = labels.slice(0, labels.length - pattern.length);
      return (
        extra.every((label) => new RegExp(`^${CHARACTER}+$`).test(label)) &&
        labels.slice(extra.length).every((label, index) => labelMatches(pattern[index] ?? '', label))
      );
    },
  };
}

/** The `domainNames` of an AdminNetworkPolicy: a leading `*.` is one label or more. */
export function domainName(text: string): NamePattern {
  if (!text.startsWith('*.')) return exactName(text);
  const suffix = normalName(text).slice(1);
  return { text, matches: (name) => normalName(name).endsWith(suffix) && normalName(name) !== suffix };
}

/** @returns a name in lower case with a final dot. */
function normalName(name: string): string {
  const lower = name.toLowerCase();
  return lower.endsWith('.') ? lower : `${lower}.`;
}

/** Linear, for a pattern with many asterisks must not hang: each asterisk takes the earliest place that fits. */
function labelMatches(pattern: string, label: string): boolean {
  if (!new RegExp(`^${CHARACTER}*$`).test(label)) return false;
  const [first = '', ...others] = pattern.split('*');
  const last = others.pop();
  if (last === undefined) return pattern === label;
  if (!label.startsWith(first) || !label.endsWith(last)) return false;
  let at = first.length;
  for (const part of others) {
    const found = label.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at + last.length <= label.length;
}
