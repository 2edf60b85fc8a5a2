/** Makes a value that fits a shape: the last resort where no valid example is found. */
import type { JsonValue } from '../text/json.js';
import type { Lookup } from './conforms.js';
import type { Field, Shape } from './model.js';

/** References deeper than this are cut where they may be. */
const MAX_DEPTH = 8;
/** Objects deeper than this hold nothing that they need not hold. */
const MAX_OPTIONAL_DEPTH = 2;
/** A sample is for people: past so many values there is none. */
const MAX_VALUES = 2_000;

interface Making {
  readonly lookup: Lookup;
  /** How many values may still be made. */
  left: number;
}

/**
 * @returns `undefined` where nothing fits, where a recursion has no end, and where the sample would be huge; bounds
 *   and patterns are not looked at
 */
export const sampleShape = (shape: Shape, lookup: Lookup): JsonValue | undefined =>
  make(shape, { lookup, left: MAX_VALUES }, 0);

function make(shape: Shape, making: Making, depth: number): JsonValue | undefined {
  making.left -= 1;
  if (making.left < 0) return undefined;
  switch (shape.kind) {
    case 'unknown':
      return {};
    case 'never':
      return undefined;
    case 'null':
      return null;
    case 'boolean':
      return true;
    case 'number':
      return 1;
    case 'string':
      return 'text';
    case 'literal':
      return shape.values[0];
    case 'array':
      return depth > MAX_DEPTH ? [] : (listOf([make(shape.items, making, depth + 1)]) ?? []);
    case 'tuple':
      return listOf(shape.items.slice(0, shape.required).map((item) => make(item, making, depth + 1)));
    case 'object':
      return makeObject(shape.fields, making, depth);
    case 'union':
      return firstOf(shape.members, (member) => make(member, making, depth));
    case 'intersection': {
      const parts = shape.members.map((member) => make(member, making, depth));
      return parts.reduce((all, part) => (isRecord(all) && isRecord(part) ? { ...all, ...part } : (part ?? all)));
    }
    case 'reference': {
      const target = making.lookup(shape.name);
      return target === undefined || depth > MAX_DEPTH ? undefined : make(target, making, depth + 1);
    }
    default:
      return shape satisfies never;
  }
}

const isRecord = (value: JsonValue | undefined): value is { readonly [key: string]: JsonValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const listOf = (items: readonly (JsonValue | undefined)[]): JsonValue | undefined => {
  const made = items.filter((item) => item !== undefined);
  return made.length === items.length ? made : undefined;
};

function firstOf<T>(items: readonly T[], make: (item: T) => JsonValue | undefined): JsonValue | undefined {
  for (const item of items) {
    const made = make(item);
    if (made !== undefined) return made;
  }
  return undefined;
}

/** Required fields; where none is, all of them. */
function makeObject(fields: readonly Field[], making: Making, depth: number): JsonValue | undefined {
  const hasRequired = fields.some(({ required }) => required);
  const made: [string, JsonValue][] = [];
  for (const { key, required, shape } of fields) {
    if (!required && (hasRequired || depth > MAX_OPTIONAL_DEPTH)) continue;
    const value = make(shape, making, depth + 1);
    if (value !== undefined) made.push([key, value]);
    else if (required) return undefined;
  }
  return Object.fromEntries(made);
}
