import { describe, expect, test } from 'vitest';
import {
  CiliumNetworkPolicy,
  ConfigMap,
  Deployment,
  everyPod,
  externalSecret,
  httpGet,
  NetworkPolicy,
  PodDisruptionBudget,
  pods,
  port,
  Role,
  SandboxClaim,
  SandboxTemplate,
  Service,
  tcp,
  Volume,
} from '../../constructs/index.ts';
import { chart, container, http, resources, server } from './support.ts';

/**
 * What must not compile. The type checker proves it, as an `@ts-expect-error` without an error is one; so the
 * bodies need not run.
 */
function refused(_body: () => unknown): void {}

const scope = chart();
const api = new Deployment(scope, 'api', { selector: { app: 'api' }, replicas: 1, containers: [server] });
const service = new Service(scope, 'service', { pods: api, ports: [http] });
const metrics = port('metrics', 9090);

describe('fails to compile:', () => {
  test('a container without resources, or with half of them', () => {
    const base = { selector: { app: 'a' }, replicas: 1 } as const;
    refused(() => {
      // @ts-expect-error resources are required
      new Deployment(scope, 'a', { ...base, containers: [{ name: 'a', image: 'a:1' }] });
      const half = { ...container, resources: { ...resources, limits: {} } };
      // @ts-expect-error a memory limit is required
      new Deployment(scope, 'a', { ...base, containers: [half] });
      // @ts-expect-error a pod has a container
      new Deployment(scope, 'a', { ...base, containers: [] });
      // @ts-expect-error replicas are a number, or an autoscaler's
      new Deployment(scope, 'a', { selector: { app: 'a' }, containers: [container] });
    });
  });

  test('a port of another workload, by name or by number', () => {
    const elsewhere = port('http', 8081);
    refused(() => {
      // @ts-expect-error the pods do not listen there
      new Service(scope, 'b', { pods: api, ports: [metrics] });
      // @ts-expect-error the number is another one
      new Service(scope, 'b', { pods: api, ports: [elsewhere] });
      // @ts-expect-error the Service does not carry it
      service.backend(metrics);
      // @ts-expect-error the Service does not carry it
      service.url(elsewhere);
    });
    expect(service.backend(http).port).toBe(8080);
  });

  test('a probe of a port that the container does not have', () => {
    const base = { selector: { app: 'a' }, replicas: 1 } as const;
    refused(() => {
      const probe = { check: httpGet(metrics, '/') };
      // @ts-expect-error the probe's port is not the container's
      new Deployment(scope, 'a', { ...base, containers: [{ ...server, liveness: probe }] });
    });
  });

  test('a pod without port behind a Service', () => {
    const silent = new Deployment(scope, 'silent', {
      selector: { app: 's' },
      replicas: 1,
      containers: [container],
    });
    refused(() => {
      // @ts-expect-error it listens nowhere
      new Service(scope, 'b', { pods: silent, ports: [http] });
    });
    expect(silent.ports).toEqual([]);
  });

  test('a peer put together by hand, or an empty list of peers', () => {
    const selectors = { podSelector: { app: 'a' }, namespaceSelector: { team: 'b' } };
    refused(() => {
      // @ts-expect-error whether this means AND or OR is said by podsIn or by a list
      new NetworkPolicy(scope, 'a', { pods: everyPod, ingress: [{ from: selectors, ports: 80 }] });
      // @ts-expect-error no peer would mean anyone
      new NetworkPolicy(scope, 'a', { pods: everyPod, ingress: [{ from: [], ports: 80 }] });
      // @ts-expect-error no port would mean every port
      new NetworkPolicy(scope, 'a', { pods: everyPod, ingress: [{ from: pods({ app: 'a' }), ports: [] }] });
      // @ts-expect-error no ports would mean every port
      new NetworkPolicy(scope, 'a', { pods: everyPod, ingress: [{ from: pods({ app: 'a' }) }] });
      // @ts-expect-error no rule is said by 'nothing'
      new NetworkPolicy(scope, 'a', { pods: everyPod, ingress: [] });
      // @ts-expect-error a policy is about one direction at least
      new NetworkPolicy(scope, 'a', { pods: everyPod });
      // @ts-expect-error ingress comes from, egress goes to
      new NetworkPolicy(scope, 'a', { pods: everyPod, egress: [{ from: pods({ app: 'a' }), ports: 80 }] });
    });
  });

  test('egress by name to no name, or to an entity that is none', () => {
    refused(() => {
      // @ts-expect-error at least one name or pattern
      new CiliumNetworkPolicy(scope, 'a', { pods: everyPod, egress: [{ ports: [tcp(443)] }] });
      const rule = { entities: ['internet'], ports: [443] } as const;
      // @ts-expect-error no such entity
      new CiliumNetworkPolicy(scope, 'a', { pods: everyPod, egress: [rule] });
    });
  });

  test('a budget with both bounds, or none', () => {
    refused(() => {
      // @ts-expect-error one of the two
      new PodDisruptionBudget(scope, 'a', { pods: api, minAvailable: 1, maxUnavailable: 1 });
      // @ts-expect-error one of the two
      new PodDisruptionBudget(scope, 'a', { pods: api });
    });
  });

  test('a key or file that does not exist', () => {
    const secret = externalSecret('tls', { keys: ['tls.crt', 'tls.key'], reason: 'made by a test' });
    const config = new ConfigMap(scope, 'config', { data: { mode: 'plain' } });
    refused(() => {
      // @ts-expect-error no such key
      secret.env('tls.pem');
      // @ts-expect-error no such file
      Volume.secret('tls', secret).at('/tls').file('ca.crt');
      // @ts-expect-error no such key
      config.env('Mode');
    });
  });

  test('a wildcard verb, a managed template without rules, a claim with variables', () => {
    const template = { selector: { app: 's' }, containers: [container] } as const;
    refused(() => {
      // @ts-expect-error verbs are named
      new Role(scope, 'a', { rules: [{ apiGroup: '', resources: ['pods'], verbs: ['*'] }] });
      // @ts-expect-error the controller's own rules would let sandboxes out everywhere
      new SandboxTemplate(scope, 'a', { ...template, networkPolicyManagement: 'Managed' });
      // @ts-expect-error variables mean a cold start
      new SandboxClaim(scope, 'a', { pool: { name: 'p', namespace: 'a' }, env: [] });
    });
  });
});
