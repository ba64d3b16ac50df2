import { compareText } from '../../core/compare-text.ts';
import type { Json } from '../../core/manifest.ts';
import { type Inventory, type InventoryObject, listAt, textAt, valueAt } from '../../inventory/index.ts';
import type { Unknown } from './answer.ts';
import { prefixesOf, prefixKey } from './path.ts';
import type { HttpRequest } from './request.ts';
import { createdAt } from './route.ts';

const NETWORKING = 'networking.k8s.io';

/** A path of a rule of an Ingress. */
export interface IngressPath {
  readonly ingress: InventoryObject;
  readonly host: string | undefined;
  readonly type: string;
  readonly path: string;
  readonly backend: Json | undefined;
  readonly rule: number;
  readonly match: number;
}

/** Ingresses of a class, the oldest first. */
export function ingressesOf(inventory: Inventory, className: string): InventoryObject[] {
  const standard = inventory
    .ofKind('IngressClass', NETWORKING)
    .find(
      ({ manifest }) =>
        textAt(manifest, 'metadata', 'annotations', 'ingressclass.kubernetes.io/is-default-class') === 'true',
    );
  const key = ({ identity }: InventoryObject): string =>
    `${identity.namespace ?? 'default'}/${identity.name}`;
  return inventory
    .ofKind('Ingress', NETWORKING)
    .filter(({ manifest }) => {
      const written =
        textAt(manifest, 'spec', 'ingressClassName') ??
        textAt(manifest, 'metadata', 'annotations', 'kubernetes.io/ingress.class');
      return (written ?? standard?.identity.name ?? '') === className;
    })
    .sort(
      (first, second) =>
        compareText(createdAt(first), createdAt(second)) || compareText(key(first), key(second)),
    );
}

/** A rule without paths sends its host to the default backend. */
export function pathsOf(ingress: InventoryObject): IngressPath[] {
  return listAt(ingress.manifest, 'spec', 'rules').flatMap((item, rule) => {
    const host = textAt(item, 'host')?.toLowerCase();
    const paths = listAt(item, 'http', 'paths');
    const written =
      paths.length === 0 ? [{ pathType: 'Prefix', path: '/', backend: defaultBackend(ingress) }] : paths;
    return written.map((path, match): IngressPath => {
      const value = textAt(path, 'path') ?? '/';
      const type = textAt(path, 'pathType') ?? 'ImplementationSpecific';
      return {
        ingress,
        host,
        // every controller takes this path for all
        type: type === 'ImplementationSpecific' && value === '/' ? 'Prefix' : type,
        path: value,
        backend: valueAt(path, 'backend'),
        rule,
        match,
      };
    });
  });
}

export function defaultBackend({ manifest }: InventoryObject): Json {
  return valueAt(manifest, 'spec', 'defaultBackend') ?? null;
}

/** The wildcard of an Ingress stands for one label. */
export function isWildcardFor(host: string, name: string): boolean {
  return host.startsWith('*.') && name.indexOf('.') > 0 && name.slice(name.indexOf('.')) === host.slice(1);
}

/** The longest path, of two of one length the exact one, of equal ones that of the oldest Ingress. */
export function bestOf(
  paths: readonly IngressPath[],
  { path }: HttpRequest,
): IngressPath | Unknown | undefined {
  const prefixes = [...prefixesOf(path), ''];
  const matching = paths.filter((item) =>
    item.type === 'Exact'
      ? item.path === path
      : item.type === 'Prefix' && prefixes.includes(prefixKey(item.path)),
  );
  const length = (item: IngressPath): number => prefixKey(item.path).length;
  const [best] = matching.sort(
    (first, second) =>
      length(second) - length(first) || Number(second.type === 'Exact') - Number(first.type === 'Exact'),
  );
  const open = paths.find((item) => mayMatch(item, path) && item.path.length >= (best?.path.length ?? 0));
  if (open !== undefined) return { unknown: `what path ${open.path} matches is left to the controller` };
  return best;
}

/** A path of plain characters, however a controller reads it, matches nothing that does not start with it. */
function mayMatch({ type, path: written }: IngressPath, path: string): boolean {
  return (
    type === 'ImplementationSpecific' && (!/^[\w/-]*$/.test(written) || path.startsWith(prefixKey(written)))
  );
}
