import { COLLECTION_STYLE, EVENT_ID, type Event, parseEvents, SCALAR_STYLE, YAMLException } from 'js-yaml';
import { flowLines, indentLines, widestIndent } from './indentation.ts';
import { startOf } from './position.ts';
import { LimitProblem, YamlProblem } from './yaml-problem.ts';

/** A parsed document: events, and the text that their offsets are of. */
export interface DocumentEvents {
  readonly events: readonly Event[];
  /** The document's text, or that text with some lines indented further. */
  readonly text: string;
  /** @returns the offset in the document's own text. */
  original(offset: number): number;
}

/** Characters that may be parsed again to mend indentation; shared by the documents of one reading. */
export interface MendingBudget {
  left: number;
}

export const MENDING_BUDGET = 16 * 1024 * 1024;

/**
 * Parses one document. Kubernetes' reader lets the lines of a flow collection or a quoted text stand further left
 * than YAML allows, as many people write a closing bracket; such lines are indented before they are parsed.
 *
 * @throws YamlProblem for what is not YAML, or is YAML that Kubernetes' reader refuses
 */
export function documentEvents(written: string, maxDepth: number, budget: MendingBudget): DocumentEvents {
  // kubectl reads line by line and ends each with a break, the last one included
  const whole = written.endsWith('\n') ? written : `${written}\n`;
  const indented = new Set<number>();
  let indent: string | undefined;
  for (let mended = indentLines(whole, [], ''); ; ) {
    const { text, original } = mended;
    try {
      const events = parseEvents(text, { maxDepth });
      checkForKubernetes(events, text, original);
      return { events, text, original };
    } catch (error) {
      if (!(error instanceof YAMLException)) throw error;
      const offset = original(error.mark?.position ?? 0);
      const line = whole.lastIndexOf('\n', offset - 1) + 1;
      if (error.reason !== 'deficient indentation' || indented.has(line)) throw problemOf(error, offset);
      for (const start of [line, ...flowLines(whole, line)]) indented.add(start);
      indent ??= widestIndent(whole);
      budget.left -= whole.length + indented.size * indent.length;
      if (budget.left < 0) throw problemOf(error, offset);
      mended = indentLines(
        whole,
        [...indented].sort((a, b) => a - b),
        indent,
      );
    }
  }
}

function problemOf(error: YAMLException, offset: number): YamlProblem {
  if (error.reason.startsWith('nesting exceeded')) {
    return new LimitProblem(offset, 'maps and lists too deep inside each other', 'maxDepth');
  }
  if (error.reason.startsWith('directives end mark')) {
    return new YamlProblem(offset, 'a % directive', 'remove it; kubectl cannot read a file with directives');
  }
  const remedy =
    error.reason === 'deficient indentation' ? 'indent the line further than the key above it' : undefined;
  return new YamlProblem(offset, `not YAML: ${error.reason}`, remedy);
}

/** Refuses what the parser takes and Kubernetes' reader does not. */
function checkForKubernetes(
  events: readonly Event[],
  text: string,
  original: (offset: number) => number,
): void {
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
    if (range === undefined || tab < range.start || column < range.column) {
      throw new YamlProblem(original(tab), 'a tab stands at the start of a line', 'indent with spaces');
    }
  }
}

/** Quoted and block texts, and flow collections up to what follows them, in order. */
function tabRanges(events: readonly Event[], length: number): TabRange[] {
  const ranges: TabRange[] = [];
  const flows: boolean[] = [];
  let flowStart: number | undefined;
  for (const event of events) {
    const start = startOf(event);
    if (flowStart !== undefined && start !== undefined && !flows.includes(true)) {
      ranges.push({ start: flowStart, end: start, column: 0 });
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
      ranges.push({ start: event.valueStart, end: event.valueEnd, column });
    }
  }
  if (flowStart !== undefined) ranges.push({ start: flowStart, end: length, column: 0 });
  return ranges;
}
