import { ApiObject, App, Chart, type IResolver, JsonPatch, Lazy, type ResolutionContext } from 'cdk8s';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KubeObject } from '../../constructs/kube-object.ts';
import { render } from '../../synth/render.ts';
import { chart } from './tree.ts';

/** A class with a `value`, as `cdk8s import` makes them for a number or a string. */
class IntOrString {
  readonly value: number | string;
  constructor(value: number | string) {
    this.value = value;
  }
}

describe('rendering an object', () => {
  it('gives the values that cdk8s gives, for any props', () => {
    const leaf = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.constant(undefined),
      fc.string().map((value) => Lazy.any({ produce: () => value })),
      fc.integer().map((value) => ({ resolve: () => ({ resolved: value }) })),
      fc.integer().map((value) => new IntOrString(value)),
    );
    const keys = fc
      .string({ minLength: 1 })
      .filter((key) => !['__proto__', 'constructor', 'resolve', 'value'].includes(key));
    const { value, mapping } = fc.letrec<{ value: unknown; mapping: unknown }>((tie) => ({
      value: fc.oneof({ maxDepth: 3 }, leaf, fc.array(tie('value'), { maxLength: 3 }), tie('mapping')),
      mapping: fc.dictionary(keys, tie('value'), { maxKeys: 4, noNullPrototype: true }),
    }));
    fc.assert(
      fc.property(value, mapping, value, (spec, annotations, extra) => {
        const props = { apiVersion: 'v1', kind: 'Thing', spec, data: extra };
        const metadata = { name: 'thing', labels: { a: 'b' }, annotations, finalizers: [], extra };
        const object = new ApiObject(chart('ns'), 'thing', { ...props, metadata } as never);
        // cdk8s leaves undefined in lists, which its YAML shows as null
        expect(render(object)).toEqual(JSON.parse(JSON.stringify(object.toJson())));
      }),
    );
  });

  it('brings the namespace and labels of the chart, and a name made up where none is given', () => {
    const scope = new Chart(new App(), 'web', { namespace: 'team', labels: { team: 'a' } });
    const object = new ApiObject(scope, 'settings', { apiVersion: 'v1', kind: 'ConfigMap' });
    expect(render(object)).toEqual(object.toJson());
    expect(render(object)).toMatchObject({ metadata: { namespace: 'team', labels: { team: 'a' } } });
  });

  it('applies JSON patches', () => {
    const object = new ApiObject(chart(), 'pod', { apiVersion: 'v1', kind: 'Pod', spec: { a: 1 } } as never);
    object.addJsonPatch(JsonPatch.add('/spec/b', { z: 1, name: 'first' }), JsonPatch.remove('/spec/a'));
    expect(render(object)).toMatchObject({ spec: { b: { name: 'first', z: 1 } } });
    expect(render(object)).toEqual(object.toJson());
  });

  it('leaves objects that render themselves to themselves, once', () => {
    let calls = 0;
    class Imported extends ApiObject {
      override toJson(): object {
        calls++;
        return { ...super.toJson(), spec: { rendered: true } };
      }
    }
    const object = new Imported(chart(), 'own', { apiVersion: 'example.org/v1', kind: 'Own' });
    expect(render(object)).toMatchObject({ spec: { rendered: true } });
    expect(calls).toBe(1);
  });

  it('uses the resolvers of the app', () => {
    const resolver: IResolver = {
      resolve: (context: ResolutionContext) => {
        if (context.value === 'secret-of-life') context.replaceValue('42');
      },
    };
    const scope = new Chart(new App({ resolvers: [resolver] }), 'chart');
    const object = new ApiObject(scope, 'a', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      data: { a: 'secret-of-life' },
    } as never);
    expect(render(object)).toMatchObject({ data: { a: '42' } });
  });

  it('takes objects of this library the short way', () => {
    const object = new KubeObject(chart('ns'), 'a', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a' },
    });
    expect(render(object)).toEqual(object.toJson());
  });

  it('writes a key that cdk8s stumbles over', () => {
    const data = { constructor: 'a', toString: 'b' };
    const object = new ApiObject(chart(), 'a', { apiVersion: 'v1', kind: 'ConfigMap', data } as never);
    expect(render(object)['data']).toEqual(data);
  });

  it('puts what identifies a thing first, whatever the order it was written in', () => {
    const object = new ApiObject(chart('ns'), 'a', {
      spec: { zone: 1, name: 'n', image: 'i' },
      kind: 'Thing',
      metadata: { labels: { b: '1', a: '2' }, name: 'a' },
      apiVersion: 'v1',
    } as never);
    expect(JSON.stringify(render(object))).toBe(
      '{"apiVersion":"v1","kind":"Thing","metadata":{"name":"a","namespace":"ns","labels":{"a":"2","b":"1"}},' +
        '"spec":{"name":"n","image":"i","zone":1}}',
    );
  });

  it.each([
    ['a date', new Date(0)],
    ['a function', () => 1],
    ['infinity', Number.POSITIVE_INFINITY],
    ['a big integer', 1n],
    ['half a character', '\ud800'],
    ['a key that is a trap', JSON.parse('{"__proto__": {"a": 1}}')],
  ])('fails for %s', (_, value) => {
    const object = new ApiObject(chart(), 'a', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      data: { value },
    } as never);
    expect(() => render(object)).toThrow('cannot be written to a manifest');
  });
});
