/** What a schema looks at in an object: the keys that `unevaluatedProperties` of the same schema leaves alone. */
import { targetsOf, type References } from '../schemas/resolve.js';
import { isArray, isObject, type JsonObject, type JsonValue, ownValue } from '../text/json.js';

export interface EvaluatedKeys {
  /** Schemas of each key, any of which may be the one that has looked at it. */
  readonly schemas: ReadonlyMap<string, readonly JsonValue[]>;
  /** Whether keys may be looked at that no schema names. */
  readonly isOpen: boolean;
}

const LISTS = ['allOf', 'anyOf', 'oneOf'];
const SINGLE = ['if', 'then', 'else'];

/** @param schema - its own `unevaluatedProperties` is left aside */
export function findEvaluatedKeys(schema: JsonObject, references: References): EvaluatedKeys {
  const schemas = new Map<string, JsonValue[]>();
  let isOpen = false;
  const visited = new Set<JsonObject>();
  const open: JsonValue[] = [schema];
  // The list grows while it is read.
  for (const next of open) {
    if (!isObject(next) || visited.has(next)) continue;
    visited.add(next);
    for (const [key, inner] of Object.entries(mapAt(next, 'properties'))) {
      const known = schemas.get(key);
      if (known === undefined) schemas.set(key, [inner]);
      else known.push(inner);
    }
    isOpen ||= looksAtUnnamed(next, next === schema);
    open.push(...partsOf(next), ...targetsOf(next, references).map((target) => target.schema));
  }
  return { schemas, isOpen };
}

function looksAtUnnamed(schema: JsonObject, isOuter: boolean): boolean {
  if (Object.keys(mapAt(schema, 'patternProperties')).length > 0) return true;
  return ['additionalProperties', ...(isOuter ? [] : ['unevaluatedProperties'])].some((name) => {
    const value = ownValue(schema, name);
    return value !== undefined && value !== false;
  });
}

/** The schemas of the same value whose looks count. */
const partsOf = (schema: JsonObject): JsonValue[] => [
  ...LISTS.flatMap((name) => {
    const list = ownValue(schema, name);
    return isArray(list) ? list : [];
  }),
  ...SINGLE.flatMap((name) => ownValue(schema, name) ?? []),
  ...Object.values(mapAt(schema, 'dependentSchemas')),
];

function mapAt(schema: JsonObject, name: string): JsonObject {
  const value = ownValue(schema, name);
  return isObject(value) ? value : {};
}
