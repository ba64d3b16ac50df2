import type { Answer, GivenOptions } from '../../../ask/index.ts';
import { askOne } from '../../ask/ask.ts';

/** Namespaces x, w and z, each labelled `ns: <name>`, with pods a, b and c, each labelled `pod: <name>`. */
export const CLUSTER = ['x', 'w', 'z']
  .flatMap((namespace) => [
    `apiVersion: v1
kind: Namespace
metadata: {name: ${namespace}, labels: {ns: ${namespace}}}`,
    ...['a', 'b', 'c'].map(
      (pod) => `apiVersion: v1
kind: Pod
metadata: {name: ${pod}, namespace: ${namespace}, labels: {pod: ${pod}}}
spec:
  serviceAccountName: ${pod}
  containers:
    - name: main
      image: main
      ports:
        - {name: serve-80-tcp, containerPort: 80}
        - {name: serve-81-tcp, containerPort: 81}
        - {name: serve-80-udp, containerPort: 80, protocol: UDP}
        - {name: own, containerPort: ${{ a: 1001, b: 1002, c: 1003 }[pod]}}`,
    ),
  ])
  .join('\n---\n');

/** A policy of namespace x, by default on pod a. */
export function policy(spec: string, kind = 'NetworkPolicy', name = 'p'): string {
  const group = kind === 'NetworkPolicy' ? 'networking.k8s.io/v1' : 'cilium.io/v2';
  const namespace = kind.includes('Clusterwide') ? '' : ', namespace: x';
  return `apiVersion: ${group}
kind: ${kind}
metadata: {name: ${name}${namespace}}
spec: ${spec}`;
}

/** The answer to whether `from` reaches `to`: pods as `x/a`, else as endpoints are written. */
export function reach(
  policies: readonly string[],
  from: string | object,
  to: string | object,
  more: object = { port: 80 },
  options?: GivenOptions,
): Promise<Answer> {
  return askOne([CLUSTER, ...policies].join('\n---\n'), { type: 'reach', from, to, ...more }, options);
}

/** The verdict alone, and the stage of a denial: `allow`, or `deny egress`. */
export async function verdict(...args: Parameters<typeof reach>): Promise<string> {
  const answer = await reach(...args);
  if (answer.error !== undefined) return `error ${answer.error.code}`;
  return [answer['verdict'], answer['stage']].filter((word) => word !== undefined).join(' ');
}
