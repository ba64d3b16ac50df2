export { isUnknown, type RouteAnswer, type Unknown } from './answer.ts';
export { routeIngressRequest } from './ingress.ts';
export { routeMeshRequest, servicePorts } from './mesh.ts';
export type { RequestLine } from './request.ts';
export { routeRequest } from './request-route.ts';
export { GATEWAY_API } from './route.ts';
export { type Ignored, type Routing, routingOf } from './routing.ts';
export { gatewayStatus, listenerSetStatus, routeStatus } from './status.ts';
