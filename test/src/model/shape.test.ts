/** What types can say of a schema, written as types are. */
import { describe, expect, it } from 'vitest';
import type { Shape } from '../../../src/model/model.js';
import { modelOf } from '../../model-of.js';

/** A shape as one line: `{ a: string; b?: 1 | null }`; `…` stands for an object that other keys may be in. */
function print(shape: Shape): string {
  switch (shape.kind) {
    case 'number':
      return shape.integer ? 'integer' : 'number';
    case 'literal':
      return shape.values.map((value) => JSON.stringify(value)).join(' | ');
    case 'reference':
      return shape.name;
    case 'array':
      return `(${print(shape.items)})[]`;
    case 'tuple': {
      const items = shape.items.map((item, index) => print(item) + (index < shape.required ? '' : '?'));
      return `[${[...items, ...(shape.rest === false ? [] : [`...${print(shape.rest)}`])].join(', ')}]`;
    }
    case 'union':
      return shape.members.map(print).join(' | ');
    case 'intersection':
      return shape.members.map(print).join(' & ');
    case 'object': {
      const fields = shape.fields.map(
        ({ key, required, shape: inner }) => `${key}${required ? '' : '?'}: ${print(inner)}`,
      );
      const { additional } = shape;
      const rest = additional === false ? [] : [additional === 'undeclared' ? '…' : `[_]: ${print(additional)}`];
      return `{ ${[...fields, ...rest].join('; ')} }`;
    }
    default:
      return shape.kind;
  }
}

const of = (schema: object | boolean): string => {
  const [message] = modelOf({ a: schema }).messages;
  return message === undefined ? '' : print(message.payload);
};
const object = (properties: object, more: object = {}): object => ({ type: 'object', properties, ...more });
const string = { type: 'string' };
const number = { type: 'number' };
const required = (...names: string[]): object => ({ required: names });

describe('a shape', () => {
  it.each<[string, object | boolean, string]>([
    ['anything', {}, 'unknown'],
    ['nothing', false, 'never'],
    ['a bound without a type', { minimum: 3 }, 'unknown'],
    ['a type list', { type: ['string', 'null'] }, 'string | null'],
    ['an enum that its type cuts', { type: 'string', enum: ['a', 1, 'b'] }, '"a" | "b"'],
    ['a number beside an integer', { type: ['integer', 'number'] }, 'number'],
    [
      'what names of every object are',
      object({ constructor: string, __proto__x: number }),
      '{ constructor?: string; __proto__x?: number; … }',
    ],
    [
      'fields without a type',
      { properties: { a: string } },
      '{ a?: string; … } | (unknown)[] | string | number | boolean | null',
    ],
    ['a required name that is not declared', object({}, required('a')), '{ a: unknown; … }'],
    ['a required name that cannot be', object({}, { ...required('a'), additionalProperties: false }), 'never'],
    ['a map', object({}, { additionalProperties: number }), '{ [_]: number }'],
    [
      'a map by pattern',
      object({}, { patternProperties: { '^x': number }, additionalProperties: false }),
      '{ [_]: number }',
    ],
    ['an open map by pattern', object({}, { patternProperties: { '^x': number } }), '{ [_]: unknown }'],
    [
      'names that are listed',
      object({}, { propertyNames: { enum: ['a', 'b'] }, additionalProperties: number }),
      '{ a?: number; b?: number }',
    ],
    ['a list', { type: 'array', items: string }, '(string)[]'],
    ['an open tuple', { type: 'array', prefixItems: [string], minItems: 1 }, '[string, ...unknown]'],
    [
      'a closed tuple',
      { type: 'array', prefixItems: [string, number], items: false, minItems: 1 },
      '[string, number?]',
    ],
    ['a tuple that ends before nothing', { type: 'array', prefixItems: [string, false, number] }, '[string?]'],
    ['a list that must hold nothing', { type: 'array', items: false, minItems: 1 }, 'never'],
  ])('of %s', (_, schema, printed) => expect(of(schema)).toBe(printed));
});

describe('schemas that hold together', () => {
  it.each<[string, object, string]>([
    [
      'are one object',
      { allOf: [object({ a: string }, required('a')), object({ b: number })] },
      '{ a: string; b?: number; … }',
    ],
    [
      'cut one another',
      { allOf: [object({ a: { enum: ['x', 'y'] } }), object({ a: { enum: ['y', 'z'] } })] },
      '{ a?: "y"; … }',
    ],
    ['may be impossible', { allOf: [string, number] }, 'never'],
    [
      'cut lists item by item',
      {
        allOf: [
          { type: 'array', items: { enum: [1, 2] } },
          { type: 'array', prefixItems: [{ const: 2 }] },
        ],
      },
      '[2?, ...1 | 2]',
    ],
    [
      'push what is required into the branches',
      object({ a: string, b: string }, { anyOf: [required('a'), required('b')] }),
      '{ a: string; b?: string; … } | { a?: string; b: string; … }',
    ],
    [
      'keep tags apart',
      object(
        { id: string },
        {
          oneOf: [
            object({ kind: { const: 'x' } }, required('kind')),
            object({ kind: { const: 'y' } }, required('kind')),
          ],
        },
      ),
      '{ id?: string; kind: "x"; … } | { id?: string; kind: "y"; … }',
    ],
  ])('%s', (_, schema, printed) => expect(of(schema)).toBe(printed));
});

