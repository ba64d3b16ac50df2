import { textOf } from './bytes.ts';
import { CHARACTERS, isPrintable } from './quote.ts';

const HTML: Readonly<Record<string, string>> = {
  '\0': '\xef\xbf\xbd',
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
};

/** @returns bytes that HTML shows as given. */
export function escapeHtml(bytes: string): string {
  return bytes.replace(/[\0"'&<>]/g, (byte) => HTML[byte] ?? byte);
}

/** @returns bytes as JavaScript has them in a string. */
export function escapeJs(bytes: string): string {
  return bytes.replace(CHARACTERS, (found) => {
    if (found === '\\' || found === "'" || found === '"') return `\\${found}`;
    const isPlain = found.length === 1 ? found >= ' ' && !'<>&='.includes(found) : isPrintable(textOf(found));
    if (isPlain) return found;
    const point = textOf(found).codePointAt(0) ?? 0;
    return `\\u${point.toString(16).toUpperCase().padStart(4, '0')}`;
  });
}

/** @returns bytes as a value in the query of a URL. */
export function escapeUrlQuery(bytes: string): string {
  return bytes.replace(/[^A-Za-z0-9._~-]/g, (byte) =>
    byte === ' ' ? '+' : `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}
