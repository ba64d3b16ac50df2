import type { Json, JsonObject, Manifest } from '../core/manifest.ts';
import { type Fault, segment } from './fault.ts';

/** What template tools leave behind when a value is missing. */
const LEFTOVERS: readonly { readonly found: RegExp; readonly of: string }[] = [
  { found: /\$\{Token\[[^\]]*\]\}/, of: 'a token that nothing resolved' },
  { found: /<no value>/, of: 'what a Helm template writes for a missing value' },
  { found: /\[object Object\]/, of: 'an object written as text' },
];

const PLACEHOLDER = /\$\{([A-Z][A-Z0-9_]*)\}/g;

/** Fields whose text a shell may run, so that `${NAME}` can be a variable of it. */
const COMMAND_FIELDS: ReadonlySet<string> = new Set(['command', 'args']);

/** Variables that every container's shell has. */
const SHELL_VARIABLES = ['HOME', 'HOSTNAME', 'PATH', 'PWD', 'IFS', 'RANDOM', 'UID', 'USER', 'PPID', 'OLDPWD'];

/** A shell's `NAME=value`, `read NAME` and `for NAME in`. */
const ASSIGNMENT = /\b([A-Z][A-Z0-9_]*)=|\b(?:read|read -r|for) ([A-Z][A-Z0-9_]*)\b/g;

/**
 * Finds placeholders that something should have replaced before synth. In a command, `${NAME}` is fine where the
 * container, the script or every shell has a variable of that name; a text that begins with `#!` is a script.
 *
 * @param literals names that are meant as they stand, anywhere
 */
export function placeholderFaults(manifest: Manifest, literals: readonly string[]): Fault[] {
  const faults: Fault[] = [];
  const anywhere = new Set(literals);
  visit(manifest, '', { anywhere, inCommands: anywhere }, faults);
  return faults;
}

/** Names that `${NAME}` may hold: anywhere, and where a shell may run the text. */
interface Known {
  readonly anywhere: ReadonlySet<string>;
  readonly inCommands: ReadonlySet<string>;
}

function visit(value: Json | undefined, path: string, known: Known, faults: Fault[]): void {
  if (typeof value === 'string') {
    if (value.length > 3 && !value.startsWith('#!')) textFaults(value, path, known.anywhere, faults);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (isList(value)) {
    value.forEach((item, index) => {
      visit(item, `${path}/${index}`, known, faults);
    });
    return;
  }
  const inCommands = 'image' in value ? variablesOf(value, known.anywhere) : known.inCommands;
  for (const field in value) {
    const anywhere = COMMAND_FIELDS.has(field) ? inCommands : known.anywhere;
    visit(value[field], `${path}/${segment(field)}`, { anywhere, inCommands }, faults);
  }
}

function textFaults(text: string, path: string, known: ReadonlySet<string>, faults: Fault[]): void {
  if (text.includes('${')) {
    for (const [placeholder, name = ''] of text.matchAll(PLACEHOLDER)) {
      if (known.has(name)) continue;
      faults.push({
        path,
        what: `unresolved placeholder ${placeholder} in ${JSON.stringify(excerpt(text, placeholder))}`,
        remedy: 'give the value as a parameter',
      });
    }
  }
  for (const { found, of } of LEFTOVERS) {
    const match = found.exec(text)?.[0];
    if (match !== undefined)
      faults.push({ path, what: `${JSON.stringify(match)} is ${of}`, remedy: 'give the value itself' });
  }
}

/** The variables that a shell in this container knows. */
function variablesOf(container: JsonObject, known: ReadonlySet<string>): ReadonlySet<string> {
  const names = new Set([...known, ...SHELL_VARIABLES]);
  const { env } = container;
  if (Array.isArray(env)) for (const variable of env) names.add(String(Object(variable).name));
  const text = JSON.stringify(container);
  for (const [, assigned, read] of text.matchAll(ASSIGNMENT)) names.add(assigned ?? read ?? '');
  return names;
}

function excerpt(text: string, around: string): string {
  const at = text.indexOf(around);
  return text.slice(Math.max(0, at - 20), at + around.length + 20);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
