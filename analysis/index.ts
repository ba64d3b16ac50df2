export { type External, parseExternals, readExternals } from './externals.ts';
export { type Reference, references } from './references.ts';
