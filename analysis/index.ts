export { type External, parseExternals, readExternals } from './externals.ts';
export { type Reference, type ReferenceStatus, type ReferenceType, references } from './references.ts';
