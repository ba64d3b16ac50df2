export { type AccessDecision, type AccessModel, accessModel, decideAccess } from './access.ts';
export { escalationTo } from './escalation.ts';
export type { AccessRequest } from './policy-rule.ts';
export { SearchTooLarge } from './rights.ts';
export { parseSubject } from './subject.ts';
