import Type from 'typebox';
import { groupOf } from '../core/manifest.ts';
import { type InventoryObject, isClusterScoped } from '../inventory/index.ts';

/** Names an object of the input; `apiVersion` tells kinds of one name apart. */
export const REFERENCE = Type.Object(
  {
    apiVersion: Type.Optional(Type.String()),
    group: Type.Optional(Type.String()),
    kind: Type.String({ minLength: 1 }),
    namespace: Type.Optional(Type.String()),
    name: Type.String({ minLength: 1 }),
  },
  { additionalProperties: false },
);

/** An object of the input by kind, namespace and name. */
export type Reference = Type.Static<typeof REFERENCE>;

/** @returns whether an object is the one that a reference names; without a namespace it means `default`. */
export function refersTo(reference: Reference): (object: InventoryObject) => boolean {
  const { kind, name } = reference;
  const group = groupNamed(reference);
  const namespace =
    reference.namespace === undefined || reference.namespace === '' ? 'default' : reference.namespace;
  return ({ identity }) =>
    identity.kind === kind &&
    identity.name === name &&
    (group === undefined || groupOf(identity.apiVersion) === group) &&
    (isClusterScoped(groupOf(identity.apiVersion), kind) || (identity.namespace ?? 'default') === namespace);
}

/** The group that a reference insists on; undefined where it leaves it open. */
function groupNamed({ apiVersion, group }: Reference): string | undefined {
  return group ?? (apiVersion === undefined ? undefined : groupOf(apiVersion));
}

/** @returns a reference as people write it: `Deployment shop/web`. */
export function referenceText({ kind, namespace, name }: Reference): string {
  return namespace === undefined || namespace === '' ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}
