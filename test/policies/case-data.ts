import type { External } from '../../analysis/externals.ts';
import type { Inventory } from '../../inventory/index.ts';
import type { PassingCase } from '../../policies/build/cases.ts';
import { GATE_FOLDER } from '../../policies/build/sources.ts';
import type { EnvironmentData } from '../../policies/data.ts';
import type { Rule } from '../../policies/rule.ts';
import { inventoryOf } from '../../testing/manifests.ts';

/** What a test case gives to a rule. */
export interface CaseData {
  readonly inventory: Inventory;
  readonly externals: readonly External[];
  readonly environment?: EnvironmentData;
}

export function caseData({ objects, externals = [], environment }: PassingCase): CaseData {
  return {
    inventory: inventoryOf(objects),
    externals: externals.map((external) => external as unknown as External),
    ...(environment === undefined ? {} : { environment: environment as unknown as EnvironmentData }),
  };
}

export function ruleFile({ id, pack }: Rule): string {
  return `${GATE_FOLDER}/${pack}/${id.slice(pack.length + 1)}.rego`;
}
