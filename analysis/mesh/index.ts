export type { MeshReason } from './authorize.ts';
export { type Identity, identityOf, type MeshRequest } from './connection.ts';
export { judgeFlow, type MeshFlow, type MeshVerdict } from './judge.ts';
export { type Dataplane, dataplaneOf, goesAround } from './membership.ts';
export { meshPoliciesOf } from './policies.ts';
export { type Waypoint, waypointOf } from './waypoint.ts';
