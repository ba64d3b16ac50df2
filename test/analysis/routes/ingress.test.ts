import { describe, expect, test } from 'vitest';
import { isUnknown, type RequestLine, routeIngressRequest } from '../../../analysis/routes/index.ts';
import { routing, service } from './cluster.ts';

type Fields = Readonly<Record<string, unknown>>;

function ingress(name: string, spec: Fields, metadata: Fields = {}): Fields {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { namespace: 'infra', name, ...metadata },
    spec: { ingressClassName: 'web', ...spec },
  };
}

const backend = (name: string, port: Fields = { number: 80 }) => ({ service: { name, port } });

function path(value: string, name: string, pathType = 'Prefix'): Fields {
  return { path: value, pathType, backend: backend(name) };
}

function rule(host: string | undefined, ...paths: readonly Fields[]): Fields {
  return { ...(host === undefined ? {} : { host }), http: { paths } };
}

/** The backend that a request gets, the status without one, or why there is no answer. */
function reaches(objects: readonly Fields[], line: RequestLine, className = 'web'): string | number {
  const answer = routeIngressRequest(routing(...objects).inventory, className, line);
  if (isUnknown(answer)) return answer.unknown;
  return answer.backends[0]?.name ?? answer.status;
}

describe('a path', () => {
  const objects = [
    ingress('i', {
      rules: [rule(undefined, path('/', 'c'), path('/a/b/', 'a'), path('/x', 'b', 'Exact'), path('/x', 'a'))],
    }),
  ];
  test.each([
    ['/a/b', 'a'],
    ['/a/b/c', 'a'],
    ['/a/bc', 'c'],
    ['/x', 'b'],
    ['/x/', 'a'],
    ['/X', 'c'],
  ])('%s goes to %s: the longest path, of equal ones the exact', (request, expected) => {
    expect(reaches(objects, { path: request })).toBe(expected);
  });
});

describe('a host', () => {
  const objects = [
    ingress('i', { rules: [rule('foo.com', path('/', 'a')), rule('*.foo.com', path('/', 'b'))] }),
  ];
  test.each([
    ['foo.com:8080', 'a'],
    ['bar.foo.com', 'b'],
    ['baz.bar.foo.com', 404],
    ['other.com', 404],
  ])('%s goes to %s: a wildcard is one label', (host, expected) => {
    expect(reaches(objects, { host })).toBe(expected);
  });
  test('that is exact comes before a wildcard, and that before none', () => {
    const all = [
      ingress('i', {
        rules: [
          rule(undefined, path('/', 'c')),
          rule('*.foo.com', path('/', 'b')),
          rule('x.foo.com', path('/', 'a')),
        ],
      }),
    ];
    expect(['x.foo.com', 'y.foo.com', 'z.org'].map((host) => reaches(all, { host }))).toEqual([
      'a',
      'b',
      'c',
    ]);
  });
  test('whose paths do not match leaves open whether others take over', () => {
    const both = [
      ingress('i', { rules: [rule('foo.com', path('/a', 'a')), rule(undefined, path('/', 'b'))] }),
    ];
    expect(reaches(both, { host: 'foo.com', path: '/z' })).toMatch('left to the controller');
    expect(reaches(both, { host: 'foo.com', path: '/a' })).toBe('a');
  });
});

test('Ingresses of a class are one: of equal paths the oldest has it', () => {
  const rules = (name: string) => ({ rules: [rule('foo.com', path('/', name))] });
  const objects = [
    ingress('first', rules('a'), { creationTimestamp: '2024-02-01T00:00:00Z' }),
    ingress('second', rules('b'), { creationTimestamp: '2024-01-01T00:00:00Z' }),
    ingress(
      'other',
      { ...rules('c'), ingressClassName: 'other' },
      { creationTimestamp: '2023-01-01T00:00:00Z' },
    ),
  ];
  expect(reaches(objects, { host: 'foo.com' })).toBe('b');
  expect(reaches(objects, { host: 'foo.com' }, 'other')).toBe('c');
});

test('an Ingress without a class is of the default class', () => {
  const { spec, ...rest } = ingress('i', {});
  const objects = [{ ...rest, spec: { rules: [rule(undefined, path('/', 'a'))] } }];
  const standard = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name: 'web', annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' } },
  };
  expect(spec).toBeDefined();
  expect(reaches([...objects, standard], {})).toBe('a');
  expect(reaches(objects, {})).toBe(404);
  expect(reaches(objects, {}, '')).toBe('a');
});

describe('a backend', () => {
  test('is the default one where nothing matches', () => {
    const objects = [
      ingress('i', { defaultBackend: backend('c'), rules: [rule('foo.com', path('/a', 'a'))] }),
    ];
    expect(reaches(objects, { host: 'foo.com', path: '/z' })).toBe('c');
    expect(reaches(objects, { host: 'bar.com' })).toBe('c');
  });
  test('has a port by number or by name', () => {
    const named = { ...service('n'), spec: { ports: [{ name: 'http', port: 8080 }] } };
    const to = (port: Fields) =>
      ingress('i', {
        rules: [rule(undefined, { path: '/', pathType: 'Prefix', backend: backend('n', port) })],
      });
    expect(reaches([named, to({ name: 'http' })], {})).toBe('n');
    expect(reaches([named, to({ number: 8080 })], {})).toBe('n');
    expect(reaches([named, to({ name: 'https' })], {})).toBe(500);
    expect(reaches([to({ number: 8080 })], {})).toBe(500);
  });
});

describe('there is no answer where the controller decides', () => {
  const rules = [rule('foo.com', path('/', 'a'))];
  test('about annotations of its own', () => {
    const annotated = (annotation: string) =>
      reaches([ingress('i', { rules }, { annotations: { [annotation]: 'x' } })], { host: 'foo.com' });
    expect(annotated('nginx.ingress.kubernetes.io/rewrite-target')).toMatch('rewrite-target');
    expect(annotated('nginx.ingress.kubernetes.io/proxy-read-timeout')).toBe('a');
    expect(annotated('example.com/owner')).toBe('a');
  });
  test('about paths of its own', () => {
    const own = (value: string) =>
      reaches(
        [
          ingress('i', {
            rules: [rule(undefined, path(value, 'b', 'ImplementationSpecific'), path('/', 'a'))],
          }),
        ],
        {
          path: '/foo/bar',
        },
      );
    expect(own('/foo')).toMatch('/foo');
    expect(own('/f.*')).toMatch('/f.*');
    expect(own('/other')).toBe('a');
  });
  test('about plain HTTP to a host with TLS', () => {
    const objects = [ingress('i', { rules, tls: [{ hosts: ['foo.com'], secretName: 's' }] })];
    expect(reaches(objects, { host: 'foo.com' })).toMatch('ask with tls');
    expect(reaches(objects, { host: 'foo.com', tls: true })).toBe('a');
  });
});
