import Type from 'typebox';
import {
  type AccessModel,
  accessModel,
  decideAccess,
  escalationTo,
  parseSubject,
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
    resource: Type.String({ minLength: 1, description: 'plural, as in rules; pods/log names a subresource' }),
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
    const { verb, group = '', namespace = '', name = '' } = question;
    const user = parseSubject(question.subject);
    if (user === undefined)
      throw new QuestionError(
        'malformed',
        `subject is ${question.subject}; write serviceaccount:NAMESPACE/NAME, user:NAME or group:NAME`,
      );
    const [resource = '', ...rest] = question.resource.split('/');
    const written = rest.join('/');
    const subresource = question.subresource ?? written;
    if (written !== '' && written !== subresource)
      throw new QuestionError(
        'malformed',
        `resource names the subresource ${written}, and subresource ${subresource}`,
      );
    const model = models.get(inventory) ?? accessModel(inventory);
    models.set(inventory, model);
    const request = { verb, group, resource, subresource, namespace, name };
    const decision = decideAccess(model, user, request);
    const escalation =
      question.escalation === true && !decision.allowed
        ? escalationTo(model, inventory, question.subject, user, request)
        : undefined;
    return {
      ...decision,
      ...(escalation !== undefined && { escalation }),
      ...(model.ignored.length > 0 && { ignored: model.ignored }),
    };
  },
);
