import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Problem } from '../core/problem.ts';

/** What one walk over a construct tree finds. */
export interface Tree {
  /** Every construct, parents before children, in construction order. */
  readonly constructs: readonly IConstruct[];
  readonly objects: readonly ApiObject[];
  /** Explicit `node.addDependency` between two constructs of the tree. */
  readonly dependencies: readonly Dependency[];
  /** What the constructs' own validations object to. */
  readonly problems: readonly Problem[];
}

/** Every object at or below `from` comes after every object at or below `to`. */
export interface Dependency {
  readonly from: IConstruct;
  readonly to: IConstruct;
}

/** Visits every construct at or below `root` once, and runs each construct's validations once. */
export function walk(root: IConstruct): Tree {
  const constructs: IConstruct[] = [];
  const objects: ApiObject[] = [];
  const dependencies: Dependency[] = [];
  const problems: Problem[] = [];
  const waiting: IConstruct[] = [root];
  for (let construct = waiting.pop(); construct !== undefined; construct = waiting.pop()) {
    constructs.push(construct);
    if (ApiObject.isApiObject(construct)) objects.push(construct);
    for (const what of construct.node.validate()) problems.push({ where: construct.node.path, what });
    for (const to of construct.node.dependencies) dependencies.push({ from: construct, to });
    waiting.push(...construct.node.children.toReversed());
  }
  return { constructs, objects, dependencies, problems };
}
