/** Whether a JSON value fits a shape: the question that types ask, bounds and formats left aside. */
import { isArray, isObject, type JsonValue, ownValue, sameJson } from '../text/json.js';
import type { Shape } from './model.js';

/** The shape behind a type name; `undefined` while it is still being read. */
export type Lookup = (name: string) => Shape | undefined;

/**
 * @param value - any JSON value
 * @param shape - what it may be
 * @param lookup - finds the shape of a reference; a value behind an unknown one is taken to fit
 */
export function conforms(value: JsonValue, shape: Shape, lookup: Lookup): boolean {
  switch (shape.kind) {
    case 'unknown':
      return true;
    case 'never':
      return false;
    case 'null':
      return value === null;
    case 'boolean':
      return typeof value === 'boolean';
    case 'number':
      return typeof value === 'number' && (!shape.integer || Number.isInteger(value));
    case 'string':
      return typeof value === 'string';
    case 'literal':
      return shape.values.some((literal) => sameJson(literal, value));
    case 'array':
      return isArray(value) && value.every((item) => conforms(item, shape.items, lookup));
    case 'tuple':
      return isArray(value) && fitsTuple(value, shape, lookup);
    case 'object':
      return isObject(value) && fitsObject(value, shape, lookup);
    case 'union':
      return shape.members.some((member) => conforms(value, member, lookup));
    case 'intersection':
      return shape.members.every((member) => conforms(value, member, lookup));
    case 'reference': {
      const target = lookup(shape.name);
      return target === undefined || conforms(value, target, lookup);
    }
    default:
      return shape satisfies never;
  }
}

function fitsTuple(value: readonly JsonValue[], shape: Shape & { kind: 'tuple' }, lookup: Lookup): boolean {
  const { items, required, rest } = shape;
  if (value.length < required) return false;
  return value.every((item, index) => {
    const expected = items[index] ?? rest;
    return expected !== false && conforms(item, expected, lookup);
  });
}

function fitsObject(
  value: { readonly [key: string]: JsonValue },
  shape: Shape & { kind: 'object' },
  lookup: Lookup,
): boolean {
  for (const field of shape.fields) {
    const inner = ownValue(value, field.key);
    if (inner === undefined ? field.required : !conforms(inner, field.shape, lookup)) return false;
  }
  const { additional } = shape;
  if (additional === 'undeclared') return true;
  const declared = new Set(shape.fields.map(({ key }) => key));
  return Object.entries(value).every(
    ([key, inner]) => declared.has(key) || (additional !== false && conforms(inner, additional, lookup)),
  );
}
