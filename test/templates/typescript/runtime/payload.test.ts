/** Payloads as JSON: the same text as JSON.stringify, or an error that names the place. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printPayload } from '../../../../templates/typescript/src/runtime/payload.js';

const circular: Record<string, unknown> = { name: 'hunter2' };
circular['list'] = [circular];

const sparse: number[] = [0];
sparse[3] = 3;

class Ping {
  payload: string | undefined;
}

function nest(depth: number): object {
  let value: object = {};
  for (let level = 0; level < depth; level += 1) value = level % 2 ? [value] : { a: value };
  return value;
}

describe('printPayload', () => {
  it('prints what JSON.stringify prints', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(printPayload(value)).toBe(JSON.stringify(value));
      }),
    );
  });

  it.each([
    ['undefined', undefined, '$'],
    ['a function', () => 1, '$'],
    ['NaN', { size: Number.NaN }, '$.size is NaN'],
    ['Infinity', { files: [{ size: 1 }, { size: Number.POSITIVE_INFINITY }] }, '$.files[1].size is Infinity'],
    ['a BigInt', { a: { b: 10n } }, '$.a.b is a BigInt'],
    ['a circle', circular, '$.list[0] leads back to itself'],
    ['an invalid date', { at: new Date(Number.NaN) }, '$.at is an invalid date'],
    ['NaN alone', Number.NaN, '$ is NaN'],
    ['NaN behind toJSON', { size: { toJSON: () => Number.NaN } }, '$.size is NaN'],
    ['Infinity deep behind toJSON', [{ toJSON: () => ({ a: [1, -Infinity] }) }], '$[0].a[1] is -Infinity'],
    ['NaN as an object', { size: Object(Number.NaN) }, '$.size is NaN'],
    ['a gap in a list', { files: [1, ...sparse] }, '$.files[2] is undefined'],
    ['a list of gaps', sparse, '$[1] is undefined'],
    ['undefined in a list', { files: [{ a: 1 }, undefined] }, '$.files[1] is undefined'],
    ['a function in a list', [() => 1], '$[0] is a function'],
    ['a symbol in a list', [Symbol('hunter2')], '$[0] is a symbol'],
    ['a map', { tags: new Map([['hunter2', 1]]) }, '$.tags is of class Map'],
    ['a set', [{ tags: new Set(['hunter2']) }], '$[0].tags is of class Set'],
    ['a map alone', new Map(), '$ is of class Map'],
    ['an error', { why: new Error('hunter2') }, '$.why is of class Error'],
    ['bytes', { file: new Uint8Array([1, 2]) }, '$.file is of class Uint8Array'],
    ['query parameters', { query: new URLSearchParams('a=hunter2') }, '$.query is of class URLSearchParams'],
    ['a boxed BigInt', { a: Object(1n) }, '$.a is of class BigInt'],
    ['a value under a name that is no word', { 'my\nname': { 'a.b': Number.NaN } }, '$["my name"]["a.b"] is NaN'],
    ['nesting that no stack holds', nest(200_000), '$ is nested too deeply'],
    ['such nesting below a list', { list: [nest(200_000)] }, '$ is nested too deeply'],
  ])('refuses %s, and says where', (_name, payload, place) => {
    expect(() => printPayload(payload)).toThrow(place);
    expect(() => printPayload(payload)).not.toThrow('hunter2');
  });

  it('leaves to JSON what JSON can do', () => {
    const shared = { a: 1 };
    const payload = {
      at: new Date(0),
      none: null,
      gone: undefined,
      twice: [shared, shared],
      own: { toJSON: () => null },
      map: Object.assign(new Map(), { toJSON: () => ({ a: 1 }) }),
      boxes: [Object(1), Object('a'), Object(true)],
      classes: [new Ping(), Object.create(null)],
      left: { out: undefined, run: () => 1, [Symbol('a')]: 1 },
      bytes: Buffer.from('null'),
    };
    expect(printPayload(payload)).toBe(JSON.stringify(payload));
    expect(printPayload({ a: null, deep: nest(500) })).toBe(JSON.stringify({ a: null, deep: nest(500) }));
  });

  it('keeps what a toJSON throws as the cause', () => {
    const cause = new Error('mine');
    const payload = {
      toJSON(): never {
        throw cause;
      },
    };
    expect(() => printPayload(payload)).toThrow(
      expect.objectContaining({ message: 'the payload is not JSON: $ cannot be printed as JSON', cause }),
    );
  });
});
