import type { AccessModel } from './access.ts';
import type { Binding } from './binding.ts';
import { type AccessRequest, ruleAllows } from './policy-rule.ts';
import type { RoleRule } from './role.ts';
import type { User } from './subject.ts';

/** More work than a search is worth: the input is of a shape in which everybody leads to everybody. */
export class SearchTooLarge extends Error {}

/** Rules that may still be tried. */
export interface Budget {
  left: number;
}

/** Everything that one user may do, ready for many requests. */
export interface Rights {
  readonly bindings: readonly Binding[];
  /** Namespaces in which the user has rights; undefined for all of them. */
  readonly namespaces: ReadonlySet<string> | undefined;
  /** @throws SearchTooLarge */
  may(verb: string, group: string, resource: string, where?: Partial<AccessRequest>): boolean;
}

/** Collects what a user may do. */
export function rightsOf(model: AccessModel, user: User, budget: Budget): Rights {
  const bindings = model.bindingsOf(user);
  const everywhere: RoleRule[] = [];
  const byNamespace = new Map<string, RoleRule[]>();
  for (const { namespace, role } of bindings) {
    const rules = model.rules(role.kind, namespace, role.name) ?? [];
    if (namespace === undefined) everywhere.push(...rules);
    else if (byNamespace.has(namespace)) byNamespace.get(namespace)?.push(...rules);
    else byNamespace.set(namespace, [...rules]);
  }
  return {
    bindings,
    namespaces: everywhere.length > 0 ? undefined : new Set(byNamespace.keys()),
    may(verb, group, resource, where = {}) {
      const request = { verb, group, resource, subresource: '', namespace: '', name: '', ...where };
      const local = byNamespace.get(request.namespace) ?? [];
      budget.left -= everywhere.length + local.length;
      if (budget.left < 0) throw new SearchTooLarge('too many rights lead to one another');
      const allows = ({ rule }: RoleRule): boolean => ruleAllows(rule, request);
      return everywhere.some(allows) || local.some(allows);
    },
  };
}
