/** What validators find, what they say of it, and what they are. */
import { describe, expect, it } from 'vitest';
import { standard } from '../../../../templates/typescript/src/validators/support.js';
import { issuesOf, type Validator } from './load.js';

const validatorOf = (schema: Record<string, unknown> | boolean): Validator => standard(schema);

describe('an issue', () => {
  it('has a place, a keyword and what the schema says, and no value of the payload', () => {
    const validator = validatorOf({
      type: 'object',
      properties: {
        name: { type: 'string', minLength: 2, maxLength: 3 },
        tags: { type: 'array', uniqueItems: true, maxItems: 1, contains: { const: 'a' } },
        at: { type: 'string', format: 'date-time' },
        id: { type: ['string', 'null'], pattern: '^x' },
        kind: { const: { a: [1] } },
        mode: { enum: ['fast', 'slow'] },
        size: { type: 'integer', minimum: 1, multipleOf: 5 },
        map: { additionalProperties: { type: 'string' }, propertyNames: { maxLength: 3 } },
        closed: { properties: { a: true }, additionalProperties: false },
        'a/b~c': { type: 'integer' },
        never: false,
      },
      required: ['constructor'],
    });
    const secret = 'hunter2';
    const invalid = {
      name: '👍',
      tags: [secret, secret],
      at: secret,
      id: secret,
      kind: secret,
      mode: secret,
      size: -1,
      map: { abcd: 2 },
      closed: { a: 1, [secret]: 1 },
      'a/b~c': secret,
      never: secret,
    };
    expect(issuesOf(validator, invalid)).toEqual([
      '/ required: must have required property "constructor"',
      '/name minLength: must NOT have fewer than 2 characters',
      '/tags maxItems: must NOT have more than 1 items',
      '/tags uniqueItems: must NOT have duplicate items',
      '/tags contains: must contain at least 1 valid item(s)',
      '/at format: must match format "date-time"',
      '/id pattern: must match pattern "^x"',
      '/kind const: must be {"a":[1]}',
      '/mode enum: must be one of "fast", "slow"',
      '/size minimum: must be >= 1',
      '/size multipleOf: must be a multiple of 5',
      '/map propertyNames: must have no property of another name than propertyNames allows',
      '/map/abcd type: must be string',
      '/closed additionalProperties: must NOT have additional properties, only "a"',
      '/a/b~c type: must be integer',
      '/never false schema: is not allowed here',
    ]);
    expect(JSON.stringify(issuesOf(validator, invalid))).not.toContain(secret);
  });

  it.each<[string, Record<string, unknown>, unknown, readonly string[]]>([
    [
      'of the branch that was meant',
      {
        anyOf: [
          { properties: { kind: { const: 'a' }, n: { type: 'integer' } }, required: ['kind', 'n'] },
          { properties: { kind: { const: 'b' } } },
        ],
      },
      { kind: 'a', n: 'x' },
      ['/n type: must be integer'],
    ],
    [
      'of the union where several may have been meant',
      { oneOf: [{ required: ['a'] }, { required: ['b'] }] },
      {},
      ['/ oneOf: must match exactly one schema in oneOf'],
    ],
    [
      'of the union where too many fit',
      { oneOf: [{ required: ['a'] }, { required: ['b'] }] },
      { a: 1, b: 1 },
      ['/ oneOf: must match exactly one schema in oneOf'],
    ],
    [
      'of the condition that holds',
      { if: { required: ['a'] }, then: { required: ['b'] }, else: { required: ['c'] } },
      { a: 1 },
      ['/ required: must have required property "b"'],
    ],
    ['of what must not fit', { not: { type: 'object' } }, {}, ['/ not: must NOT be valid']],
    [
      'of what was not looked at',
      { allOf: [{ properties: { a: true } }], unevaluatedProperties: false },
      { a: 1, b: 1 },
      ['/ unevaluatedProperties: must NOT have unevaluated properties'],
    ],
    [
      'of a dependency',
      { dependentRequired: { a: ['b'] } },
      { a: 1 },
      ['/ dependentRequired: must have property "b" when property "a" is there'],
    ],
  ])('is that %s', (_, schema, value, issues) => {
    expect(issuesOf(validatorOf(schema), value)).toEqual(issues);
  });

  it('is one of a hundred at most, and no longer than a line', () => {
    const many = issuesOf(
      validatorOf({ items: { enum: Array.from({ length: 10_000 }, (_, index) => `value ${index}`) } }),
      Array.from({ length: 5_000 }, () => 'x'),
    );
    expect(many).toHaveLength(100);
    expect(many[0]?.length).toBeLessThan(300);
  });
});

describe('a value', () => {
  it('has what its JSON has: nothing that is undefined, and nothing of its prototype', () => {
    const closed = validatorOf({
      properties: { b: { type: 'string' } },
      additionalProperties: false,
      minProperties: 1,
    });
    expect([closed({ b: 'x', a: undefined }), closed({ b: undefined }), closed({ a: 1 })]).toEqual([
      true,
      false,
      false,
    ]);
    const needs = validatorOf({ type: 'object', required: ['toString'] });
    expect([needs({}), needs({ toString: undefined }), needs({ toString: 1 })]).toEqual([false, false, true]);
    const same = validatorOf({ const: { a: 1 }, type: 'object' });
    expect([same({ a: 1, b: undefined }), same({ a: 1, b: null })]).toEqual([true, false]);
    const dependent = validatorOf({ dependentRequired: { a: ['b'] }, unevaluatedProperties: false });
    expect([dependent({ a: undefined }), dependent({ c: 1 })]).toEqual([true, false]);
  });

  it('is no number where JSON has none', () => {
    const number = validatorOf({ type: 'number' });
    expect([Number.NaN, Infinity, 1n, 1.5].map((value) => number(value))).toEqual([false, false, false, true]);
  });

  it('without an end is refused, not followed', () => {
    const tree = validatorOf({ properties: { next: { $ref: '#' } } });
    const round: Record<string, unknown> = {};
    round['next'] = round;
    expect(tree(round)).toBe(false);
    expect(issuesOf(tree, round)).toEqual(['/ depth: must NOT be nested so deep']);
    expect(tree({ next: { next: { next: {} } } })).toBe(true);
  });
});

