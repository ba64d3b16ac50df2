import type { IPolicyRule } from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import type { Check } from '../validate/check.ts';

/** What can be done to objects; the wildcard is not among them. */
export type Verb =
  | 'get'
  | 'list'
  | 'watch'
  | 'create'
  | 'update'
  | 'patch'
  | 'delete'
  | 'deletecollection'
  | 'bind'
  | 'escalate'
  | 'impersonate'
  | 'use'
  | 'approve'
  | 'sign';

/** A permission on objects. */
export interface ResourceRule {
  /** `''` is the core group. */
  readonly apiGroup: string;
  /** Plural names in lower case, with a subresource as in `pods/exec`. */
  readonly resources: readonly [string, ...string[]];
  readonly verbs: readonly [Verb, ...Verb[]];
  /** Only objects of these names; does not bind `list`, `watch` and `create`. @default all */
  readonly resourceNames?: readonly string[];
}

/** A permission on URLs that are no objects, such as `/metrics`. */
export interface UrlRule {
  readonly urls: readonly [string, ...string[]];
  readonly verbs: readonly ['get', ...string[]];
}

/** @returns rules as the API has them; a wildcard is a problem, since no one can say what it will hold. */
export function policyRules(check: Check, rules: readonly (ResourceRule | UrlRule)[]): IPolicyRule[] {
  return rules.map((rule, index) => {
    const field = `rules[${index}]`;
    if ('urls' in rule) return { nonResourceURLs: [...rule.urls], verbs: [...rule.verbs] };
    const { apiGroup, resources, verbs, resourceNames } = rule;
    for (const word of [apiGroup, ...resources, ...verbs, ...(resourceNames ?? [])]) {
      check.that(!word.includes('*'), field, `${JSON.stringify(word)} is a wildcard`, 'name what is needed');
    }
    for (const resource of resources) {
      const ok = /^[a-z0-9]+(\/[a-z]+)?$/.test(resource) || resource.includes('*');
      check.that(
        ok,
        field,
        `${JSON.stringify(resource)} is no resource`,
        'use its plural in lower case, such as pods or pods/exec',
      );
    }
    return {
      apiGroups: [apiGroup],
      resources: [...resources],
      verbs: [...verbs],
      ...(resourceNames === undefined ? {} : { resourceNames: [...resourceNames] }),
    };
  });
}
