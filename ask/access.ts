import Type from 'typebox';
import {
  type AccessModel,
  type AccessRequest,
  accessModel,
  decideAccess,
  escalationTo,
  parseSubject,
  SearchTooLarge,
} from '../analysis/access/index.ts';
import type { Inventory } from '../inventory/index.ts';
import { QuestionError, questionType } from './question.ts';

const models = new WeakMap<Inventory, AccessModel>();

/** `access`: whether Kubernetes RBAC lets somebody do something, and which bindings and rules make it so. */
export const access = questionType(
  {
    subject: Type.String({ description: 'serviceaccount:namespace/name, user:name or group:name' }),
    verb: Type.String({ minLength: 1 }),
    group: Type.Optional(Type.String({ description: 'API group, empty for the core group' })),
    resource: Type.String({
      pattern: '^(/.*|[^/]+(/[^/]+)?)$',
      description: 'plural, as in rules; pods/log names a subresource, /metrics a path that is no resource',
    }),
    subresource: Type.Optional(Type.String()),
    namespace: Type.Optional(
      Type.String({ description: 'left out for all namespaces and cluster-scoped objects' }),
    ),
    name: Type.Optional(Type.String()),
    escalation: Type.Optional(
      Type.Boolean({ description: 'whether to look for a way around a denial, by the rights of others' }),
    ),
  },
  (question, { inventory }) => {
    const user = parseSubject(question.subject);
    if (user === undefined)
      throw new QuestionError(
        'malformed',
        `subject is ${question.subject}; write serviceaccount:NAMESPACE/NAME, user:NAME or group:NAME`,
      );
    const model = models.get(inventory) ?? accessModel(inventory);
    models.set(inventory, model);
    const request = requestOf(question);
    const decision = decideAccess(model, user, request);
    const escalation =
      question.escalation === true && !decision.allowed
        ? wayAround(() => escalationTo(model, inventory, question.subject, user, request))
        : undefined;
    return {
      ...decision,
      ...(escalation !== undefined && { escalation }),
      ...(model.ignored.length > 0 && { ignored: model.ignored }),
    };
  },
);

/** The part of a question that says what is to be done. */
interface Asked {
  readonly verb: string;
  readonly group?: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
}

function requestOf(asked: Asked): AccessRequest {
  const { verb, group = '', namespace = '', name = '' } = asked;
  if (asked.resource.startsWith('/')) {
    if (`${group}${asked.subresource ?? ''}${namespace}${name}` !== '')
      throw new QuestionError(
        'malformed',
        `${asked.resource} is no resource; leave out the other fields of one`,
      );
    return { verb, group: '', resource: '', subresource: '', namespace: '', name: '', path: asked.resource };
  }
  const [resource = '', written = ''] = asked.resource.split('/');
  const subresource = asked.subresource ?? written;
  if (written !== '' && written !== subresource)
    throw new QuestionError(
      'malformed',
      `resource names the subresource ${written}, and subresource ${subresource}`,
    );
  return { verb, group, resource, subresource, namespace, name };
}

function wayAround<T>(search: () => T): T {
  try {
    return search();
  } catch (error) {
    if (!(error instanceof SearchTooLarge)) throw error;
    throw new QuestionError('unsupported', `${error.message}; ask without escalation`);
  }
}
