import { type Rule, SEEN } from '../rule.ts';

/** A Rego module that evaluates many rules in one call, and where to find which set. */
export interface Dispatch {
  readonly rego: string;
  /** Entrypoints by `Kind.group`, `Kind`, `*`. */
  readonly byKind: Readonly<Record<string, string>>;
  readonly graph?: string;
}

/**
 * Writes the module that evaluates all rules for a kind in one call. One call instead of twenty reads the
 * input once, and shares what the rules compute from it through the library.
 */
export function dispatchModule(pack: string, rules: readonly Rule[]): Dispatch {
  const module = `sluice.dispatch.${identifier(pack)}`;
  const sets = new Map<string, string>();
  const lines = [`package ${module}`];
  const entrypoint = (members: readonly Rule[], seen: boolean): string => {
    const key = members.map(({ id }) => id).join(' ');
    const known = sets.get(key);
    if (known !== undefined) return known;
    const set = `set_${sets.size}`;
    if (seen) lines.push('', `${set}["${SEEN}"] := input.kind`);
    for (const rule of members) {
      lines.push(
        '',
        `${set}["${rule.id}"] := found if {`,
        `\tfound := data.${rulePackage(rule)}.deny`,
        '\tcount(found) > 0',
        '}',
      );
    }
    const path = `${module.replaceAll('.', '/')}/${set}`;
    sets.set(key, path);
    return path;
  };
  const objectRules = rules.filter(({ scope }) => scope === 'object');
  const graphRules = rules.filter(({ scope }) => scope === 'graph');
  const keys = [...new Set(objectRules.flatMap(({ kinds }) => kinds))].sort();
  const byKind = Object.fromEntries(
    keys.map((key) => [
      key,
      entrypoint(
        objectRules.filter(({ kinds }) => covers(kinds, key)),
        true,
      ),
    ]),
  );
  const graph = graphRules.length > 0 ? entrypoint(graphRules, false) : undefined;
  return { rego: `${lines.join('\n')}\n`, byKind, ...(graph === undefined ? {} : { graph }) };
}

/** Whether rules of these kinds apply to every object that a dispatch key stands for. */
function covers(kinds: readonly string[], key: string): boolean {
  return kinds.includes('*') || kinds.includes(key) || kinds.includes(key.split('.', 1)[0] ?? key);
}

/** @returns the Rego package of a rule, without `data`. */
export function rulePackage({ id, pack }: Rule): string {
  return `sluice.${identifier(pack)}.${identifier(id.slice(pack.length + 1))}`;
}

function identifier(name: string): string {
  return name.replaceAll('-', '_');
}
