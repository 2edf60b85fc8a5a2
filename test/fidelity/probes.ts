/** Cases of our own: what draft-07 reads in its own way, and what messages look like. */
import type { JsonObject, JsonValue } from '../../src/text/json.js';
import { type FidelityCase, judge } from './corpus.js';

type Probe = readonly [name: string, schema: JsonObject, valid: readonly JsonValue[], invalid: readonly JsonValue[]];

const HOST = 'http://localhost:1234';

const DRAFT_07: readonly Probe[] = [
  [
    'a $ref alone counts',
    { properties: { a: { $ref: '#/definitions/l', maxItems: 2 } }, definitions: { l: { type: 'array' } } },
    [{ a: [1, 2, 3] }],
    [{ a: 'x' }],
  ],
  [
    'an $id beside a $ref is none',
    {
      $id: `${HOST}/base/`,
      definitions: { s: { $id: `${HOST}/foo.json`, type: 'string' }, n: { $id: 'foo.json', type: 'number' } },
      allOf: [{ $id: `${HOST}/`, $ref: 'foo.json' }],
    },
    [1],
    ['a'],
  ],
  [
    'an $id is an anchor',
    { allOf: [{ $ref: '#foo' }], definitions: { A: { $id: '#foo', type: 'integer' } } },
    [1],
    ['a'],
  ],
  [
    'an anchor has a URI',
    { allOf: [{ $ref: `${HOST}/bar#foo` }], definitions: { A: { $id: `${HOST}/bar#foo`, type: 'integer' } } },
    [1],
    ['a'],
  ],
  [
    'an anchor of an inner resource',
    {
      $id: `${HOST}/root`,
      allOf: [{ $ref: `${HOST}/nested.json#foo` }],
      definitions: { A: { $id: 'nested.json', definitions: { B: { $id: '#foo', type: 'integer' } } } },
    },
    [1],
    ['a'],
  ],
  [
    'a URN',
    {
      $id: 'urn:example:1/406/47452/2',
      properties: { foo: { $ref: '#/definitions/bar' } },
      definitions: { bar: { type: 'string' } },
    },
    [{ foo: 'b' }],
    [{ foo: 12 }],
  ],
  [
    'a file URI',
    {
      $id: 'file:///folder/file.json',
      definitions: { foo: { type: 'number' } },
      allOf: [{ $ref: '#/definitions/foo' }],
    },
    [1],
    ['x'],
  ],
  [
    'an absolute path',
    {
      $id: `${HOST}/ref/a.json`,
      definitions: {
        a: { $id: `${HOST}/ref/b/c.json`, type: 'number' },
        b: { $id: `${HOST}/b/c.json`, type: 'string' },
      },
      allOf: [{ $ref: '/b/c.json' }],
    },
    ['x'],
    [1],
  ],
  [
    'empty steps',
    {
      definitions: { '': { definitions: { '': { type: 'number' } } } },
      allOf: [{ $ref: '#/definitions//definitions/' }],
    },
    [1],
    ['x'],
  ],
  [
    'an id in data is data',
    {
      definitions: { e: { enum: [{ $id: `${HOST}/id`, type: 'null' }] }, s: { $id: `${HOST}/id`, type: 'string' } },
      anyOf: [{ $ref: '#/definitions/e' }, { $ref: `${HOST}/id` }],
    },
    ['s', { $id: `${HOST}/id`, type: 'null' }],
    [1],
  ],
  ['a list of items', { items: [{ type: 'integer' }, { $ref: '#/items/0' }] }, [[1, 2], [1], []], [[1, 'foo']]],
  ['closed items', { items: [{}, {}, {}], additionalItems: false }, [[1, 2, 3], []], [[1, 2, 3, 4]]],
  ['other items', { items: [{ type: 'string' }], additionalItems: { type: 'number' } }, [['x', 2, 3]], [['x', 'y']]],
  [
    'other items of one schema',
    { items: { type: 'integer' }, additionalItems: { type: 'string' } },
    [[1, 2]],
    [[1, 'a']],
  ],
  [
    'dependencies',
    { dependencies: { bar: ['foo'], baz: { properties: { foo: { type: 'integer' } } } } },
    [{}, { foo: 'x' }, { foo: 1, bar: 2, baz: 3 }, 'x'],
    [],
  ],
  [
    'both kinds of definitions',
    {
      definitions: { x: { type: 'string' } },
      $defs: { x: { type: 'number' } },
      properties: { a: { $ref: '#/definitions/x' }, b: { $ref: '#/$defs/x' } },
    },
    [{ a: 'x', b: 1 }],
    [{ a: 1 }, { b: 'x' }],
  ],
  [
    'an annotation of another kind',
    { properties: { a: { type: 'string', deprecated: 'since 3' } } },
    [{ a: 'x' }],
    [{ a: 1 }],
  ],
];

