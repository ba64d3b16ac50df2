export { CHECKS } from './checks.ts';
export { checkViolations, podViolations } from './evaluate.ts';
export { InvalidField } from './field.ts';
export { podOf } from './source.ts';
