import type { Json } from '../../core/manifest.ts';
import { type InventoryObject, pointerOf, textMapAt, valueAt } from '../../inventory/index.ts';
import { checkCondition, DESTINATION_PORT, HOST, METHOD, PATH } from './attributes.ts';
import { list, map, Refused, text, texts, workloadSelector } from './field.ts';
import type { Action, AuthorizationPolicy, AuthorizationRule, Condition, TargetReference } from './model.ts';

/** Fields of a source with their negations, and the attribute that they ask for. */
const SOURCE: readonly (readonly [string, string, string])[] = [
  ['principals', 'notPrincipals', 'source.principal'],
  ['requestPrincipals', 'notRequestPrincipals', 'request.auth.principal'],
  ['namespaces', 'notNamespaces', 'source.namespace'],
  ['trustDomains', 'notTrustDomains', 'source.trustDomain'],
  ['serviceAccounts', 'notServiceAccounts', 'source.serviceAccount'],
  ['ipBlocks', 'notIpBlocks', 'source.ip'],
  ['remoteIpBlocks', 'notRemoteIpBlocks', 'remote.ip'],
];

const OPERATION: readonly (readonly [string, string, string])[] = [
  ['hosts', 'notHosts', HOST],
  ['ports', 'notPorts', DESTINATION_PORT],
  ['methods', 'notMethods', METHOD],
  ['paths', 'notPaths', PATH],
];

/** Kinds that a policy can be attached to. */
const TARGETS = new Set([
  '/Service',
  'gateway.networking.k8s.io/Gateway',
  'gateway.networking.k8s.io/GatewayClass',
  'networking.istio.io/ServiceEntry',
]);

/**
 * Reads an AuthorizationPolicy.
 *
 * @returns undefined for a dry run, which has no effect
 * @throws Refused where istiod would not take it
 */
export function authorizationPolicy({
  identity,
  manifest,
}: InventoryObject): AuthorizationPolicy | undefined {
  const { spec = {} } = manifest;
  const action = actionOf(spec);
  const selector = workloadSelector(spec);
  const targets = targetsOf(spec);
  if (targets.length > 0 && valueAt(spec, 'selector') !== undefined)
    throw new Refused('spec has both selector and targetRefs');
  const namespace = identity.namespace ?? 'default';
  const rules = list(spec, 'rules', 'spec').map((rule, index) => ruleOf(rule, index, namespace));
  const hasProvider = map(spec, 'provider', 'spec') !== undefined;
  const provider = text(map(spec, 'provider', 'spec'), 'name', 'spec.provider');
  if (rules.length === 0 && (action === 'DENY' || action === 'CUSTOM'))
    throw new Refused(`action ${action} without rules would never apply`);
  if ((action === 'CUSTOM') !== (provider !== '') || (action !== 'CUSTOM' && hasProvider))
    throw new Refused(
      action === 'CUSTOM' ? 'spec.provider.name is empty' : `spec.provider is for action CUSTOM`,
    );
  if (action === 'CUSTOM') refuseIdentities(rules);
  if (isTrue(textMapAt(manifest, 'metadata', 'annotations')['istio.io/dry-run'])) return undefined;
  return { object: identity, namespace, action, selector, targets, rules, provider };
}

/** What Go reads as true. */
function isTrue(text: string | undefined): boolean {
  return text !== undefined && ['1', 't', 'T', 'true', 'TRUE', 'True'].includes(text);
}

/** Whom to ask a provider about is not decided by who the client is. */
function refuseIdentities(rules: readonly AuthorizationRule[]): void {
  for (const { sources, conditions } of rules)
    for (const { attribute } of [...sources.flat(), ...conditions])
      if (/^request\.auth\.|^source\.(?!ip$)/.test(attribute))
        throw new Refused(`${attribute} is not supported with action CUSTOM`);
}

function actionOf(spec: Json): Action {
  const written = text(spec, 'action', 'spec');
  const action = (['ALLOW', 'DENY', 'AUDIT', 'CUSTOM'] as const).find(
    (each) => each === (written || 'ALLOW'),
  );
  if (action === undefined) throw new Refused(`spec.action is ${written}, not ALLOW, DENY, AUDIT or CUSTOM`);
  return action;
}

function targetsOf(spec: Json): TargetReference[] {
  const single = map(spec, 'targetRef', 'spec');
  const several = list(spec, 'targetRefs', 'spec');
  if (single !== undefined && several.length > 0) throw new Refused('spec has both targetRef and targetRefs');
  return (single === undefined ? several : [single]).map((each) => {
    const where = 'spec.targetRefs';
    const target = {
      group: text(each, 'group', where),
      kind: text(each, 'kind', where),
      name: text(each, 'name', where),
    };
    if (text(each, 'namespace', where) !== '') throw new Refused(`${where} names a namespace`);
    const group = target.group === 'core' ? '' : target.group;
    if (target.name === '' || !TARGETS.has(`${group}/${target.kind}`))
      throw new Refused(
        `${where} names ${target.group}/${target.kind} ${target.name}, to which no policy is attached`,
      );
    return { ...target, group };
  });
}

function ruleOf(rule: Json, index: number, namespace: string): AuthorizationRule {
  const where = `spec.rules[${index}]`;
  const sources = list(rule, 'from', where).map((from) => {
    const source = conditionsOf(map(from, 'source', `${where}.from`), SOURCE, `${where}.from.source`);
    const names = new Set(source.map(({ attribute }) => attribute));
    if (
      names.has('source.serviceAccount') &&
      (names.has('source.principal') || names.has('source.namespace'))
    )
      throw new Refused(`${where}.from.source has serviceAccounts beside principals or namespaces`);
    return source.map((each) => inNamespace(each, namespace));
  });
  const operations = list(rule, 'to', where).map((to) =>
    conditionsOf(map(to, 'operation', `${where}.to`), OPERATION, `${where}.to.operation`),
  );
  const conditions = list(rule, 'when', where).map((when) => {
    const at = `${where}.when`;
    const attribute = text(when, 'key', at);
    const condition = {
      attribute,
      values: texts(when, 'values', at),
      notValues: texts(when, 'notValues', at),
    };
    if (attribute === '') throw new Refused(`${at} has no key`);
    if (condition.values.length + condition.notValues.length === 0)
      throw new Refused(`${at} has neither values nor notValues for ${attribute}`);
    checkCondition(condition, at, true);
    return inNamespace(condition, namespace);
  });
  return { path: pointerOf('spec', 'rules', index), sources, operations, conditions };
}

function conditionsOf(
  value: Json | undefined,
  fields: readonly (readonly [string, string, string])[],
  where: string,
): Condition[] {
  const conditions = fields.flatMap(([field, negation, attribute]) => {
    const values = texts(value, field, where);
    const notValues = texts(value, negation, where);
    return values.length + notValues.length === 0 ? [] : [{ attribute, values, notValues }];
  });
  if (conditions.length === 0) throw new Refused(`${where} has no field set`);
  for (const condition of conditions) checkCondition(condition, where, false);
  return conditions;
}

/** A ServiceAccount without a namespace is one of the policy's. */
function inNamespace(condition: Condition, namespace: string): Condition {
  if (condition.attribute !== 'source.serviceAccount') return condition;
  const full = (name: string): string => (name.includes('/') ? name : `${namespace}/${name}`);
  return { ...condition, values: condition.values.map(full), notValues: condition.notValues.map(full) };
}
