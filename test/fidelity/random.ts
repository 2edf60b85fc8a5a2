/** Random schemas over the keywords of 2020-12, and values that look like what they are about. */
import * as fc from 'fast-check';
import { isObject, type JsonObject, type JsonValue } from '../../src/text/json.js';

const KEYS = ['a', 'b', 'kind', 'x-1'];
const TEXTS = ['', 'a', 'b', 'on', '2024-01-31'];
const NUMBERS = [0, 1, -1, 0.5, 7];

const key = fc.constantFrom(...KEYS);
const scalar: fc.Arbitrary<JsonValue> = fc.constantFrom<JsonValue>(null, true, false, ...NUMBERS, ...TEXTS);
const count = fc.integer({ min: 0, max: 3 });

/** A value of a few keys, texts and numbers, at most three levels deep. */
export const randomValue: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { arbitrary: scalar, weight: 3 },
    { arbitrary: fc.array(tie('value'), { maxLength: 3 }), weight: 1 },
    { arbitrary: fc.dictionary(key, tie('value'), { maxKeys: 4 }), weight: 3 },
  ),
})).value;

const TYPES = ['null', 'boolean', 'object', 'array', 'number', 'integer', 'string'];

/** A few of the keywords. */
const some = (keywords: Readonly<Record<string, fc.Arbitrary<JsonValue>>>): fc.Arbitrary<JsonObject> =>
  fc
    .subarray(Object.entries(keywords), { minLength: 1, maxLength: 3 })
    .chain((chosen) => fc.record(Object.fromEntries(chosen)));

const names = fc.uniqueArray(key, { maxLength: 2 });
const type: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom(...TYPES),
  fc.uniqueArray(fc.constantFrom(...TYPES), { minLength: 1, maxLength: 3 }),
);

const scalarSchema: fc.Arbitrary<JsonObject> = fc.oneof(
  type.map((said) => ({ type: said })),
  scalar.map((value) => ({ const: value })),
  fc.uniqueArray(scalar, { minLength: 1, maxLength: 3 }).map((values) => ({ enum: values })),
  some({ type: fc.constant('string'), minLength: count, maxLength: count, pattern: fc.constantFrom('^a', 'n$', '.') }),
  some({
    type: fc.constantFrom('integer', 'number'),
    minimum: count,
    exclusiveMaximum: count,
    multipleOf: fc.constantFrom(1, 0.5),
  }),
);

const REFERENCES = ['#', '#/$defs/one', '#/$defs/two'];

const { schema: innerSchema } = fc.letrec<{ schema: JsonValue }>((tie) => {
  const inner = tie('schema');
  const list = fc.array(inner, { minLength: 1, maxLength: 3 });
  const map = fc.dictionary(key, inner, { maxKeys: 3 });
  const objectSchema = some({
    type: fc.constantFrom<JsonValue>('object', ['object', 'null']),
    properties: map,
    required: names,
    additionalProperties: inner,
    patternProperties: inner.map((value) => ({ '^x-': value })),
    propertyNames: fc.constantFrom<JsonValue>({ enum: ['a', 'kind'] }, { pattern: '^.$' }),
    minProperties: fc.constantFrom(0, 1),
    dependentRequired: fc.dictionary(key, names, { maxKeys: 1 }),
    dependentSchemas: fc.dictionary(key, inner, { maxKeys: 1 }),
    unevaluatedProperties: inner,
  });
  const lengths = { type: fc.constant('array'), minItems: fc.constantFrom(0, 1, 2), maxItems: count };
  const arraySchema = fc.oneof(
    some({ ...lengths, prefixItems: list, items: inner, unevaluatedItems: inner }),
    // Beside prefixItems, Ajv takes an empty list for one that contains something.
    some({ ...lengths, contains: inner, items: inner }),
  );
  const joined = some({ allOf: list, anyOf: list, oneOf: list, not: inner, if: inner, then: inner, else: inner });
  const reference = fc.constantFrom(...REFERENCES).map(($ref) => ({ $ref }));
  return {
    schema: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      { arbitrary: scalarSchema, weight: 4 },
      { arbitrary: fc.boolean(), weight: 1 },
      { arbitrary: objectSchema, weight: 4 },
      { arbitrary: arraySchema, weight: 2 },
      { arbitrary: joined, weight: 2 },
      { arbitrary: reference, weight: 1 },
      { arbitrary: fc.tuple(objectSchema, joined).map(([own, more]) => ({ ...own, ...more })), weight: 2 },
      { arbitrary: fc.tuple(reference, objectSchema).map(([own, more]) => ({ ...own, ...more })), weight: 1 },
    ),
  };
});

/** A whole schema, with the definitions that its parts may refer to. */
export const randomSchema: fc.Arbitrary<JsonObject> = fc
  .tuple(innerSchema, innerSchema, innerSchema)
  .map(([own, one, two]) => ({ ...asObject(own), $defs: { one: asObject(one), two: asObject(two) } }));

/** Without a reference at its own root, which could lead in a circle. */
function asObject(schema: JsonValue): JsonObject {
  if (!isObject(schema)) return schema === true ? {} : { not: {} };
  return Object.hasOwn(schema, '$ref') ? { anyOf: [schema, { type: 'null' }] } : schema;
}
