/** The part of a schema that types can say: what is left when every other keyword is taken out. */
import { isArray, isObject, type JsonObject, type JsonValue, ownValue } from '../../src/text/json.js';

const KEPT = new Set(
  '$schema $id $anchor $dynamicAnchor $ref $defs definitions type enum const required properties additionalProperties items prefixItems additionalItems anyOf oneOf allOf'.split(
    ' ',
  ),
);
const MAPS = new Set(['properties', '$defs', 'definitions']);

/**
 * @param schema - of either draft
 * @returns a schema that accepts at least as much: no bounds, an integer is a number, `oneOf` is a union
 */
export function reduceSchema(schema: JsonValue): JsonValue {
  if (!isObject(schema)) return schema;
  const unions = ['anyOf', 'oneOf'].flatMap((name) => {
    const value = ownValue(schema, name);
    return isArray(value) ? [{ anyOf: value.map(reduceSchema) }] : [];
  });
  const all = ownValue(schema, 'allOf');
  const parts = [...(isArray(all) ? all.map(reduceSchema) : []), ...unions];
  const entries = Object.keys(schema)
    .filter((name) => KEPT.has(name) && !name.endsWith('Of'))
    .flatMap((name): (readonly [string, JsonValue])[] => reduceKeyword(name, ownValue(schema, name) ?? null, schema));
  return Object.fromEntries(parts.length === 0 ? entries : [...entries, ['allOf', parts]]);
}

function reduceKeyword(name: string, value: JsonValue, schema: JsonObject): (readonly [string, JsonValue])[] {
  if (name === 'additionalProperties')
    return value === false && ownValue(schema, 'patternProperties') === undefined ? [[name, value]] : [];
  if (name === 'type') return [[name, isArray(value) ? [...new Set(value.map(widenType))] : widenType(value)]];
  if (MAPS.has(name) && isObject(value))
    return [[name, Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, reduceSchema(inner)]))]];
  if (name === 'items' || name === 'prefixItems' || name === 'additionalItems')
    return [[name, isArray(value) ? value.map(reduceSchema) : reduceSchema(value)]];
  return [[name, value]];
}

const widenType = (type: JsonValue): JsonValue => (type === 'integer' ? 'number' : type);
