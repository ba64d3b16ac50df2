import { type Ignored, type Routing, routingOf } from '../analysis/routes/index.ts';
import type { Inventory } from '../inventory/index.ts';

const routings = new WeakMap<Inventory, Routing>();

/** @returns the gateways and routes of the input, arranged once for all questions. */
export function routingFor(inventory: Inventory): Routing {
  const routing = routings.get(inventory) ?? routingOf(inventory);
  routings.set(inventory, routing);
  return routing;
}

/** The field `ignored` of an answer, where there is something to say. */
export function withIgnored(ignored: readonly Ignored[]): { readonly ignored?: readonly Ignored[] } {
  return ignored.length === 0 ? {} : { ignored };
}
