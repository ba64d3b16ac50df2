import type { Json } from '../../core/manifest.ts';
import { isMap, pointerOf, valueAt } from '../../inventory/index.ts';

/** A rule of a Role or ClusterRole; every list holds as written, `*` stands for everything. */
export interface PolicyRule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  /** Resources, and subresources such as `pods/log`; `*` before the slash stands for every resource. */
  readonly resources: readonly string[];
  /** Empty for every name. */
  readonly resourceNames: readonly string[];
  readonly nonResourceURLs: readonly string[];
}

/** What somebody wants to do: to a resource, or to a path of the API server that is none. */
export interface AccessRequest {
  readonly verb: string;
  /** API group, `''` for the core group. */
  readonly group: string;
  readonly resource: string;
  /** `''` for the resource itself. */
  readonly subresource: string;
  /** `''` for a cluster-scoped resource, and for all namespaces at once. */
  readonly namespace: string;
  /** `''` where the request names no object: list, watch, create, deletecollection. */
  readonly name: string;
  /** A path such as `/metrics`; the fields of a resource are empty then. */
  readonly path?: string;
}

/** @returns whether a rule allows a request, as the RBAC authorizer of the API server decides it. */
export function ruleAllows(rule: PolicyRule, request: AccessRequest): boolean {
  const { path } = request;
  if (path !== undefined)
    return (
      includesOrAll(rule.verbs, request.verb) && rule.nonResourceURLs.some((url) => urlMatches(url, path))
    );
  return (
    includesOrAll(rule.verbs, request.verb) &&
    includesOrAll(rule.apiGroups, request.group) &&
    rule.resources.some((resource) => resourceMatches(resource, request)) &&
    (rule.resourceNames.length === 0 || rule.resourceNames.includes(request.name))
  );
}

/** A star at the end stands for any rest; elsewhere it is a star. */
function urlMatches(url: string, path: string): boolean {
  return url === path || (url.endsWith('*') && path.startsWith(url.replace(/\*+$/, '')));
}

function includesOrAll(list: readonly string[], value: string): boolean {
  return list.includes('*') || list.includes(value);
}

function resourceMatches(written: string, { resource, subresource }: AccessRequest): boolean {
  if (written === '*') return true;
  if (subresource === '') return written === resource;
  return written === `${resource}/${subresource}` || written === `*/${subresource}`;
}

/**
 * Reads the rules of a role.
 *
 * @param namespaced whether they stand in a Role, which has no rules about URLs
 * @returns the reason why the API server refuses them, as text
 */
export function policyRules(value: Json | undefined, namespaced: boolean): PolicyRule[] | string {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return 'rules is not a list';
  const rules: PolicyRule[] = [];
  for (const [index, item] of value.entries()) {
    const rule = policyRule(item, namespaced);
    if (typeof rule === 'string') return `${pointerOf('rules', index)}: ${rule}`;
    rules.push(rule);
  }
  return rules;
}

const LISTS = ['verbs', 'apiGroups', 'resources', 'resourceNames', 'nonResourceURLs'] as const;

function policyRule(value: Json, namespaced: boolean): PolicyRule | string {
  if (!isMap(value)) return 'is not a map';
  const lists = new Map<string, readonly string[]>();
  for (const field of LISTS) {
    const list = textList(valueAt(value, field));
    if (list === undefined) return `${field} is not a list of text`;
    lists.set(field, list);
  }
  const list = (field: (typeof LISTS)[number]): readonly string[] => lists.get(field) ?? [];
  const rule: PolicyRule = {
    verbs: list('verbs'),
    apiGroups: list('apiGroups'),
    resources: list('resources'),
    resourceNames: list('resourceNames'),
    nonResourceURLs: list('nonResourceURLs'),
  };
  return refusal(rule, namespaced) ?? rule;
}

function refusal(rule: PolicyRule, namespaced: boolean): string | undefined {
  if (rule.verbs.length === 0) return 'verbs must contain at least one value';
  if (rule.nonResourceURLs.length > 0) {
    if (namespaced) return 'a rule of a Role cannot apply to nonResourceURLs';
    const both = rule.apiGroups.length + rule.resources.length + rule.resourceNames.length > 0;
    return both ? 'a rule cannot apply to both resources and nonResourceURLs' : undefined;
  }
  if (rule.apiGroups.length === 0) return 'apiGroups must contain at least one value';
  if (rule.resources.length === 0) return 'resources must contain at least one value';
  return undefined;
}

/** Null is what an unset field is, for a list as for a text in it. */
function textList(value: Json | undefined): readonly string[] | undefined {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return undefined;
  const texts = value.map((item: Json) => item ?? '');
  return texts.every((item) => typeof item === 'string') ? texts : undefined;
}
