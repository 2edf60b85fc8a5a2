/** Values and shapes in, what a literal may say out. */
import { describe, expect, it } from 'vitest';
import { NO_FACTS } from '../../../../src/model/facts.js';
import type { JsonValue, Shape } from '../../../../src/model/model.js';
import { declaredPart } from '../../../../src/targets/typescript/example.js';

const string: Shape = { kind: 'string' };
const object = (key: string, shape: Shape, additional: 'undeclared' | Shape = 'undeclared'): Shape => ({
  kind: 'object',
  fields: [{ key, shape, required: false, doc: '', facts: NO_FACTS }],
  additional,
});
const shapes: Readonly<Record<string, Shape>> = { Inner: object('a', string) };
const part = (value: JsonValue, shape: Shape): JsonValue => declaredPart(value, shape, (name) => shapes[name]);
const inner: Shape = { kind: 'reference', name: 'Inner' };

describe('declaredPart', () => {
  it.each<[string, JsonValue, Shape, JsonValue]>([
    ['takes out what is not declared', { a: 'a', b: 1 }, object('a', string), { a: 'a' }],
    ['looks into fields and references', { x: { a: 'a', b: 1 } }, object('x', inner), { x: { a: 'a' } }],
    ['looks into lists', [{ a: 'a', b: 1 }], { kind: 'array', items: inner }, [{ a: 'a' }]],
    ['looks into tuples', [{ b: 1 }, 2], { kind: 'tuple', items: [inner], required: 1, rest: string }, [{}, 2]],
    ['leaves maps', { a: 'a', b: 'b' }, object('a', string, string), { a: 'a', b: 'b' }],
    ['leaves free objects', { b: 1 }, { kind: 'object', fields: [], additional: 'undeclared' }, { b: 1 }],
    ['leaves unions', { b: 1 }, { kind: 'union', members: [inner, string] }, { b: 1 }],
  ])('%s', (_name, value, shape, expected) => expect(part(value, shape)).toEqual(expected));
});
