/** One schema and all that it refers to as one self-contained document, valid under its draft. */
import { keywordOf, type ValueKind } from '../schemas/keywords.js';
import { type References, type Spot, targetsOf } from '../schemas/resolve.js';
import type { Dialect } from '../schemas/schema-file.js';
import { valueFaults } from '../schemas/values.js';
import { isArray, isObject, type JsonObject, type JsonValue, ownValue } from '../text/json.js';
import type { NamedPlace, Places } from './places.js';

export interface BundleContext {
  readonly places: Places;
  readonly references: References;
  /** All names that a name leads to, itself left out unless it is recursive. */
  readonly closureOf: (name: string) => readonly string[];
}

interface Copying extends BundleContext {
  readonly root: JsonObject;
  /** The resource that is entered first, whatever is asked. */
  readonly resource: string;
  /** Of the document; what stands in a draft-07 file is translated where they differ. */
  readonly dialect: Dialect;
}

const SCHEMA_URIS: Readonly<Record<Dialect, string>> = {
  '2020-12': 'https://json-schema.org/draft/2020-12/schema',
  'draft-07': 'http://json-schema.org/draft-07/schema#',
};

/**
 * Copies a schema into a document of its own. Definitions that it uses stand under their type names; ids, anchors
 * and keywords without effect are left out.
 */
export function bundleSchema(place: NamedPlace, context: BundleContext): JsonObject {
  const inner = context.closureOf(place.name).filter((name) => name !== place.name);
  const used = inner.toSorted().flatMap((name) => context.places.byName.get(name) ?? []);
  const dialect = [place, ...used].every(({ file }) => file.dialect === 'draft-07') ? 'draft-07' : '2020-12';
  const resource = context.references.schemas.get(place.schema)?.base ?? '';
  const copying: Copying = { ...context, root: place.schema, resource, dialect };
  const definitions = used.map(({ name, schema, file }) => [name, copyObject(schema, file.dialect, copying)] as const);
  return {
    $schema: SCHEMA_URIS[dialect],
    ...copyObject(place.schema, place.file.dialect, copying),
    ...(definitions.length === 0 ? {} : { [definitionsKey(dialect)]: Object.fromEntries(definitions) }),
  };
}

const definitionsKey = (dialect: Dialect): string => (dialect === 'draft-07' ? 'definitions' : '$defs');

const DROPPED = new Set([
  '$schema',
  '$id',
  '$anchor',
  '$dynamicAnchor',
  '$vocabulary',
  '$comment',
  '$defs',
  'definitions',
  '$ref',
  '$dynamicRef',
]);

function copySchema(schema: JsonValue, from: Dialect, copying: Copying): JsonValue {
  if (!isObject(schema)) return schema;
  // What has a name stands in the definitions, also where it is written out in place.
  return referTo(schema, copying) ?? copyObject(schema, from, copying);
}

function copyObject(schema: JsonObject, from: Dialect, copying: Copying): JsonObject {
  const reference = copyReference(schema, copying);
  // Draft-07 ignores everything beside a $ref.
  if (from === 'draft-07' && reference !== undefined) return reference;
  const entries = Object.keys(schema).flatMap((name): [string, JsonValue][] => {
    const keyword = keywordOf(name);
    const value = ownValue(schema, name);
    if (keyword === undefined || value === undefined || DROPPED.has(name)) return [];
    if (keyword.only !== undefined && keyword.only !== from) return [];
    const mayBeWrong = keyword.annotation === true || keyword.kind === 'pattern';
    if (mayBeWrong && valueFaults(keyword.kind, value, { name, dialect: from }).length > 0) return [];
    return [[name, copyValue(value, keyword.kind, (inner) => copySchema(inner, from, copying))]];
  });
  const own = Object.fromEntries(entries);
  const translated = from === copying.dialect ? own : translate(own);
  if (reference === undefined) return translated;
  // A reference to `true` or `false` has become that value: it joins what stands beside it.
  return Object.hasOwn(reference, 'allOf')
    ? { ...translated, allOf: [...listOf(translated, 'allOf'), ...listOf(reference, 'allOf')] }
    : { ...reference, ...translated };
}

const listOf = (schema: JsonObject, name: string): readonly JsonValue[] => {
  const value = ownValue(schema, name);
  return isArray(value) ? value : [];
};

/** What the references of a schema say, without them; a `$dynamicRef` becomes what it leads to, or all that it may. */
function copyReference(schema: JsonObject, copying: Copying): JsonObject | undefined {
  const { targets, dynamicTargets } = copying.references;
  const target = targets.get(schema);
  const dynamic = dynamicTargets.get(schema);
  const refer = ({ schema: to }: Spot): JsonValue => (isObject(to) ? (referTo(to, copying) ?? {}) : to);
  if (dynamic === undefined) {
    if (target === undefined) return undefined;
    const reference = refer(target);
    return isObject(reference) ? reference : { allOf: [reference] };
  }
  const outermost = dynamic.byResource.get(copying.resource);
  const all = targetsOf(schema, copying.references).filter((spot) => spot !== target);
  const spots = outermost === undefined ? all : [outermost];
  const distinct = [...new Map(spots.map((spot) => [spot.schema, refer(spot)])).values()];
  const [first = true] = distinct;
  return {
    allOf: [...(target === undefined ? [] : [refer(target)]), distinct.length === 1 ? first : { anyOf: distinct }],
  };
}

function referTo(target: JsonObject, { places, root, dialect }: Copying): JsonObject | undefined {
  if (target === root) return { $ref: '#' };
  const name = places.bySchema.get(target)?.name;
  return name === undefined ? undefined : { $ref: `#/${definitionsKey(dialect)}/${name}` };
}

function copyValue(value: JsonValue, kind: ValueKind, copy: (schema: JsonValue) => JsonValue): JsonValue {
  switch (kind) {
    case 'schema':
      return copy(value);
    case 'schema-list':
    case 'schema-or-list':
      return isArray(value) ? value.map(copy) : copy(value);
    case 'schema-map':
    case 'pattern-map':
    case 'dependencies':
      return isObject(value)
        ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, isArray(inner) ? inner : copy(inner)]))
        : value;
    default:
      return value;
  }
}

/** What a draft-07 schema, already copied, is called in 2020-12. */
function translate(schema: JsonObject): JsonObject {
  const { items, additionalItems, dependencies, ...rest } = schema;
  const lists = isArray(items)
    ? { prefixItems: items, ...(additionalItems === undefined ? {} : { items: additionalItems }) }
    : items === undefined
      ? {}
      : { items };
  const dependent = Object.entries(isObject(dependencies) ? dependencies : {});
  const names = dependent.filter(([, value]) => isArray(value));
  const schemas = dependent.filter(([, value]) => !isArray(value));
  return {
    ...rest,
    ...lists,
    ...(names.length === 0 ? {} : { dependentRequired: Object.fromEntries(names) }),
    ...(schemas.length === 0 ? {} : { dependentSchemas: Object.fromEntries(schemas) }),
  };
}
