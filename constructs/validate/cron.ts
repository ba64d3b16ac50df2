interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** Names that stand for numbers, from `least` on. */
  readonly names?: readonly string[];
}

const FIELDS: readonly Field[] = [
  { name: 'minute', least: 0, most: 59 },
  { name: 'hour', least: 0, most: 23 },
  { name: 'day of month', least: 1, most: 31 },
  {
    name: 'month',
    least: 1,
    most: 12,
    names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  },
  { name: 'day of week', least: 0, most: 6, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
];

const MACRO = /^@(yearly|annually|monthly|weekly|daily|midnight|hourly)$/;

/** @returns what is wrong with a CronJob schedule; undefined when nothing is. */
export function cronFault(text: string): string | undefined {
  if (MACRO.test(text)) return undefined;
  const parts = text.trim().split(/\s+/);
  if (parts.length !== FIELDS.length)
    return `has ${text.trim() === '' ? 0 : parts.length} fields instead of 5`;
  for (const [index, field] of FIELDS.entries()) {
    if (!(parts[index] ?? '').split(',').every((part) => isRange(part, field)))
      return `has a bad ${field.name}`;
  }
  return undefined;
}

function isRange(text: string, field: Field): boolean {
  const match = /^(\*|\?|[a-z0-9]+)(?:-([a-z0-9]+))?(?:\/(\d{1,3}))?$/i.exec(text);
  if (match === null) return false;
  const [, from = '', to, step] = match;
  if (step !== undefined && Number(step) < 1) return false;
  if (from === '*' || from === '?') return to === undefined;
  const first = numberOf(from, field);
  const last = to === undefined ? first : numberOf(to, field);
  return first !== undefined && last !== undefined && first <= last;
}

function numberOf(text: string, { least, most, names = [] }: Field): number | undefined {
  const named = names.indexOf(text.toLowerCase());
  if (named >= 0) return least + named;
  const value = Number(text);
  return /^\d{1,2}$/.test(text) && value >= least && value <= most ? value : undefined;
}
