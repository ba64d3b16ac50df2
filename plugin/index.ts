export { GateValidation, type GateValidationProps } from './gate-validation.ts';
