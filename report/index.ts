export { FORMATS, type Format, renderReport } from './report.ts';
