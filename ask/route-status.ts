import {
  GATEWAY_API,
  gatewayStatus,
  listenerSetStatus,
  routeStatus as statusOf,
} from '../analysis/routes/index.ts';
import { groupOf, identityText } from '../core/manifest.ts';
import { OBJECT, objectOf } from './object.ts';
import { QuestionError, questionType } from './question.ts';
import { routingFor, withIgnored } from './routings.ts';

/** `route-status`: what a controller would write into the status of a route, a Gateway or a ListenerSet. */
export const routeStatus = questionType({ object: OBJECT }, ({ object }, { inventory }) => {
  const found = objectOf(inventory, object, 'object');
  if (!inventory.objects.includes(found))
    throw new QuestionError('malformed', 'object is inline; add it by "with" and name it');
  const { apiVersion, kind } = found.identity;
  const routing = routingFor(inventory);
  if (groupOf(apiVersion) === GATEWAY_API) {
    if (kind === 'Gateway')
      return { ...gatewayStatus(routing, found), ...withIgnored(routing.ignoredUnder(found)) };
    if (kind === 'ListenerSet') {
      const status = listenerSetStatus(routing, found);
      if (status === undefined)
        throw new QuestionError(
          'not-found',
          `the Gateway of ${identityText(found.identity)} is not in the input`,
        );
      return { ...status, ...withIgnored(routing.ignoredUnder(found)) };
    }
    const route = routing.routeOf(found);
    if (route !== undefined) {
      const ignored = routing.ignored(route);
      return { parents: statusOf(routing, route), ...withIgnored(ignored === undefined ? [] : [ignored]) };
    }
  }
  throw new QuestionError(
    'unsupported',
    `${identityText(found.identity)} is no route, Gateway or ListenerSet`,
  );
});
