/** A made example is valid, and reads like one. */
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../src/text/json.js';
import { modelOf } from '../../model-of.js';

const exampleOf = (schema: object): JsonValue | undefined => modelOf({ a: schema }).messages[0]?.examples[0];

describe('a made example', () => {
  it.each<[object, JsonValue]>([
    [
      { properties: { modelId: { type: 'string' }, n: { type: 'integer' } }, required: ['modelId'] },
      { modelId: 'model-id' },
    ],
    [{ properties: { a: { type: 'string' }, b: { type: 'number' } } }, { a: 'a', b: 1 }],
    [{ properties: { a: { type: 'string', default: 'x' } }, required: ['a'] }, { a: 'x' }],
    [{ properties: { a: { type: 'string', examples: [1, 'y'] } }, required: ['a'] }, { a: 'y' }],
    [{ type: 'string', minLength: 10, maxLength: 12 }, 'texttextte'],
    [{ type: 'string', pattern: '^[A-Z]{3}-\\d{4}$' }, 'AAA-1111'],
    [{ type: 'string', pattern: '^(?:job|task)_[^_]+$' }, 'job_a'],
    [{ type: 'string', format: 'email' }, 'ada@example.com'],
    [{ type: 'integer', exclusiveMinimum: 4, multipleOf: 3 }, 6],
    [{ type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 }, 0.5],
    [{ type: ['null', 'string'] }, null],
    [{ enum: ['b', 'a'] }, 'b'],
    [{ type: 'array', items: { type: 'string' }, minItems: 2 }, ['text', 'text']],
    [{ type: 'array', items: { enum: ['x', 'y'] } }, ['x']],
    [{ prefixItems: [{ const: 1 }, { const: 2 }], items: false }, [1, 2]],
    [{ type: 'array', contains: { const: 5 } }, [5]],
    [
      { allOf: [{ required: ['a'], properties: { a: { type: 'string' } } }, { properties: { a: { const: 'z' } } }] },
      { a: 'z' },
    ],
    [
      {
        oneOf: [
          { type: 'string', not: {} },
          { type: 'integer', minimum: 7 },
        ],
      },
      7,
    ],
    [{ type: 'string', if: { maxLength: 5 }, then: { const: 'short' } }, 'short'],
    [
      { required: ['a'], dependentRequired: { a: ['b'] }, additionalProperties: { type: 'integer' } },
      { a: 1, b: 1 },
    ],
    [
      { type: 'object', minProperties: 1, patternProperties: { '^k': { type: 'null' } }, additionalProperties: false },
      { k: null },
    ],
    [{ properties: { next: { $ref: '#' }, v: { type: 'null' } }, required: ['v'] }, { v: null }],
  ])('of %j is natural and valid', (schema, example) => {
    expect(exampleOf(schema)).toEqual(example);
  });

  it('has names that touch the prototype', () => {
    const made = exampleOf({ required: ['__proto__', 'constructor'], additionalProperties: { type: 'null' } });
    expect(JSON.stringify(made)).toBe('{"__proto__":null,"constructor":null}');
  });

  it('is missing only where nothing is valid', () => {
    expect(exampleOf({ type: 'object', required: ['a'], properties: { a: false } })).toBeUndefined();
    expect(exampleOf({ required: ['a'], additionalProperties: { $ref: '#' }, type: 'object' })).toEqual({});
  });
});
