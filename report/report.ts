import type { GateResult } from '../policies/gate.ts';
import { githubReport } from './github.ts';
import { jsonReport } from './json.ts';
import { junitReport } from './junit.ts';
import { markdownReport } from './markdown.ts';
import { sarifReport } from './sarif.ts';
import { textReport } from './text.ts';

/** Forms of a report. */
export const FORMATS = ['text', 'json', 'sarif', 'junit', 'markdown', 'github'] as const;
export type Format = (typeof FORMATS)[number];

/** How a report looks. */
export interface ReportOptions {
  /** Colour for a terminal; only the text form has any. @default false */
  readonly colour?: boolean;
}

/** @returns a report, with a line break at its end. */
export function renderReport(
  result: GateResult,
  format: Format,
  { colour = false }: ReportOptions = {},
): string {
  switch (format) {
    case 'text':
      return textReport(result, colour);
    case 'json':
      return jsonReport(result);
    case 'sarif':
      return sarifReport(result);
    case 'junit':
      return junitReport(result);
    case 'markdown':
      return markdownReport(result);
    case 'github':
      return githubReport(result);
  }
}
