import type { QuestionType } from './question.ts';

/** Every question type in its own module, loaded when the first question of the type is asked. */
export const QUESTION_TYPES: Readonly<Record<string, () => Promise<QuestionType>>> = {
  access: async () => (await import('./access.ts')).access,
  identity: async () => (await import('./identity.ts')).identity,
  mesh: async () => (await import('./mesh.ts')).mesh,
  'pod-security': async () => (await import('./pod-security.ts')).podSecurity,
  reach: async () => (await import('./reach.ts')).reach,
  route: async () => (await import('./route.ts')).route,
  'route-status': async () => (await import('./route-status.ts')).routeStatus,
};