const tag = (kind: string, properties: JsonObject = {}, required: readonly string[] = []): JsonObject => ({
  type: 'object',
  properties: { kind: { const: kind }, ...properties },
  required: ['kind', ...required],
});
const closed = (properties: JsonObject): JsonObject => ({ type: 'object', properties, additionalProperties: false });
const string = { type: 'string' };
const number = { type: 'number' };

const MESSAGES: readonly Probe[] = [
  [
    'required and optional',
    { type: 'object', properties: { a: string, b: number }, required: ['a'] },
    [{ a: '' }, { a: '', b: 1, c: null }],
    [{}, { a: 1 }, { a: '', b: '' }, [], null],
  ],
  [
    'nullable by type',
    { type: 'object', properties: { a: { type: ['string', 'null'] } } },
    [{ a: null }, { a: '' }, { other: 1 }],
    [{ a: 1 }],
  ],
  [
    'nullable by branch',
    { type: 'object', properties: { a: { anyOf: [string, { type: 'null' }] } } },
    [{ a: null }],
    [{ a: 1 }],
  ],
  [
    'an enum with null',
    { type: 'object', properties: { a: { enum: ['x', null] } } },
    [{ a: null }, { a: 'x' }],
    [{ a: 'y' }],
  ],
  [
    'tags',
    { oneOf: [tag('x', { n: number }, ['n']), tag('y', { s: string })] },
    [{ kind: 'x', n: 1 }, { kind: 'y' }],
    [{ kind: 'x' }, { kind: 'z' }, { kind: 'y', s: 1 }],
  ],
  [
    'tags beside fields',
    { type: 'object', properties: { id: string }, required: ['id'], oneOf: [tag('x', { n: number }, ['n']), tag('y')] },
    [
      { id: '', kind: 'x', n: 1 },
      { id: '', kind: 'y' },
    ],
    [{ kind: 'y' }, { id: '', kind: 'x' }],
  ],
  [
    'one of two names',
    { type: 'object', properties: { a: string, b: string }, anyOf: [{ required: ['a'] }, { required: ['b'] }] },
    [{ a: '' }, { b: '' }, { a: '', b: '' }],
    [{}, { a: 1 }],
  ],
  ['a map', { type: 'object', additionalProperties: { type: 'integer' } }, [{}, { a: 1 }], [[], 'x']],
  [
    'a map beside a name',
    { type: 'object', properties: { id: string }, required: ['id'], additionalProperties: number },
    [{ id: 'a', b: 1 }],
    [{ b: 1 }, { id: 1 }],
  ],
  ['a map by pattern', { type: 'object', patternProperties: { '^x-': string } }, [{ 'x-a': 'b', y: 1 }], ['x']],
  [
    'an extension',
    {
      $defs: { base: { type: 'object', properties: { id: string }, required: ['id'] } },
      allOf: [{ $ref: '#/$defs/base' }, { type: 'object', properties: { n: number }, required: ['n'] }],
    },
    [{ id: '', n: 1 }],
    [{ n: 1 }, { id: '' }, { id: 1, n: 1 }],
  ],
  [
    'an extension beside its reference',
    {
      $defs: { base: { type: 'object', properties: { id: string }, required: ['id'] } },
      $ref: '#/$defs/base',
      properties: { n: number },
    },
    [{ id: '' }],
    [{ n: 1 }, { id: '', n: '' }],
  ],
  [
    'a closed extension',
    {
      allOf: [{ type: 'object', properties: { a: string }, required: ['a'] }],
      properties: { b: number },
      unevaluatedProperties: false,
    },
    [{ a: '', b: 1 }],
    [{ b: 1 }],
  ],
  [
    'a closed empty object',
    { type: 'object', properties: { a: closed({}) } },
    [{ a: {} }],
    [{ a: { b: 1 } }, { a: 1 }],
  ],
  [
    'a recursion',
    {
      type: 'object',
      properties: { value: number, children: { type: 'array', items: { $ref: '#' } } },
      required: ['value'],
    },
    [{ value: 1, children: [{ value: 2 }] }],
    [{ value: 1, children: [{}] }],
  ],
  [
    'a recursion of two',
    {
      $defs: {
        a: { type: 'object', properties: { b: { $ref: '#/$defs/b' } } },
        b: { type: 'object', properties: { a: { $ref: '#/$defs/a' } }, required: ['a'] },
      },
      $ref: '#/$defs/a',
    },
    [{}, { b: { a: {} } }],
    [{ b: {} }],
  ],
  [
    'a condition',
    {
      type: 'object',
      properties: { mode: { enum: ['x', 'y'] }, n: number },
      required: ['mode'],
      if: { properties: { mode: { const: 'x' } } },
      then: { required: ['n'] },
    },
    [{ mode: 'y' }, { mode: 'x', n: 1 }],
    [{ mode: 'z' }, {}],
  ],
  [
    'a tuple',
    { type: 'array', prefixItems: [number, number], items: false, minItems: 2 },
    [[1, 2]],
    [
      [1, 2, 3],
      [1, 'a'],
      ['a', 1],
    ],
  ],
  ['an open tuple', { type: 'array', prefixItems: [string] }, [[], ['a', 1]], [[1]]],
  ['a list with a length', { type: 'array', items: string, minItems: 1, maxItems: 3 }, [['a'], ['a', 'b']], [[1], 'a']],
  [
    'lists of objects',
    {
      type: 'object',
      properties: { l: { type: 'array', items: { type: 'object', properties: { p: string }, required: ['p'] } } },
    },
    [{ l: [{ p: '' }] }, { l: [] }],
    [{ l: [{}] }, { l: {} }],
  ],
  [
    'constants',
    { type: 'object', properties: { v: { const: 1 }, w: { const: { a: [true, null] } } }, required: ['v'] },
    [{ v: 1, w: { a: [true, null] } }],
    [{ v: 2 }, { v: 1, w: { a: [false, null] } }],
  ],
  [
    'numbers and their bounds',
    { type: 'object', properties: { n: { type: 'integer', minimum: 0, default: 'x' } } },
    [{ n: 1 }],
    [{ n: '1' }],
  ],
  [
    'a description alone',
    { type: 'object', properties: { a: { description: 'anything' } }, required: ['a'] },
    [{ a: null }, { a: [] }],
    [{}],
  ],
  [
    'names that every object has',
    { type: 'object', properties: { constructor: string, toString: number, hasOwnProperty: string } },
    [{}, { constructor: 'a' }, { toString: 1 }],
    [{ constructor: 1 }, { hasOwnProperty: 1 }],
  ],
  [
    'names that are no identifiers',
    { type: 'object', properties: { 'a-b': string, '1': number, größe: string, class: string }, required: ['a-b'] },
    [{ 'a-b': '' }],
    [{ 'a-b': 1 }, { 'a-b': '', '1': '' }, { 'a-b': '', größe: 1 }, { class: '' }],
  ],
  [
    'deep objects',
    {
      type: 'object',
      properties: {
        a: {
          type: 'object',
          properties: { b: { type: 'object', properties: { c: string }, required: ['c'] } },
          required: ['b'],
        },
      },
      required: ['a'],
    },
    [{ a: { b: { c: '' } } }],
    [{ a: { b: {} } }, { a: {} }, { a: { b: { c: 1 } } }],
  ],
];

const caseOf = ([description, schema, valid, invalid]: Probe, dialect: JsonObject): FidelityCase =>
  judge({
    keyword: 'probes',
    description,
    schema: { ...dialect, ...schema },
    tests: [
      ...valid.map((data, index) => ({ description: `valid ${index + 1}`, data, valid: true })),
      ...invalid.map((data, index) => ({ description: `invalid ${index + 1}`, data, valid: false })),
    ],
  });

export const PROBES: readonly FidelityCase[] = [
  ...DRAFT_07.map((probe) => caseOf(probe, { $schema: 'http://json-schema.org/draft-07/schema#' })),
  ...MESSAGES.map((probe) => caseOf(probe, {})),
];
