import type { IContainer } from 'kubernetes-models/v1';
import type { Check } from '../validate/check.ts';
import { parseQuantity } from '../validate/quantity.ts';

/** Names of further resources, such as `ephemeral-storage` or `nvidia.com/gpu`, and their quantities. */
type Further = Readonly<Record<string, string>>;

/** What a container is promised and what it may use at most. */
export interface ResourceBounds {
  readonly requests: { readonly cpu: string; readonly memory: string } & Further;
  /** Without a CPU limit a container may use what its node has left. */
  readonly limits: { readonly memory: string; readonly cpu?: string } & Readonly<
    Record<string, string | undefined>
  >;
}

/** A container's resources; `from-limit-range` leaves them to the namespace's LimitRange. */
export type Resources = ResourceBounds | 'from-limit-range';

/** @returns undefined when a LimitRange decides. */
export function resourcesManifest(
  check: Check,
  field: string,
  resources: Resources,
): IContainer['resources'] {
  if (resources === 'from-limit-range') return undefined;
  const requests = quantities(check, `${field}.requests`, resources.requests);
  const limits = quantities(check, `${field}.limits`, resources.limits);
  for (const [name, request] of Object.entries(requests)) {
    const [most, least] = [parseQuantity(limits[name] ?? ''), parseQuantity(request)];
    if (most !== undefined && least !== undefined && least > most) {
      check.add(
        `${field}.requests.${name}`,
        `${request} is above the limit ${limits[name]}`,
        'raise the limit or lower it',
      );
    }
  }
  return { requests, limits };
}

function quantities(check: Check, field: string, given: Readonly<Record<string, string | undefined>>) {
  const out: Record<string, string> = {};
  for (const [name, quantity] of Object.entries(given)) {
    if (quantity === undefined) continue;
    check.quantity(`${field}.${name}`, quantity);
    out[name] = quantity;
  }
  return out;
}
