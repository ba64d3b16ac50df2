export * from './horizontal-pod-autoscaler.ts';
export * from './pod-disruption-budget.ts';
