/** What the keywords of numbers, strings and whole values find wrong with a value. */
import { isArray, isObject, type JsonValue, sameJson } from '../text/json.js';
import { isFormat } from './formats.js';
import { matchesPattern } from './pattern.js';

/** Says in plain words what is wrong, or nothing. Values that a keyword is not about are right. */
type ScalarRule = (said: JsonValue, value: JsonValue) => string | undefined;

const numberRule =
  (isRight: (value: number, bound: number) => boolean, words: string): ScalarRule =>
  (said, value) =>
    typeof value === 'number' && typeof said === 'number' && !isRight(value, said) ? `${words} ${said}` : undefined;

const countRule =
  (
    countOf: (value: JsonValue) => number | undefined,
    isRight: (count: number, bound: number) => boolean,
    words: string,
  ) =>
  (said: JsonValue, value: JsonValue): string | undefined => {
    const count = countOf(value);
    return count === undefined || typeof said !== 'number' || isRight(count, said) ? undefined : `${words} ${said}`;
  };

const isAtLeast = (count: number, bound: number): boolean => count >= bound;
const isAtMost = (count: number, bound: number): boolean => count <= bound;
const lengthOf = (value: JsonValue): number | undefined => (typeof value === 'string' ? [...value].length : undefined);
const itemsOf = (value: JsonValue): number | undefined => (isArray(value) ? value.length : undefined);
const keysOf = (value: JsonValue): number | undefined => (isObject(value) ? Object.keys(value).length : undefined);

/** By keyword; a rule looks at nothing but its own keyword's value. */
export const SCALAR_RULES: Readonly<Record<string, ScalarRule>> = {
  type: (said, value) => {
    const types = isArray(said) ? said : [said];
    return types.some((type) => hasType(value, String(type))) ? undefined : `must be ${types.join(' or ')}`;
  },
  enum: (said, value) =>
    !isArray(said) || said.some((item) => sameJson(item, value)) ? undefined : 'is none of the values of enum',
  const: (said, value) => (sameJson(said, value) ? undefined : `must be ${JSON.stringify(said)}`),
  minimum: numberRule((value, bound) => value >= bound, 'must be at least'),
  maximum: numberRule((value, bound) => value <= bound, 'must be at most'),
  exclusiveMinimum: numberRule((value, bound) => value > bound, 'must be above'),
  exclusiveMaximum: numberRule((value, bound) => value < bound, 'must be below'),
  multipleOf: numberRule(isMultiple, 'must be a multiple of'),
  minLength: countRule(lengthOf, isAtLeast, 'must have a length of at least'),
  maxLength: countRule(lengthOf, isAtMost, 'must have a length of at most'),
  minItems: countRule(itemsOf, isAtLeast, 'must have a number of items of at least'),
  maxItems: countRule(itemsOf, isAtMost, 'must have a number of items of at most'),
  minProperties: countRule(keysOf, isAtLeast, 'must have a number of properties of at least'),
  maxProperties: countRule(keysOf, isAtMost, 'must have a number of properties of at most'),
  uniqueItems: (said, value) =>
    said === true && isArray(value) && hasRepeats(value) ? 'must not have the same item twice' : undefined,
  pattern: (said, value) =>
    typeof said === 'string' && typeof value === 'string' && matchesPattern(said, value) === false
      ? `must match ${said}`
      : undefined,
  format: (said, value) =>
    typeof said !== 'string' || typeof value !== 'string' || isFormat(said, value) ? undefined : `must be a ${said}`,
};

export function hasType(value: JsonValue, type: string): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return isArray(value);
    case 'object':
      return isObject(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

/** Quotients of decimal fractions are never quite whole. */
function isMultiple(value: number, divisor: number): boolean {
  const quotient = value / divisor;
  if (!Number.isFinite(quotient)) return Number.isInteger(divisor) && Number.isInteger(value);
  return (
    Math.abs(quotient - Math.round(quotient)) <= 1e-9 * Math.max(1, Math.abs(quotient)) * Number(quotient % 1 !== 0)
  );
}

/** Lists of plain values are told by a set; others item by item. */
function hasRepeats(items: readonly JsonValue[]): boolean {
  const plain = new Set<JsonValue>();
  const others: JsonValue[] = [];
  return items.some((item) => {
    if (typeof item === 'object' && item !== null) {
      if (others.some((other) => sameJson(other, item))) return true;
      others.push(item);
      return false;
    }
    if (plain.has(item)) return true;
    plain.add(item);
    return false;
  });
}
