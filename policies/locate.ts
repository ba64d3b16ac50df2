import { groupOf, identityKey, type JsonObject, type ObjectIdentity } from '../core/manifest.ts';
import type { Inventory, InventoryObject } from '../inventory/model.ts';
import type { Violation } from './evaluate.ts';
import type { Finding } from './finding.ts';
import { fingerprint } from './fingerprint.ts';

/** @returns the construct that made an object, where that is known. */
export type ConstructOf = (object: InventoryObject) => string | undefined;

/**
 * Ties a violation to the place it stands. A graph rule may blame an object that the input does not hold; such a
 * finding names no file.
 */
export function findingOf(violation: Violation, inventory: Inventory, constructOf: ConstructOf): Finding {
  const { rule, path, message } = violation;
  const identity = violation.object?.identity ?? identityOfBlamed(violation.blamed ?? {});
  const { apiVersion, kind, namespace, name } = identity;
  const object = violation.object ?? inventory.find(groupOf(apiVersion), kind, namespace, name);
  const place = object?.position(path) ?? { file: '', line: 0 };
  const construct = object === undefined ? undefined : constructOf(object);
  return {
    rule: rule.id,
    severity: rule.severity,
    message,
    remediation: rule.remediation,
    object: object?.identity ?? identity,
    path,
    file: place.file,
    line: place.line,
    ...(construct === undefined ? {} : { construct }),
    fingerprint: fingerprint(rule.id, object?.identity ?? identity, path),
  };
}

/** The identity in what a graph rule blames: a whole manifest, or `{apiVersion, kind, namespace, name}`. */
function identityOfBlamed(blamed: JsonObject): ObjectIdentity {
  const metadata =
    typeof blamed['metadata'] === 'object' && blamed['metadata'] !== null
      ? (blamed['metadata'] as JsonObject)
      : blamed;
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const identity = {
    apiVersion: text(blamed['apiVersion']),
    kind: text(blamed['kind']),
    name: text(metadata['name']),
  };
  const namespace = text(metadata['namespace']);
  return namespace === '' ? identity : { ...identity, namespace };
}

/** File, line, rule, path, then object and message: an order that follows from the findings alone. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    compare(a.file, b.file) ||
    a.line - b.line ||
    compare(a.rule, b.rule) ||
    compare(a.path, b.path) ||
    compare(identityKey(a.object), identityKey(b.object)) ||
    compare(a.message, b.message)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
