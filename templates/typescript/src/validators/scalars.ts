/** What the keywords of whole values, numbers and texts make of a value. */
import { isObject } from '../runtime/json.js';
import { type Check, fail, listed, type Schema, shown } from './check.js';
import { formats } from './formats.js';
import { lookup } from './values.js';

/** By keyword; what a rule is not about fits. `null`: it says nothing. */
type Rule = (said: unknown) => Check | null;

type Test = (value: unknown) => boolean;

const TYPES: Readonly<Record<string, Test>> = {
  null: (value) => value === null,
  boolean: (value) => typeof value === 'boolean',
  string: (value) => typeof value === 'string',
  number: (value) => Number.isFinite(value),
  integer: (value) => Number.isInteger(value),
  array: (value) => Array.isArray(value),
  object: isObject,
};

function typeRule(said: unknown): Check {
  const names = [said].flat().map(String);
  const tests = names.map((name) => (Object.hasOwn(TYPES, name) && TYPES[name]) || (() => false));
  const [first = () => false] = tests;
  const test: Test = tests.length === 1 ? first : (value) => tests.some((one) => one(value));
  const message = `must be ${names.join(' or ')}`;
  return (value, run) => test(value) || fail(run, 'type', message);
}

function enumRule(said: unknown): Check | null {
  if (!Array.isArray(said)) return null;
  const has = lookup(said);
  const message = said.length === 0 ? 'has no value that is allowed' : `must be one of ${listed(said)}`;
  return (value, run) => has(value) || fail(run, 'enum', message);
}

function constRule(said: unknown): Check {
  const is = lookup([said]);
  const message = `must be ${shown(said)}`;
  return (value, run) => is(value) || fail(run, 'const', message);
}

const boundRule =
  (keyword: string, sign: string, isRight: (value: number, bound: number) => boolean): Rule =>
  (bound) => {
    if (typeof bound !== 'number') return null;
    const message = `must be ${sign} ${bound}`;
    return (value, run) => typeof value !== 'number' || isRight(value, bound) || fail(run, keyword, message);
  };

/** Quotients of decimal fractions are never quite whole. */
function isMultiple(value: number, divisor: number): boolean {
  const quotient = value / divisor;
  if (!Number.isFinite(quotient)) return Number.isInteger(divisor) && Number.isInteger(value);
  return (
    Number.isInteger(quotient) || Math.abs(quotient - Math.round(quotient)) <= 1e-9 * Math.max(1, Math.abs(quotient))
  );
}

const lengthRule =
  (keyword: string, words: string, isRight: (text: string, bound: number) => boolean): Rule =>
  (bound) => {
    if (typeof bound !== 'number') return null;
    const message = `must NOT have ${words} than ${bound} characters`;
    return (value, run) => typeof value !== 'string' || isRight(value, bound) || fail(run, keyword, message);
  };

/** Length in characters, as JSON Schema counts them; where it cannot matter, nothing is counted. */
function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

/** A pattern is a Unicode pattern; what only the older syntax takes means what it means there. `null`: it is none. */
export const compilePattern = (pattern: string): RegExp | null => compileWith(pattern, 'u') ?? compileWith(pattern, '');

function compileWith(pattern: string, flags: string): RegExp | null {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return null;
  }
}

function patternRule(said: unknown): Check | null {
  const pattern = typeof said === 'string' ? compilePattern(said) : null;
  if (pattern === null) return null;
  const message = `must match pattern ${shown(said)}`;
  return (value, run) => typeof value !== 'string' || pattern.test(value) || fail(run, 'pattern', message);
}

/** A format that is not known says nothing. */
function formatRule(said: unknown): Check | null {
  const test = typeof said === 'string' && Object.hasOwn(formats, said) ? formats[said] : undefined;
  if (test === undefined) return null;
  const message = `must match format ${shown(said)}`;
  return (value, run) => typeof value !== 'string' || test(value) || fail(run, 'format', message);
}

const RULES: Readonly<Record<string, Rule>> = {
  type: typeRule,
  enum: enumRule,
  const: constRule,
  minimum: boundRule('minimum', '>=', (value, bound) => value >= bound),
  maximum: boundRule('maximum', '<=', (value, bound) => value <= bound),
  exclusiveMinimum: boundRule('exclusiveMinimum', '>', (value, bound) => value > bound),
  exclusiveMaximum: boundRule('exclusiveMaximum', '<', (value, bound) => value < bound),
  multipleOf: boundRule('multipleOf', 'a multiple of', isMultiple),
  minLength: lengthRule(
    'minLength',
    'fewer',
    (text, bound) => text.length >= bound * 2 || (text.length >= bound && lengthOf(text) >= bound),
  ),
  maxLength: lengthRule(
    'maxLength',
    'more',
    (text, bound) => text.length <= bound || (text.length <= bound * 2 && lengthOf(text) <= bound),
  ),
  pattern: patternRule,
  format: formatRule,
};

/** The checks of these keywords, the type first. */
export const scalarChecks = (schema: Schema): readonly Check[] =>
  Object.entries(RULES).flatMap(([keyword, rule]) => {
    const check = Object.hasOwn(schema, keyword) ? rule(schema[keyword]) : null;
    return check === null ? [] : [check];
  });
