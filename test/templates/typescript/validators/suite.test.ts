/** Validators held to the public test suite of JSON Schema, from schema file to answer. */
import { expect, it } from 'vitest';
import { readSuite } from '../../../json-schema-suite.js';
import { issuesOf, validatorsOf } from './load.js';

/** A format that does not hold is a fault here; the suite takes formats for notes. */
const FORMATS =
  'email regex ipv4 ipv6 hostname date date-time time json-pointer relative-json-pointer uri uri-reference uri-template uuid duration';

/**
 * Accepted, where the suite refuses: a `$dynamicRef` leads to one place from here and to another from there, while the
 * definition that holds it stands in the document once. It then accepts what any of the places accepts.
 */
const DYNAMIC = [
  'multiple dynamic paths to the $dynamicRef keyword: number list with string values',
  'multiple dynamic paths to the $dynamicRef keyword: string list with number values',
  'after leaving a dynamic scope, it is not used by a $dynamicRef: string matches /$defs/thingy, but the $dynamicRef does not stop here',
  'after leaving a dynamic scope, it is not used by a $dynamicRef: first_scope is not in dynamic scope for the $dynamicRef',
  '$dynamicRef skips over intermediate resources - direct reference: string property fails',
  '$dynamicRef avoids the root of each schema, but scopes are still registered: data is not sufficient for schema at second#/$defs/length',
];

/** Answers that are not those of the suite. No value that the suite accepts is refused but for its format. */
const OTHERWISE = [
  ...DYNAMIC.map((name) => `dynamicRef: ${name}`),
  ...FORMATS.split(' ').map(
    (name) => `format: ${name} format: invalid ${name} string is only an annotation by default`,
  ),
];

it.each([
  ['draft2020-12', 1200, OTHERWISE],
  ['draft7', 850, []],
] as const)('answer as the suite does, %s', async (draft, count, otherwise) => {
  const suite = readSuite(draft);
  const validators = await validatorsOf(Object.fromEntries(suite.map(({ schema }, at) => [`case-${at}`, schema])));
  const answers = suite.flatMap(({ keyword, description, tests }, at) =>
    tests.map(({ data, valid, description: what }) => {
      const validator = validators[`case-${at}`];
      if (validator === undefined) throw new Error(`case-${at} has no validator`);
      expect(issuesOf(validator, data).length === 0).toBe(validator(data));
      return { name: `${keyword}: ${description}: ${what}`, isRight: validator(data) === valid };
    }),
  );
  expect(answers.length).toBeGreaterThan(count);
  expect(answers.filter(({ isRight }) => !isRight).map(({ name }) => name)).toEqual(otherwise);
});
