/** Every keyword finds what is wrong: held to the public test suite, and to the words for people. */
import { describe, expect, it } from 'vitest';
import { findFault, newBudget } from '../../../src/model/validate.js';
import { Report } from '../../../src/report/report.js';
import { parseSchemas } from '../../../src/schemas/parse.js';
import { resolveSchemas } from '../../../src/schemas/resolve.js';
import type { JsonValue } from '../../../src/text/json.js';
import { readSuite } from '../../json-schema-suite.js';

/** What is wrong with values under one schema: the path and the words, or `''`. */
function faultsOf(schema: JsonValue, values: readonly JsonValue[]): string[] {
  const report = new Report();
  const bytes = Buffer.from(JSON.stringify(schema));
  const files = parseSchemas([{ path: 'm.schema.json', name: 'm.schema.json', bytes }], report);
  const references = resolveSchemas(files, report);
  const errors = report.diagnostics.filter(({ severity }) => severity === 'error');
  expect(errors).toEqual([]);
  return values.map((value) => {
    const file = files[0];
    const fault = file === undefined ? undefined : findFault(value, file, { references, budget: newBudget() });
    return fault === undefined ? '' : `${fault.path.join('/')} ${fault.message}`.trim();
  });
}

describe.each([
  ['draft2020-12', 359],
  ['draft7', 241],
] as const)('the public test suite, %s', (draft, count) => {
  const suite = readSuite(draft);
  it('has all its cases', () => {
    expect(suite).toHaveLength(count);
  });

  it('is answered right', () => {
    const wrong = suite.flatMap(({ keyword, description, schema, tests }) => {
      const faults = faultsOf(
        schema,
        tests.map(({ data }) => data),
      );
      return tests
        .filter(({ valid }, index) => valid !== (faults[index] === ''))
        .map((test) => `${keyword}: ${description}: ${test.description}`);
    });
    // In the suite a format is an annotation; an example that is no email is wrong.
    expect(wrong.filter((line) => !/^format: .*only an annotation/.test(line))).toEqual([]);
  });
});

describe('a fault', () => {
  it.each<[JsonValue, JsonValue, string]>([
    [{ type: 'string' }, 1, 'must be string'],
    [{ type: ['string', 'null'] }, 1, 'must be string or null'],
    [{ const: 'a' }, 'b', 'must be "a"'],
    [{ enum: ['a'] }, 'b', 'is none of the values of enum'],
    [{ minimum: 1 }, 0, 'must be at least 1'],
    [{ multipleOf: 0.01 }, 0.075, 'must be a multiple of 0.01'],
    [{ maxLength: 1 }, '👍👍', 'must have a length of at most 1'],
    [{ pattern: '^a' }, 'b', 'must match ^a'],
    [{ format: 'date-time' }, '2024-13-01', 'must be a date-time'],
    [{ required: ['a'] }, {}, 'must have the property "a"'],
    [{ properties: { a: { items: { type: 'string' } } } }, { a: ['', 1] }, 'a/1 must be string'],
    [{ additionalProperties: false }, { a: 1 }, 'a is not allowed here'],
    [{ propertyNames: { pattern: '^b' } }, { a: 1 }, 'a has a name that must match ^b'],
    [{ oneOf: [{ type: 'number' }, { minimum: 0 }] }, 1, 'fits 2 branches of oneOf, where it must fit one'],
    [{ anyOf: [{ required: ['a'] }, { properties: { b: { type: 'null' } } }] }, { b: 1 }, 'b must be null'],
    [{ dependentRequired: { a: ['b'] } }, { a: 1 }, 'must have "b" where it has a'],
    [
      { uniqueItems: true },
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
      'must not have the same item twice',
    ],
  ])('of %j in %j is said in plain words', (schema, value, words) => {
    expect(faultsOf(schema, [value])).toEqual([words]);
  });

  it('is found by the rules of the draft', () => {
    const draft07 = { $schema: 'http://json-schema.org/draft-07/schema#', definitions: { s: { type: 'string' } } };
    expect(faultsOf({ ...draft07, $ref: '#/definitions/s', minLength: 2 }, ['a', 1])).toEqual(['', 'must be string']);
    expect(
      faultsOf(
        { ...draft07, items: [true], additionalItems: false, dependencies: { a: ['b'], c: { required: ['d'] } } },
        [[1, 2], { a: 1 }, { c: 1 }],
      ),
    ).toEqual(['1 is not allowed here', 'must have "b" where it has a', 'must have the property "d"']);
  });
});

describe('hostile schemas', () => {
  it('that lead back to themselves about the same value come to an end', () => {
    expect(faultsOf({ allOf: [{ $ref: '#' }], type: 'string' }, ['a', 1])).toEqual(['', 'must be string']);
    expect(faultsOf({ $defs: { a: { anyOf: [{ $ref: '#/$defs/a' }] } }, $ref: '#/$defs/a' }, [1])).toEqual(['']);
  });

  it('whose patterns never end come to an end', () => {
    const started = Date.now();
    expect(faultsOf({ pattern: '^(a+)+$' }, [`${'a'.repeat(60)}!`])).toEqual(['']);
    expect(Date.now() - started).toBeLessThan(5000);
  });

  it('whose branches double at every step come to an end', () => {
    const steps = Array.from({ length: 60 }, (_, index) => [
      `s${index}`,
      { anyOf: [{ $ref: `#/$defs/s${index + 1}` }, { $ref: `#/$defs/s${index + 1}` }] },
    ]);
    expect(faultsOf({ $ref: '#/$defs/s0', $defs: { ...Object.fromEntries(steps), s60: true } }, [1])).toEqual(['']);
  });
});
