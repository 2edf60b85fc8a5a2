/** Which lists are tuples in Python: in a type, and in a value that is written for it. */
import { conforms } from '../../model/conforms.js';
import type { JsonValue, Shape } from '../../model/model.js';
import { isArray, isObject } from '../../text/json.js';
import { type Lookup, objectOf } from './objects.js';

export type TupleShape = Shape & { readonly kind: 'tuple' };

/** A type that names more lengths than this is no longer read. */
const MAX_LENGTHS = 4;

/** Whether the type is a tuple: each item has a type of its own, and the list ends with the last of them. */
export const isTuple = ({ items, required, rest }: TupleShape): boolean =>
  rest === false && items.length > 0 && items.length - required < MAX_LENGTHS;

/** The lists of a value that are written as tuples, so that type checkers take them. They are the same on the wire. */
export function tuplesIn(value: JsonValue, shape: Shape, lookup: Lookup): ReadonlySet<JsonValue> {
  const found = new Set<JsonValue>();
  walk(value, shape, { lookup, found });
  return found;
}

interface Search {
  readonly lookup: Lookup;
  readonly found: Set<JsonValue>;
}

function walk(value: JsonValue, shape: Shape, search: Search): void {
  switch (shape.kind) {
    case 'literal':
      if (isArray(value)) walkLiteral(value, search);
      break;
    case 'array':
      if (isArray(value)) for (const item of value) walk(item, shape.items, search);
      break;
    case 'tuple':
      if (isArray(value)) walkTuple(value, shape, search);
      break;
    case 'reference': {
      const target = search.lookup(shape.name);
      if (target !== undefined) walk(value, target, search);
      break;
    }
    case 'union': {
      const member = shape.members.find((inner) => conforms(value, inner, search.lookup));
      if (member !== undefined) walk(value, member, search);
      break;
    }
    case 'object':
    case 'intersection':
      walkObject(value, shape, search);
      break;
    default:
  }
}

function walkTuple(value: readonly JsonValue[], shape: TupleShape, search: Search): void {
  if (isTuple(shape)) search.found.add(value);
  value.forEach((item, index) => {
    const inner = shape.items[index] ?? shape.rest;
    if (inner !== false) walk(item, inner, search);
  });
}

/** A list among the values of an enumeration has a type of its own for each item. */
function walkLiteral(value: readonly JsonValue[], search: Search): void {
  if (value.length > 0) search.found.add(value);
  for (const item of value) if (isArray(item)) walkLiteral(item, search);
}

function walkObject(value: JsonValue, shape: Shape, search: Search): void {
  const object = objectOf(shape, search.lookup);
  if (object === undefined || !isObject(value)) return;
  const { fields, additional } = object;
  for (const [key, inner] of Object.entries(value)) {
    const field = fields.find((one) => one.key === key);
    if (field !== undefined) walk(inner, field.shape, search);
    else if (typeof additional === 'object') walk(inner, additional, search);
  }
}
