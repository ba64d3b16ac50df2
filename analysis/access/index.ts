export {
  type AccessDecision,
  type AccessModel,
  type AccessReason,
  accessModel,
  decideAccess,
  type IgnoredObject,
  type Named,
} from './access.ts';
export type { AccessRequest } from './policy-rule.ts';
export { parseSubject, type User } from './subject.ts';
