import type { Json } from '../../core/manifest.ts';
import { type Inventory, listAt, textAt, valueAt } from '../../inventory/index.ts';
import { type Grants, indexGrants } from '../references/permissions.ts';
import { backendTlsOf } from './backend-tls.ts';
import { groupAt, type Route } from './route.ts';

/** Where a rule sends requests. */
export interface Backend {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Absent for kinds that have none. */
  readonly port?: number;
}

/** Why a backend takes no requests; the first of them that holds. */
export type BackendProblem = 'InvalidKind' | 'RefNotPermitted' | 'BackendNotFound';

/** A backend of a rule. */
export interface RuleBackend {
  readonly backend: Backend;
  readonly weight: number;
  readonly problem?: BackendProblem;
  /** Whether connections fail for want of an authority; the reference resolves all the same. */
  readonly untrusted: boolean;
  /** As written. */
  readonly filters: readonly Json[];
}

/** Kinds that a gateway can send requests to: Services, and those of implementations that are known here. */
const BACKEND_KINDS = new Set([
  '/Service',
  'multicluster.x-k8s.io/ServiceImport',
  'agentgateway.dev/AgentgatewayBackend',
  'gateway.envoyproxy.io/Backend',
  'gateway.kgateway.dev/Backend',
  'inference.networking.k8s.io/InferencePool',
  'inference.networking.x-k8s.io/InferencePool',
]);

/** Finds backends of routes. */
export interface Backends {
  /** @param mesh whether the route is one of a mesh, which asks for no ReferenceGrant and has TLS of its own */
  resolve(route: Route, reference: Json, mesh: boolean): RuleBackend;
}

export function backendsOf(inventory: Inventory): Backends {
  const grants = indexGrants(inventory);
  const tls = backendTlsOf(inventory);
  return {
    resolve: (route, reference, mesh) => {
      const port = valueAt(reference, 'port');
      const backend: Backend = {
        group: groupAt(reference, ''),
        kind: textAt(reference, 'kind') ?? 'Service',
        namespace: textAt(reference, 'namespace') ?? route.namespace,
        name: textAt(reference, 'name') ?? '',
        ...(typeof port === 'number' ? { port } : {}),
      };
      const weight = valueAt(reference, 'weight');
      const problem = problemOf(inventory, mesh ? undefined : grants, route, backend);
      return {
        backend,
        weight: typeof weight === 'number' ? weight : 1,
        filters: listAt(reference, 'filters'),
        untrusted:
          !mesh &&
          problem === undefined &&
          backend.kind === 'Service' &&
          tls.fails(backend.namespace, backend.name, portName(inventory, backend)),
        ...(problem === undefined ? {} : { problem }),
      };
    },
  };
}

/** Why a backend cannot be reached. */
export function failureOf({ problem, untrusted }: RuleBackend): string | undefined {
  return problem ?? (untrusted ? 'NoValidCACertificate' : undefined);
}

function problemOf(
  inventory: Inventory,
  grants: Grants | undefined,
  route: Route,
  backend: Backend,
): BackendProblem | undefined {
  const { group, kind, namespace, name, port } = backend;
  if (!BACKEND_KINDS.has(`${group}/${kind}`)) return 'InvalidKind';
  if (namespace !== route.namespace && grants !== undefined && !grants.permits(route.object, backend))
    return 'RefNotPermitted';
  const object = inventory.find(group, kind, namespace, name);
  if (object === undefined) return 'BackendNotFound';
  if (group !== '' || kind !== 'Service') return undefined;
  const known = listAt(object.manifest, 'spec', 'ports').some((item) => valueAt(item, 'port') === port);
  return known ? undefined : 'BackendNotFound';
}

function portName(inventory: Inventory, { namespace, name, port }: Backend): string | undefined {
  const service = inventory.find('', 'Service', namespace, name);
  const ports = listAt(service?.manifest, 'spec', 'ports');
  return textAt(
    ports.find((item) => valueAt(item, 'port') === port),
    'name',
  );
}
