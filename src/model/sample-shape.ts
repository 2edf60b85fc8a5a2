/** Makes a value that fits a shape: the last resort where no valid example is found. */
import type { JsonValue } from '../text/json.js';
import type { Lookup } from './conforms.js';
import type { Field, Shape } from './model.js';

/** References deeper than this are cut where they may be. */
const MAX_DEPTH = 8;

/** @returns `undefined` where nothing fits, or where a recursion has no end; bounds and patterns are not looked at */
export function sampleShape(shape: Shape, lookup: Lookup, depth = 0): JsonValue | undefined {
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
      return depth > MAX_DEPTH ? [] : (listOf([sampleShape(shape.items, lookup, depth + 1)]) ?? []);
    case 'tuple':
      return listOf(shape.items.slice(0, shape.required).map((item) => sampleShape(item, lookup, depth + 1)));
    case 'object':
      return makeObject(shape.fields, lookup, depth);
    case 'union':
      return firstOf(shape.members, (member) => sampleShape(member, lookup, depth));
    case 'intersection': {
      const parts = shape.members.map((member) => sampleShape(member, lookup, depth));
      return parts.reduce((all, part) => (isRecord(all) && isRecord(part) ? { ...all, ...part } : (part ?? all)));
    }
    case 'reference': {
      const target = lookup(shape.name);
      return target === undefined || depth > MAX_DEPTH ? undefined : sampleShape(target, lookup, depth + 1);
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
function makeObject(fields: readonly Field[], lookup: Lookup, depth: number): JsonValue | undefined {
  const hasRequired = fields.some(({ required }) => required);
  const made: [string, JsonValue][] = [];
  for (const { key, required, shape } of fields) {
    if (hasRequired && !required) continue;
    const value = sampleShape(shape, lookup, depth + 1);
    if (value !== undefined) made.push([key, value]);
    else if (required) return undefined;
  }
  return Object.fromEntries(made);
}
