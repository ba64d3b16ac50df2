import { COLLECTION_STYLE, EVENT_ID, type Event, SCALAR_STYLE } from 'js-yaml';
import type { DocumentEvents } from './events.ts';
import { startOf } from './position.ts';
import { YamlProblem } from './yaml-problem.ts';

/**
 * Refuses YAML that the parser takes and Kubernetes' reader does not, or takes otherwise.
 *
 * @throws YamlProblem
 */
export function checkForKubernetes({ events, text, original }: DocumentEvents): void {
  const flows: boolean[] = [];
  for (const event of events) {
    if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) {
      flows.push(event.style === COLLECTION_STYLE.FLOW);
    } else if (event.type === EVENT_ID.POP) flows.pop();
    else if (event.type === EVENT_ID.SCALAR && event.style === SCALAR_STYLE.PLAIN && flows.at(-1) === true) {
      checkFlowText(text.slice(event.valueStart, event.valueEnd), () => original(event.valueStart));
    }
    if ('anchorStart' in event && event.anchorStart >= 0) {
      checkAnchor(text.slice(event.anchorStart, event.anchorEnd), original(event.anchorStart));
    }
  }
  checkTabs(events, text, original);
}

function checkFlowText(text: string, offset: () => number): void {
  if (!text.includes('?')) return;
  throw new YamlProblem(
    offset(),
    `${JSON.stringify(text)} has a ? and stands in [] or {}`,
    'quote it; kubectl takes the ? for the start of a key',
  );
}

function checkAnchor(name: string, offset: number): void {
  if (/^[A-Za-z0-9_-]+$/.test(name)) return;
  throw new YamlProblem(
    offset,
    `${JSON.stringify(name)} is no name of an anchor`,
    'use letters, digits, - and _',
  );
}

/** Text in which a line may start with a tab. */
interface TabRange {
  readonly start: number;
  readonly end: number;
  /** Column from which on it may stand. */
  readonly column: number;
  /** A flow collection, in which a tab may stand between values, but not before the rest of a plain one. */
  readonly flow: boolean;
}

function checkTabs(events: readonly Event[], text: string, original: (offset: number) => number): void {
  if (!text.includes('\t')) return;
  let ranges: readonly TabRange[] | undefined;
  let next = 0;
  for (const { 0: indent, index } of text.matchAll(/^ *\t/gm)) {
    ranges ??= tabRanges(events, text.length);
    const column = indent.length - 1;
    const tab = index + column;
    while ((ranges[next]?.end ?? Number.POSITIVE_INFINITY) <= tab) next += 1;
    const range = ranges[next];
    const allowed = range !== undefined && tab >= range.start && column >= range.column;
    if (!allowed || (range.flow && followsPlainText(text, tab))) {
      throw new YamlProblem(original(tab), 'a tab stands at the start of a line', 'indent with spaces');
    }
  }
}

function followsPlainText(text: string, offset: number): boolean {
  let at = offset - 1;
  while (/[ \t\r\n]/.test(text.charAt(at))) at -= 1;
  return !/[,:[\]{}"']/.test(text.charAt(at));
}

/** Quoted and block texts, and flow collections up to what follows them, in order. */
function tabRanges(events: readonly Event[], length: number): TabRange[] {
  const ranges: TabRange[] = [];
  const flows: boolean[] = [];
  let flowStart: number | undefined;
  for (const event of events) {
    const start = startOf(event);
    if (flowStart !== undefined && start !== undefined && !flows.includes(true)) {
      ranges.push({ start: flowStart, end: start, column: 0, flow: true });
      flowStart = undefined;
    }
    if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) {
      const flow = event.style === COLLECTION_STYLE.FLOW;
      flows.push(flow);
      if (flow) flowStart ??= event.start;
    } else if (event.type === EVENT_ID.POP) flows.pop();
    else if (
      event.type === EVENT_ID.SCALAR &&
      flowStart === undefined &&
      event.style !== SCALAR_STYLE.PLAIN
    ) {
      const quoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
      const column = quoted ? 0 : event.indent < 0 ? Number.POSITIVE_INFINITY : event.indent;
      ranges.push({ start: event.valueStart, end: event.valueEnd, column, flow: false });
    }
  }
  if (flowStart !== undefined) ranges.push({ start: flowStart, end: length, column: 0, flow: true });
  return ranges;
}
