import { type Check, type PodCheck, plural, quoted, settersText, sortedUnique } from './check.ts';
import { mapAt, type Node, pathAt, textAt } from './field.ts';

const TYPES = ['', 'container_t', 'container_init_t', 'container_kvm_t'];

/** The SELinux type is one for containers; user and role are left to the runtime. */
export const seLinuxOptions: Check = {
  id: 'seLinuxOptions',
  level: 'baseline',
  versions: [
    { since: 0, check: optionsAllowed(TYPES) },
    { since: 31, check: optionsAllowed([...TYPES, 'container_engine_t']) },
  ],
};

function optionsAllowed(types: readonly string[]): PodCheck {
  return ({ security, containers }) => {
    const podBad = badFields(security, types);
    const found = containers
      .map((container) => ({ container, bad: badFields(container.security, types) }))
      .filter(({ bad }) => bad.length > 0);
    const all = [...podBad, ...found.flatMap(({ bad }) => bad)];
    if (all.length === 0) return undefined;
    const badTypes = sortedUnique(all.filter(({ field }) => field === 'type').map(({ value }) => value));
    const sets = (field: string) => all.some((bad) => bad.field === field);
    const data = [
      ...(badTypes.length > 0 ? [`${plural(badTypes.length, 'type')} ${quoted(badTypes)}`] : []),
      ...(sets('user') ? ['user may not be set'] : []),
      ...(sets('role') ? ['role may not be set'] : []),
    ];
    const setters = settersText(
      podBad.length > 0,
      found.map(({ container }) => container),
    );
    return {
      reason: 'seLinuxOptions',
      detail: `${setters} set forbidden securityContext.seLinuxOptions: ${data.join('; ')}`,
      paths: all.map(({ path }) => path),
    };
  };
}

function badFields(
  context: Node | undefined,
  types: readonly string[],
): { field: string; value: string; path: string }[] {
  const options = mapAt(context, 'seLinuxOptions');
  if (options === undefined) return [];
  return ['type', 'user', 'role'].flatMap((field) => {
    const value = textAt(options, field) ?? '';
    const allowed = field === 'type' ? types.includes(value) : value === '';
    return allowed ? [] : [{ field, value, path: pathAt(options, field) }];
  });
}
