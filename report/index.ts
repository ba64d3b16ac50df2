export { FORMATS, type Format, type ReportOptions, renderReport } from './report.ts';
