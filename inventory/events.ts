import { type Event, parseEvents, YAMLException } from 'js-yaml';
import { flowLines, indentLines, widestIndent } from './indentation.ts';
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
 * @throws YamlProblem for what is not YAML
 */
export function documentEvents(written: string, maxDepth: number, budget: MendingBudget): DocumentEvents {
  // kubectl reads line by line and ends each with a break, the last one included
  const whole = written.endsWith('\n') ? written : `${written}\n`;
  const indented = new Set<number>();
  let indent: string | undefined;
  for (let mended = indentLines(whole, [], ''); ; ) {
    const { text, original } = mended;
    try {
      return { events: parseEvents(text, { maxDepth }), text, original };
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
