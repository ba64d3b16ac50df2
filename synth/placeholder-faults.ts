import type { Json, JsonObject, Manifest } from '../core/manifest.ts';
import { pointerSegment } from '../core/pointer.ts';
import type { Fault } from './fault.ts';

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
const SHELL_VARIABLES: ReadonlySet<string> = new Set([
  'HOME',
  'HOSTNAME',
  'PATH',
  'PWD',
  'IFS',
  'RANDOM',
  'UID',
  'USER',
  'PPID',
  'OLDPWD',
]);

/** Anything below would find nothing in a text that does not match this. */
const SUSPICIOUS = /\$\{|<no value>|\[object Object\]/;

/**
 * Finds placeholders that something should have replaced before synth. In a command, `${NAME}` is fine where the
 * container, the script or every shell has a variable of that name; a text that begins with `#!` is a script.
 *
 * @param literals names that are meant as they stand, anywhere
 */
export function placeholderFaults(manifest: Manifest, literals: readonly string[]): Fault[] {
  const faults: Fault[] = [];
  if (isSuspicious(manifest)) visit(manifest, '', { literals, inCommand: false }, faults);
  return faults;
}

/** Nearly no manifest is, so it is found out before any path is made. */
function isSuspicious(value: Json | undefined): boolean {
  if (typeof value === 'string') return SUSPICIOUS.test(value);
  if (typeof value !== 'object' || value === null) return false;
  if (isList(value)) return value.some(isSuspicious);
  for (const field in value) if (isSuspicious(value[field])) return true;
  return false;
}

interface Context {
  readonly literals: readonly string[];
  /** The container around the text. */
  readonly container?: JsonObject;
  /** Whether a shell may run the text. */
  readonly inCommand: boolean;
}

function visit(value: Json | undefined, path: string, context: Context, faults: Fault[]): void {
  if (typeof value === 'string') {
    if (SUSPICIOUS.test(value) && !value.startsWith('#!')) textFaults(value, path, context, faults);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (isList(value)) {
    value.forEach((item, index) => {
      visit(item, `${path}/${index}`, context, faults);
    });
    return;
  }
  const around = typeof value['image'] === 'string' ? { ...context, container: value } : context;
  for (const field in value) {
    const inside = COMMAND_FIELDS.has(field) ? { ...around, inCommand: true } : around;
    visit(value[field], `${path}/${pointerSegment(field)}`, inside, faults);
  }
}

function textFaults(text: string, path: string, context: Context, faults: Fault[]): void {
  for (const [placeholder, name = ''] of text.matchAll(PLACEHOLDER)) {
    if (context.literals.includes(name) || (context.inCommand && isVariable(name, context.container)))
      continue;
    faults.push({
      path,
      what: `unresolved placeholder ${placeholder} in ${JSON.stringify(excerpt(text, placeholder))}`,
      remedy: 'give the value as a parameter',
    });
  }
  for (const { found, of } of LEFTOVERS) {
    const match = found.exec(text)?.[0];
    if (match === undefined) continue;
    faults.push({ path, what: `${JSON.stringify(match)} is ${of}`, remedy: 'give the value itself' });
  }
}

/** @returns whether a shell in this container knows a variable; what `envFrom` brings is not known here. */
function isVariable(name: string, container: JsonObject = {}): boolean {
  if (SHELL_VARIABLES.has(name) || container['envFrom'] !== undefined) return true;
  const { env } = container;
  if (Array.isArray(env) && env.some((variable) => Object(variable).name === name)) return true;
  const script = JSON.stringify(container);
  return new RegExp(`\\b${name}=|\\b(?:read|read -r|for) ${name}\\b`).test(script);
}

function excerpt(text: string, around: string): string {
  const at = text.indexOf(around);
  return text.slice(Math.max(0, at - 20), at + around.length + 20);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
