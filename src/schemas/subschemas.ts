/** The schemas that stand directly inside a schema, by the keyword table. */
import { isArray, isObject, type JsonValue, ownValue } from '../text/json.js';
import { keywordOf } from './keywords.js';
import type { Path } from './schema-file.js';

interface Subschema {
  readonly value: JsonValue;
  /** Steps from the outer schema: `['properties', 'name']`. */
  readonly steps: Path;
}

/** Every direct subschema, in the order of the file. Values of `enum`, `const`, `default`, `examples` are data and none. */
export function subschemasOf(schema: JsonValue): readonly Subschema[] {
  if (!isObject(schema)) return [];
  const found: Subschema[] = [];
  for (const name of Object.keys(schema)) {
    const value = ownValue(schema, name);
    const kind = keywordOf(name)?.kind;
    if (kind === undefined || value === undefined) continue;
    if (kind === 'schema' || (kind === 'schema-or-list' && !isArray(value))) found.push({ value, steps: [name] });
    else if (kind === 'schema-list' || kind === 'schema-or-list') {
      if (isArray(value)) value.forEach((item, index) => found.push({ value: item, steps: [name, String(index)] }));
    } else if (kind === 'schema-map' || kind === 'pattern-map' || kind === 'dependencies') {
      if (!isObject(value)) continue;
      for (const [key, inner] of Object.entries(value)) {
        if (kind !== 'dependencies' || !isArray(inner)) found.push({ value: inner, steps: [name, key] });
      }
    }
  }
  return found;
}