describe('a schema', () => {
  it('is given away in the dialect that it has', () => {
    const { jsonSchema } = validatorOf({ type: 'object', description: 'd' })['~standard'];
    expect(jsonSchema.input({ target: 'draft-2020-12' })).toEqual({ type: 'object', description: 'd' });
    expect(() => jsonSchema.output({ target: 'openapi-3.0' })).toThrow('the schema is written in draft-2020-12');
  });

  it('of draft-07 has its keywords, and one of a word is enough', () => {
    const $schema = 'http://json-schema.org/draft-07/schema#';
    const pair = validatorOf({ $schema, type: 'array', items: [{ type: 'string' }], additionalItems: false });
    expect([pair(['a']), pair(['a', 1]), pair([1])]).toEqual([true, false, false]);
    const dependent = validatorOf({ $schema, dependencies: { a: ['b'], c: { required: ['d'] } } });
    expect([dependent({ a: 1, b: 1 }), dependent({ a: 1 }), dependent({ c: 1 })]).toEqual([true, false, false]);
    expect([validatorOf(true)(1), validatorOf(false)(1)]).toEqual([true, false]);
  });

  it('that the library refuses and the drafts allow is one like any other', () => {
    expect([validatorOf({ enum: [] })(1), validatorOf({ anyOf: [] })(1)]).toEqual([false, false]);
    // Only the older syntax of patterns takes these.
    const old = validatorOf({ pattern: '^\\-[a-\\d]$' });
    expect([old('-a'), old('x')]).toEqual([true, false]);
    // The generator warns of what is no pattern.
    const none = validatorOf({ patternProperties: { '[': false }, additionalProperties: { pattern: '[' } });
    expect([none({ '[': 'x' }), none({})]).toEqual([true, true]);
  });

  it('may come back to itself about the same value', () => {
    const $defs = {
      a: { allOf: [{ $ref: '#/$defs/b' }], required: ['x'] },
      b: { allOf: [{ $ref: '#/$defs/a' }], required: ['y'] },
    };
    for (const name of ['a', 'b']) {
      const validator = validatorOf({ $ref: `#/$defs/${name}`, $defs });
      expect([validator({ x: 1, y: 1 }), validator({ x: 1 }), validator({ y: 1 })]).toEqual([true, false, false]);
    }
  });
});

describe('a large schema', () => {
  const many = <T>(count: number, make: (index: number) => T): T[] =>
    Array.from({ length: count }, (_, at) => make(at));
  const ref = (index: number): Record<string, unknown> => ({ $ref: `#/$defs/d${index}` });
  const definitions = (count: number, make: (index: number) => unknown): Record<string, unknown> =>
    Object.fromEntries(many(count, (index) => [`d${index}`, make(index)]));
  const nested = (depth: number): unknown =>
    many(depth, (at) => at).reduce<unknown>((inner) => ({ type: 'object', properties: { a: inner } }), {
      type: 'string',
    });
  const payloadOf = (depth: number, end: unknown): unknown =>
    many(depth, (at) => at).reduce<unknown>((inner) => ({ a: inner }), end);

  it.each<[string, Record<string, unknown>, unknown, unknown]>([
    [
      'a chain of five hundred references',
      { ...ref(0), $defs: definitions(500, (at) => (at === 499 ? { type: 'string' } : ref(at + 1))) },
      'a',
      1,
    ],
    [
      'definitions that double thirty times',
      {
        ...ref(0),
        $defs: definitions(31, (at) => (at === 30 ? { type: 'string' } : { allOf: [ref(at + 1), ref(at + 1)] })),
      },
      'a',
      1,
    ],
    ['two hundred levels', nested(200) as Record<string, unknown>, payloadOf(200, 'a'), payloadOf(200, 1)],
    ['five thousand branches', { anyOf: many(5_000, (at) => ({ const: at })) }, 4_999, 5_000],
    ['ten thousand values', { enum: many(10_000, (at) => ({ at })) }, { at: 9_999 }, { at: 10_000 }],
    ['a name of ten thousand letters', { required: ['x'.repeat(10_000)] }, { ['x'.repeat(10_000)]: 1 }, {}],
    [
      'twenty thousand definitions one below the other',
      {
        ...ref(0),
        $defs: definitions(20_000, (at) => (at === 19_999 ? true : { properties: { a: ref(at + 1) }, type: 'object' })),
      },
      payloadOf(100, {}),
      payloadOf(100, 1),
    ],
  ])('of %s answers at once', (_, schema, valid, invalid) => {
    const started = performance.now();
    const validator = validatorOf(schema);
    expect([validator(valid), validator(invalid)]).toEqual([true, false]);
    expect(issuesOf(validator, invalid).length).toBeGreaterThan(0);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
