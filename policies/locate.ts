import { compareText } from '../core/compare-text.ts';
import { groupOf, identityKey, type JsonObject, type ObjectIdentity } from '../core/manifest.ts';
import type { Inventory, InventoryObject } from '../inventory/model.ts';
import type { Violation } from './evaluate.ts';
import type { Finding } from './finding.ts';
import { fingerprint } from './fingerprint.ts';

/** @returns the construct that made an object, where that is known. */
export type ConstructOf = (object: InventoryObject) => string | undefined;

/**
 * Ties violations to the places they stand. A graph rule may blame an object that the input does not hold; such a
 * finding names no file.
 *
 * @returns findings, unsorted
 */
export function findingsOf(
  violations: readonly Violation[],
  inventory: Inventory,
  constructOf: ConstructOf,
): Finding[] {
  const byObject = Map.groupBy(violations, (violation) => violation.object ?? blamed(violation, inventory));
  // in input order, since a position costs the parsing of its document, and documents are kept one at a time
  return [...inventory.objects, undefined].flatMap((object) =>
    (byObject.get(object) ?? []).map((violation) => findingOf(violation, object, constructOf)),
  );
}

function blamed({ blamed = {} }: Violation, inventory: Inventory): InventoryObject | undefined {
  const { apiVersion, kind, namespace, name } = identityOfBlamed(blamed);
  return inventory.find(groupOf(apiVersion), kind, namespace, name);
}

function findingOf(
  violation: Violation,
  object: InventoryObject | undefined,
  constructOf: ConstructOf,
): Finding {
  const { rule, path, message } = violation;
  const identity = object?.identity ?? identityOfBlamed(violation.blamed ?? {});
  const { file, line } = object?.position(path) ?? { file: '', line: 0 };
  const construct = object === undefined ? undefined : constructOf(object);
  return {
    rule: rule.id,
    severity: rule.severity,
    message,
    remediation: rule.remediation,
    object: identity,
    path,
    file,
    line,
    ...(construct === undefined ? {} : { construct }),
    fingerprint: fingerprint(rule.id, identity, path),
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
    compareText(a.file, b.file) ||
    a.line - b.line ||
    compareText(a.rule, b.rule) ||
    compareText(a.path, b.path) ||
    compareText(identityKey(a.object), identityKey(b.object)) ||
    compareText(a.message, b.message)
  );
}
