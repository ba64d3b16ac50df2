import { describe, expect, test } from 'vitest';
import {
  Deployment,
  type ListeningPods,
  type Port,
  port,
  Service,
  type ServiceProps,
} from '../../constructs/index.ts';
import { chart, http, server } from './support.ts';

const api = (scope = chart()) =>
  new Deployment(scope, 'api', { selector: { app: 'api' }, replicas: 1, containers: [server] });

const specOf = (props: Partial<ServiceProps<typeof http>>) => {
  const deployment = api();
  return new Service(deployment.chart, 'service', { pods: deployment, ports: [http], ...props }).toJson()
    .spec;
};

describe('Service', () => {
  test('carries the ports of its pods as they are', () => {
    expect(specOf({})).toEqual({
      type: 'ClusterIP',
      selector: { app: 'api' },
      ports: [{ name: 'http', port: 8080, targetPort: 8080, protocol: 'TCP' }],
    });
  });

  test('carries them behind another number and name', () => {
    const ports = [{ target: http, port: 80, name: 'web', appProtocol: 'http' }] as const;
    expect(specOf({ ports })?.ports).toEqual([
      { name: 'web', port: 80, targetPort: 8080, protocol: 'TCP', appProtocol: 'http' },
    ]);
  });

  test('keeps a client at one pod', () => {
    expect(specOf({ sessionAffinitySeconds: 10_800 })).toMatchObject({
      sessionAffinity: 'ClientIP',
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 10_800 } },
    });
  });

  test('names each pod when it has no address', () => {
    expect(specOf({ clusterIP: 'None' })?.clusterIP).toBe('None');
  });

  test('tells its address and its backend', () => {
    const deployment = api();
    const ports = [{ target: http, port: 80 }] as const;
    const service = new Service(deployment.chart, 'web', { pods: deployment, ports });
    expect(service.url(http)).toBe('http://web:80');
    expect(service.url(http, 'https')).toBe('https://web:80');
    expect(service.backend(http)).toEqual({ service: 'web', namespace: 'agents', port: 80 });
  });

  test('stands for pods that someone else makes', () => {
    const target = port('preview', 3000);
    const pods = { podSelector: { run: '1' }, namespace: 'agents', ports: [target] };
    const spec = new Service(chart(), 'preview', { pods, ports: [{ target, port: 80 }] }).toJson().spec;
    expect(spec).toMatchObject({ selector: { run: '1' }, ports: [{ port: 80, targetPort: 3000 }] });
  });

  // What the compiler refuses can still come from data, where the ports are not known to it.
  const untyped: ListeningPods = api();
  const foreign: Port = port('http', 9090);

  test('fails for a port that its pods do not have', () => {
    expect(() => new Service(chart(), 'service', { pods: untyped, ports: [foreign] })).toThrow(
      'platform/service: ports: the pods have no port http 9090/TCP; its ports: http 8080/TCP',
    );
  });

  test('fails to be a backend for a port that it does not carry', () => {
    const service = new Service(chart(), 'service', { pods: untyped, ports: [http] });
    expect(() => service.backend(foreign)).toThrow(
      'platform/service: the Service has no port for http 9090/TCP; its targets: http 8080/TCP',
    );
  });

  test('fails for two ports of one name or number', () => {
    expect(() => specOf({ ports: [http, { target: http, port: 80 }] })).toThrow(
      'two ports share the name http',
    );
  });
});
