import fc from 'fast-check';
import { expect, test } from 'vitest';
import { authorizationPolicy } from '../../../analysis/mesh/authorization-policy.ts';
import { authorize } from '../../../analysis/mesh/authorize.ts';
import { identityOf } from '../../../analysis/mesh/connection.ts';
import type { AuthorizationPolicy } from '../../../analysis/mesh/model.ts';
import { buildInventory, parseManifests } from '../../../inventory/index.ts';

interface Rule {
  readonly namespaces: readonly string[];
  readonly notMethods: readonly string[];
  readonly paths: readonly string[];
}
interface Spec {
  readonly action: 'ALLOW' | 'DENY';
  readonly rules: readonly Rule[];
}

const subset = <Item>(...items: Item[]) => fc.subarray(items);
const rule: fc.Arbitrary<Rule> = fc.record({
  namespaces: subset('shop', 'far', 's*', '*op'),
  notMethods: subset('GET', 'P*'),
  paths: subset('/', '/a', '/a*', '*b'),
});
const spec: fc.Arbitrary<Spec> = fc.record({
  action: fc.constantFrom('ALLOW' as const, 'DENY' as const),
  rules: fc.array(rule, { minLength: 1, maxLength: 3 }),
});
const request = fc.record({
  namespace: fc.constantFrom('shop', 'far', 'sea', undefined),
  method: fc.constantFrom('GET', 'PUT', 'HEAD'),
  path: fc.constantFrom('/', '/a', '/ab', '/b'),
});
type Asked = typeof request extends fc.Arbitrary<infer Value> ? Value : never;

function policiesFrom(specs: readonly Spec[]): AuthorizationPolicy[] {
  const manifests = specs.map(({ action, rules }, index) => ({
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: { name: `p${index}`, namespace: 'shop' },
    spec: {
      action,
      rules: rules.map(({ namespaces, notMethods, paths }) => ({
        ...(namespaces.length > 0 && { from: [{ source: { namespaces } }] }),
        ...(notMethods.length + paths.length > 0 && { to: [{ operation: { notMethods, paths } }] }),
      })),
    },
  }));
  const text = manifests.map((each) => JSON.stringify(each)).join('\n---\n');
  return buildInventory(parseManifests(text, 'f.yaml')).objects.flatMap(
    (object) => authorizationPolicy(object) ?? [],
  );
}

function verdict(policies: readonly AuthorizationPolicy[], { namespace, method, path }: Asked): string {
  const identity = namespace === undefined ? null : identityOf(`cluster.local/ns/${namespace}/sa/x`);
  const line = { method, path, host: 'h', headers: {}, claims: null };
  return authorize(
    policies,
    {
      proxy: 'sidecar',
      trustDomain: 'cluster.local',
      identity,
      sourceIp: undefined,
      destinationIps: [],
      port: 80,
      sni: undefined,
      request: line,
    },
    () => undefined,
  ).verdict;
}

/** The meaning in the plainest words, with nothing shared. */
function naive(specs: readonly Spec[], { namespace, method, path }: Asked): string {
  const glob = (patterns: readonly string[], text: string | undefined): boolean =>
    patterns.some((each) => text !== undefined && new RegExp(`^${each.replaceAll('*', '.*')}$`).test(text));
  const matches = ({ rules }: Spec): boolean =>
    rules.some(
      ({ namespaces, notMethods, paths }) =>
        (namespaces.length === 0 || glob(namespaces, namespace)) &&
        !glob(notMethods, method) &&
        (paths.length === 0 || glob(paths, path)),
    );
  if (specs.some((each) => each.action === 'DENY' && matches(each))) return 'deny';
  const allows = specs.filter(({ action }) => action === 'ALLOW');
  return allows.length === 0 || allows.some(matches) ? 'allow' : 'deny';
}

test('is what a naive evaluator says, in any order of the policies', () => {
  fc.assert(
    fc.property(fc.array(spec, { maxLength: 4 }), request, (specs, asked) => {
      const expected = naive(specs, asked);
      expect(verdict(policiesFrom(specs), asked)).toBe(expected);
      expect(verdict(policiesFrom(specs).reverse(), asked)).toBe(expected);
    }),
  );
});

test('never opens anything where a rule that allows goes, or one that denies comes', () => {
  fc.assert(
    fc.property(fc.array(spec, { maxLength: 3 }), spec, rule, request, (specs, changed, extra, asked) => {
      const allowing = policiesFrom([...specs, { action: 'ALLOW', rules: [extra, ...changed.rules] }]);
      const less = policiesFrom([...specs, { action: 'ALLOW', rules: changed.rules }]);
      if (verdict(allowing, asked) === 'deny') expect(verdict(less, asked)).toBe('deny');
      const denying = policiesFrom([...specs, { action: 'DENY', rules: [extra] }]);
      if (verdict(policiesFrom(specs), asked) === 'deny') expect(verdict(denying, asked)).toBe('deny');
    }),
  );
});
