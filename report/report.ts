import type { GateResult } from '../policies/gate.ts';
import { textReport } from './text.ts';

/** Forms of a report. */
export const FORMATS = ['text'] as const;
export type Format = (typeof FORMATS)[number];

export interface ReportOptions {
  /** Colour for a terminal; only the text form has any. @default false */
  readonly colour?: boolean;
}

/** @returns a report, with a line break at its end. */
export function renderReport(result: GateResult, format: Format, options: ReportOptions = {}): string {
  switch (format) {
    case 'text':
      return textReport(result, options);
  }
}
