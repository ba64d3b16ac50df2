import type { IHTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1';
import type { Construct } from 'constructs';
import { KubeObject, metadataOf, type ObjectProps } from '../kube-object.ts';
import type { Backend } from '../network/service.ts';
import { type Check, checkAt } from '../validate/check.ts';
import type { Listener } from './gateway.ts';
import { coversHostname } from './hostname.ts';
import { matchManifest, type RouteMatch } from './path-match.ts';
import { checkRule } from './route-checks.ts';
import type { RouteFilter } from './route-filter.ts';

type RuleManifest = NonNullable<IHTTPRoute['spec']['rules']>[number];

/** A backend and its share of the requests. */
export interface WeightedBackend extends Backend {
  /** Its share in relation to the others'. @default 1 */
  readonly weight?: number;
}

/** What happens to which requests. */
export interface RouteRule {
  /** Any of them. @default every request */
  readonly matches?: readonly RouteMatch[];
  /** @default none */
  readonly filters?: readonly RouteFilter[];
  /** Where requests go, from `service.backend(port)`. @default nowhere, which only a redirect allows */
  readonly backends?: readonly WeightedBackend[];
  /** The longest a request may take, such as `30s`. @default the implementation's */
  readonly timeout?: string;
}

/** A Gateway as a route needs to know it: one of this app, or one that others run, described. */
export interface GatewayRef {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly listeners: readonly Pick<Listener, 'name' | 'hostname' | 'routesFrom'>[];
}

/** Props of {@link HttpRoute}. */
export interface HttpRouteProps extends ObjectProps {
  readonly gateway: GatewayRef;
  /** The Gateway's listener that it uses. @default all whose host name fits */
  readonly listener?: GatewayRef['listeners'][number];
  /** Each covered by a listener. @default the host names of the Gateway's listeners */
  readonly hostnames?: readonly [string, ...string[]];
  readonly rules: readonly [RouteRule, ...RouteRule[]];
}

/** Which requests of a Gateway go to which Service. */
export class HttpRoute extends KubeObject<IHTTPRoute> {
  constructor(scope: Construct, id: string, props: HttpRouteProps) {
    const check = checkAt(scope, id);
    const { gateway, listener } = props;
    const metadata = metadataOf(check, id, props);
    const { namespace } = check;
    const hostnames = hostnamesOf(check, props);
    const rules = props.rules.map((rule, index) => ruleManifest(check, `rules[${index}]`, rule, namespace));
    check.done();
    const parent = {
      name: gateway.name,
      ...(gateway.namespace === namespace || gateway.namespace === undefined
        ? {}
        : { namespace: gateway.namespace }),
      ...(listener === undefined ? {} : { sectionName: listener.name }),
    };
    super(scope, id, {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata,
      spec: { parentRefs: [parent], hostnames, rules },
    });
  }
}

function hostnamesOf(check: Check, { gateway, listener, hostnames }: HttpRouteProps): string[] {
  if (listener !== undefined && !gateway.listeners.includes(listener)) {
    const own = gateway.listeners.map(({ name }) => name).join(', ');
    check.add(
      'listener',
      `Gateway ${gateway.name} has no such listener as ${listener.name}`,
      `its listeners: ${own}`,
    );
  }
  const listeners = listener === undefined ? gateway.listeners : [listener];
  if (
    gateway.namespace !== check.namespace &&
    listeners.every(({ routesFrom = 'Same' }) => routesFrom === 'Same')
  ) {
    const what = `Gateway ${gateway.name} takes routes of its own namespace ${gateway.namespace} only`;
    check.add('gateway', what, 'set routesFrom on its listener, or put the route there');
  }
  const offered = [...new Set(listeners.map((each) => each.hostname))];
  for (const hostname of hostnames ?? []) {
    check.hostname('hostnames', hostname);
    const covered = offered.some((name) => coversHostname(name, hostname));
    const remedy = `the Gateway answers to: ${offered.join(', ')}`;
    check.that(covered, 'hostnames', `${hostname} is covered by no listener of ${gateway.name}`, remedy);
  }
  return [...(hostnames ?? offered)];
}

function ruleManifest(
  check: Check,
  field: string,
  rule: RouteRule,
  namespace: string | undefined,
): RuleManifest {
  const { matches = [], filters = [], backends = [], timeout } = rule;
  checkRule(check, field, rule);
  return {
    ...(matches.length === 0 ? {} : { matches: matches.map(matchManifest) }),
    ...(filters.length === 0 ? {} : { filters: [...filters] }),
    ...(backends.length === 0
      ? {}
      : { backendRefs: backends.map((backend) => backendRef(backend, namespace)) }),
    ...(timeout === undefined ? {} : { timeouts: { request: timeout } }),
  };
}

function backendRef({ service, namespace, port, weight }: WeightedBackend, from: string | undefined) {
  return {
    name: service,
    port,
    ...(namespace === undefined || namespace === from ? {} : { namespace }),
    ...(weight === undefined ? {} : { weight }),
  };
}
