/** An example as a program can write it down: a fresh literal may hold only what its type declares. */
import type { JsonValue, Shape } from '../../model/model.js';
import { isArray, isObject } from '../../text/json.js';
import type { Lookup } from '../../model/conforms.js';

/**
 * Takes out what an object may have and its type does not declare.
 *
 * @param value - fits the shape
 */
export function declaredPart(value: JsonValue, shape: Shape, lookup: Lookup): JsonValue {
  switch (shape.kind) {
    case 'reference': {
      const target = lookup(shape.name);
      return target === undefined ? value : declaredPart(value, target, lookup);
    }
    case 'array':
      return isArray(value) ? value.map((item) => declaredPart(item, shape.items, lookup)) : value;
    case 'tuple':
      return isArray(value) ? value.map((item, index) => itemPart(item, shape.items[index], lookup)) : value;
    case 'object':
      return isObject(value) && shape.fields.length > 0 ? fieldsPart(Object.entries(value), shape, lookup) : value;
    default:
      return value;
  }
}

const itemPart = (item: JsonValue, shape: Shape | undefined, lookup: Lookup): JsonValue =>
  shape === undefined ? item : declaredPart(item, shape, lookup);

function fieldsPart(
  entries: readonly (readonly [string, JsonValue])[],
  { fields, additional }: Shape & { kind: 'object' },
  lookup: Lookup,
): JsonValue {
  const kept = entries.flatMap(([key, inner]) => {
    const field = fields.find((each) => each.key === key);
    if (field !== undefined) return [[key, declaredPart(inner, field.shape, lookup)] as const];
    return additional === 'undeclared' ? [] : [[key, inner] as const];
  });
  return Object.fromEntries(kept);
}
