import type { AliasEvent } from 'js-yaml';
import type { Json } from '../core/manifest.ts';
import { LimitProblem, YamlProblem } from './yaml-problem.ts';

/** Counts what aliases stand for; shared by all documents of one reading. */
export interface AliasBudget {
  left: number;
}

/** A value with a name that aliases refer to. */
export interface Anchor {
  readonly value: Json;
  /** Nodes it stands for, itself included. */
  size: number;
  complete: boolean;
}

/** Gives a value the name of its anchor, if it has one. */
export function declare(
  anchors: Map<string, Anchor>,
  text: string,
  event: { anchorStart: number; anchorEnd: number },
  value: Json,
): Anchor | undefined {
  if (event.anchorStart < 0) return undefined;
  const anchor = { value, size: 1, complete: false };
  anchors.set(text.slice(event.anchorStart, event.anchorEnd), anchor);
  return anchor;
}

/** @returns what an alias stands for, charged to the budget. */
export function resolve(
  anchors: Map<string, Anchor>,
  text: string,
  event: AliasEvent,
  budget: AliasBudget,
): Anchor {
  const name = text.slice(event.anchorStart, event.anchorEnd);
  const offset = event.anchorStart - 1;
  const anchor = anchors.get(name);
  if (anchor === undefined)
    throw new YamlProblem(
      offset,
      `alias *${name} has no anchor`,
      `write &${name} before the value it stands for`,
    );
  if (!anchor.complete) throw new YamlProblem(offset, `anchor &${name} contains itself`, 'remove the alias');
  budget.left -= anchor.size;
  if (budget.left < 0) throw new LimitProblem(offset, 'aliases stand for too many nodes', 'maxAliasNodes');
  return anchor;
}
