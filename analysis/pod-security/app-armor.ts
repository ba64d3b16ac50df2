import { type Check, containersText, plural, quoted, sortedUnique } from './check.ts';
import { mapAt, pathAt, textAt } from './field.ts';
import { goQuoted } from './go-quoted.ts';

const ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';

/** No AppArmor profile is turned off or replaced but by one of the node's. */
export const appArmorProfile: Check = {
  id: 'appArmorProfile',
  level: 'baseline',
  versions: [
    {
      since: 0,
      check({ spec, security, containers, annotations }) {
        const typeOf = (context: typeof security): string | undefined => {
          const profile = mapAt(context, 'appArmorProfile');
          return profile === undefined ? undefined : (textAt(profile, 'type') ?? '');
        };
        const isBad = (context: typeof security): boolean =>
          ![undefined, 'RuntimeDefault', 'Localhost'].includes(typeOf(context));
        const podSets = isBad(security);
        const bad = containers.filter((container) => isBad(container.security));
        const annotated = Object.keys(annotations.value)
          .filter((key) => key.startsWith(ANNOTATION) && !isAllowed(textAt(annotations, key) ?? ''))
          .map((key) => ({ key, text: `${key}=${goQuoted(textAt(annotations, key) ?? '')}` }));
        const setters = [
          ...(podSets ? ['pod'] : []),
          ...(bad.length > 0 ? [containersText(bad)] : []),
          ...(annotated.length > 0 ? [plural(annotated.length, 'annotation')] : []),
        ];
        if (setters.length === 0) return undefined;
        const contexts = [...(podSets ? [security] : []), ...bad.map((container) => container.security)];
        const types = sortedUnique(contexts.map((context) => typeOf(context) ?? ''));
        const values = [...types, ...sortedUnique(annotated.map(({ text }) => text))];
        const field = ['securityContext', 'appArmorProfile', 'type'];
        return {
          reason: plural(values.length, 'forbidden AppArmor profile'),
          detail: `${setters.join(' and ')} must not set AppArmor profile type to ${quoted(values)}`,
          paths: [
            ...[...(podSets ? [spec] : []), ...bad.map(({ node }) => node)].map((node) =>
              pathAt(node, ...field),
            ),
            ...annotated.map(({ key }) => pathAt(annotations, key)),
          ],
        };
      },
    },
  ],
};

function isAllowed(annotation: string): boolean {
  return annotation === '' || annotation === 'runtime/default' || annotation.startsWith('localhost/');
}
