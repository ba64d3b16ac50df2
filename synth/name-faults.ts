import {
  DNS_LABEL,
  DNS_SUBDOMAIN,
  LABEL_VALUE,
  QUALIFIED_NAME,
  type TextRule,
} from '../constructs/validate/names.ts';
import type { Json, JsonObject, Manifest } from '../core/manifest.ts';
import { pointerSegment } from '../core/pointer.ts';
import type { Fault } from './fault.ts';

const SERVICE_NAME = narrowed(
  DNS_LABEL,
  /^[a-z]/,
  'does not begin with a letter',
  'begin it with a lower case letter',
);
const CRON_JOB_NAME = narrowed(
  DNS_SUBDOMAIN,
  /^.{0,52}$/,
  'has more than 52 characters',
  'leave 11 characters for the suffix of its Jobs',
);
/** RBAC names are path segments: they may hold colons and capitals. */
const RBAC_NAME: TextRule = {
  fault: (value) => (/^(?!\.{1,2}$)[^/%]+$/.test(value) ? undefined : 'is not a path segment'),
  remedy: 'leave "/" and "%" out',
};

const NAME_RULES: Readonly<Record<string, TextRule>> = {
  Namespace: DNS_LABEL,
  Service: SERVICE_NAME,
  CronJob: CRON_JOB_NAME,
  Role: RBAC_NAME,
  ClusterRole: RBAC_NAME,
  RoleBinding: RBAC_NAME,
  ClusterRoleBinding: RBAC_NAME,
};

/** Annotations of one object share this many bytes. */
const MAX_ANNOTATION_BYTES = 256 * 1024;

/** @returns what is wrong with the names, labels and annotations of a manifest and of the templates inside it. */
export function nameFaults(manifest: Manifest): Fault[] {
  const faults: Fault[] = [];
  const { name, namespace } = manifest.metadata;
  const rule = (Object.hasOwn(NAME_RULES, manifest.kind) && NAME_RULES[manifest.kind]) || DNS_SUBDOMAIN;
  check(rule, name, '/metadata/name', faults);
  if (namespace !== undefined) check(DNS_LABEL, namespace, '/metadata/namespace', faults);
  visit(manifest, '', faults);
  return faults;
}

function visit(value: JsonObject, path: string, faults: Fault[]): void {
  for (const field in value) {
    const item = value[field];
    if (typeof item !== 'object' || item === null) continue;
    if (isList(item)) {
      item.forEach((element, index) => {
        if (isMapping(element)) visit(element, `${path}/${field}/${index}`, faults);
      });
      continue;
    }
    const here = `${path}/${field}`;
    if (field === 'metadata') metadataFaults(item as JsonObject, here, faults);
    else if (field === 'matchLabels') labelFaults(item as JsonObject, here, faults);
    else if (path !== '' || field !== 'data') visit(item as JsonObject, here, faults);
  }
}

function metadataFaults({ labels, annotations }: JsonObject, path: string, faults: Fault[]): void {
  if (isMapping(labels)) labelFaults(labels, `${path}/labels`, faults);
  if (!isMapping(annotations)) return;
  let bytes = 0;
  for (const key in annotations) {
    // annotation keys are judged without regard to case
    check(QUALIFIED_NAME, key.toLowerCase() === key ? key : key.toLowerCase(), `${path}/annotations`, faults);
    bytes += key.length + String(annotations[key]).length;
  }
  if (bytes > MAX_ANNOTATION_BYTES) {
    faults.push({
      path: `${path}/annotations`,
      what: `${bytes} bytes of annotations, more than ${MAX_ANNOTATION_BYTES}`,
      remedy: 'put large values into a ConfigMap',
    });
  }
}

function labelFaults(labels: JsonObject, path: string, faults: Fault[]): void {
  for (const key in labels) {
    // Cilium's selectors put the source of a label in front of its key
    check(QUALIFIED_NAME, key.replace(/^(?:k8s|any|reserved):/, ''), path, faults);
    const value = labels[key];
    if (typeof value === 'string') check(LABEL_VALUE, value, `${path}/${pointerSegment(key)}`, faults);
  }
}

function check(rule: TextRule, value: Json, path: string, faults: Fault[]): void {
  const what = typeof value === 'string' ? rule.fault(value) : 'is not a string';
  if (what !== undefined)
    faults.push({ path, what: `${JSON.stringify(value)} ${what}`, remedy: rule.remedy });
}

function narrowed(rule: TextRule, matcher: RegExp, fault: string, remedy: string): TextRule {
  return {
    fault: (value) => rule.fault(value) ?? (matcher.test(value) ? undefined : fault),
    remedy: `${rule.remedy}; ${remedy}`,
  };
}

function isMapping(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
