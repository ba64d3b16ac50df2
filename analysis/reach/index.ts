export {
  type AllPairs,
  allPairs,
  type PairPeer,
} from './all-pairs.ts';
export { addressBlocks, sideOf } from './decide.ts';
export type { Request } from './l7.ts';
export { type Entity, type NamedPort, type Peer, type Pod, Undecidable } from './model.ts';
export { imaginedPod, podsIn, podsOf } from './pods.ts';
export { type PolicySet, policiesOf } from './policies.ts';
export { judge, type Reason, type Verdict } from './verdict.ts';
export type { ConnectedPorts } from './workloads.ts';
