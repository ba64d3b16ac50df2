import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';

/** @returns the namespace that objects below a construct get when they name none. */
export function namespaceOf(scope: Construct): string | undefined {
  return Chart.of(scope).namespace;
}