describe('what does not hold', () => {
  it.each<[string, object, string]>([
    ['is taken out of listed values', { enum: ['a', 'b'], not: { const: 'a' } }, '"b"'],
    ['is taken out of types', { type: ['string', 'null'], not: { type: 'null' } }, 'string'],
    ['is a name that is not there', object({ a: string }, { not: required('a') }), '{ a?: never; … }'],
    [
      'is one of two names',
      object({ a: string, b: string }, { oneOf: [required('a'), required('b')] }),
      '{ a: string; b?: never; … } | { a?: never; b: string; … }',
    ],
    ['stays in where no type can say it', object({ a: string }, { not: { minProperties: 3 } }), '{ a?: string; … }'],
    ['stays in where one of several names is enough', object({}, { not: required('a', 'b') }), '{ … }'],
    [
      'says nothing of other values than objects',
      { type: ['object', 'string'], not: required('a') },
      '{ a?: never; … } | string',
    ],
    [
      'is the condition, in the other branch',
      object(
        { mode: { enum: ['fast', 'slow'] } },
        { ...required('mode'), if: object({ mode: { const: 'fast' } }), then: required('speed') },
      ),
      '{ mode: "fast"; speed: unknown; … } | { mode: "slow"; … }',
    ],
    [
      'is a condition that holds where the name is missing',
      object({ mode: { enum: ['fast'] } }, { if: object({ mode: { const: 'fast' } }), else: required('speed') }),
      '{ mode?: "fast"; … }',
    ],
    [
      'is a condition that wants the name',
      object(
        { mode: { enum: ['fast'] } },
        { if: { properties: { mode: { const: 'fast' } }, ...required('mode') }, else: required('speed') },
      ),
      '{ mode: "fast"; … } | { mode?: never; speed: unknown; … }',
    ],
  ])('%s', (_, schema, printed) => expect(of(schema)).toBe(printed));
});

describe('unevaluatedProperties', () => {
  it.each<[string, object, string]>([
    [
      'close what was put together',
      { allOf: [object({ a: string })], ...object({ b: number }), unevaluatedProperties: false },
      '{ b?: number; a?: string }',
    ],
    [
      'leave the keys of every branch that may hold',
      object(
        {},
        {
          anyOf: [object({ a: string }, required('a')), object({ b: number }, required('b'))],
          unevaluatedProperties: false,
        },
      ),
      '{ a: string; b?: number } | { b: number; a?: string }',
    ],
    [
      'say what else there may be',
      object({ a: string }, { unevaluatedProperties: number }),
      '{ a?: string; [_]: number }',
    ],
    [
      'close nothing where a pattern may have looked',
      object({ a: string }, { allOf: [{ patternProperties: { x: true } }], unevaluatedProperties: false }),
      '{ a?: string; … }',
    ],
  ])('%s', (_, schema, printed) => expect(of(schema)).toBe(printed));
});

describe('names', () => {
  it.each<[string, object, string]>([
    [
      'that only a condition declares stay',
      object({ a: string }, { if: { minProperties: 1 }, then: { properties: { b: number } } }),
      '{ a?: string; b?: number; … } | { a?: string; … }',
    ],
    [
      'that a dependency declares stay',
      object({ a: string }, { dependentSchemas: { a: { properties: { b: number } } } }),
      '{ a?: string; b?: unknown; … }',
    ],
    [
      'stand for what they extend',
      { $defs: { base: object({ id: string }) }, allOf: [{ $ref: '#/$defs/base' }, object({ a: number })] },
      'AMessageBase & { a?: number; … }',
    ],
    ['stand for a recursion', object({ next: { $ref: '#' } }), '{ next?: AMessage; … }'],
    ['that lead back at once say nothing', { allOf: [{ $ref: '#' }], ...object({ a: string }) }, '{ a?: string; … }'],
  ])('%s', (_, schema, printed) => expect(of(schema)).toBe(printed));
});

describe('a web of branches', () => {
  it('that would multiply stays bounded, and true', () => {
    const pair = (index: number): object => ({ anyOf: [required(`a${index}`), required(`b${index}`)] });
    const started = Date.now();
    const printed = of(object({}, { allOf: Array.from({ length: 40 }, (_, index) => pair(index)) }));
    expect(printed.length).toBeLessThan(100_000);
    expect(Date.now() - started).toBeLessThan(5_000);
  });

  it('that doubles with every step down is cut', () => {
    let schema: object = string;
    for (let step = 0; step < 40; step += 1)
      schema = { $defs: { inner: schema }, ...object({ a: { $ref: '#/$defs/inner' } }) };
    expect(of(schema)).toContain('a?: AMessage');
  });

  it('through a chain of bases is written out now and then', () => {
    const defs = Array.from({ length: 60 }, (_, index) => [
      `d${index}`,
      { allOf: [{ $ref: `#/$defs/d${index + 1}` }, object({ [`k${index}`]: string })] },
    ]);
    const { messages } = modelOf({
      a: { $ref: '#/$defs/d0', $defs: { ...Object.fromEntries(defs), d60: object({ last: string }) } },
    });
    const depth = (name: string): number => {
      const shape = messages[0]?.types.find((type) => type.name === name)?.shape;
      if (shape?.kind !== 'intersection') return 0;
      return 1 + Math.max(...shape.members.map((member) => (member.kind === 'reference' ? depth(member.name) : 0)));
    };
    expect(depth('AMessageD0')).toBeGreaterThan(5);
    expect(depth('AMessageD0')).toBeLessThanOrEqual(30);
  });
});
