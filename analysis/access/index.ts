export { type AccessDecision, type AccessModel, accessModel, decideAccess } from './access.ts';
export { escalationTo } from './escalation.ts';
export type { AccessRequest } from './policy-rule.ts';
export { parseSubject } from './subject.ts';
