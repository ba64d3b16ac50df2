export { bytesOf, textOf, Unknowns } from './bytes.ts';
export { TemplateError, Undetermined } from './error.ts';
export { executeTemplate } from './execute.ts';
export type { Template } from './node.ts';
export { parseTemplate } from './parse.ts';
export { BASIC_TYPES, type GoField, type GoType, type Kind } from './type.ts';
export { type GoMap, type GoValue, stringValue, Unknown, zeroOf } from './value.ts';
