/** Which schemas hold for a key or an item of a value, when several schemas hold for the value itself. */
import { isArray, isObject, type JsonObject, type JsonValue, ownValue } from '../text/json.js';
import { matchesPattern } from './pattern.js';
import { samplePattern } from './sample-pattern.js';
import type { DraftSchema } from './validate.js';

export interface ObjectPart extends DraftSchema {
  readonly schema: JsonObject;
}

export interface Keys {
  readonly required: Set<string>;
  readonly declared: ReadonlySet<string>;
  /** What must be there where a key is. */
  readonly dependents: ReadonlyMap<string, readonly string[]>;
  readonly partsOf: (key: string) => readonly DraftSchema[];
  /** Names that patterns and lists of names ask for. */
  readonly natural: readonly string[];
}

/** Read once for all keys: there may be many of both. */
export function readKeys(flat: readonly ObjectPart[]): Keys {
  const declared = new Map<string, DraftSchema[]>();
  const dependents = new Map<string, string[]>();
  for (const { schema, dialect } of flat) {
    for (const [key, inner] of entriesAt(schema, 'properties')) add(declared, key, [{ schema: inner, dialect }]);
    const names = entriesAt(schema, dialect === 'draft-07' ? 'dependencies' : 'dependentRequired');
    for (const [key, value] of names) if (isArray(value)) add(dependents, key, value.map(String));
  }
  const open = flat.filter(({ schema }) =>
    ['patternProperties', 'additionalProperties'].some((name) => Object.hasOwn(schema, name)),
  );
  return {
    required: new Set(flat.flatMap(({ schema }) => listAt(schema, 'required').map(String))),
    declared: new Set(declared.keys()),
    dependents,
    natural: flat.flatMap(naturalNames),
    partsOf: (key) => [...(declared.get(key) ?? []), ...open.flatMap((part) => undeclaredParts(part, key))],
  };
}

function naturalNames({ schema }: ObjectPart): string[] {
  const names = ownValue(schema, 'propertyNames');
  const listed = isObject(names) ? [...listAt(names, 'enum'), ...listOf(ownValue(names, 'const'))] : [];
  const named = isObject(names) ? ownValue(names, 'pattern') : undefined;
  const patterns = [...entriesAt(schema, 'patternProperties').map(([pattern]) => pattern), named];
  const sampled = patterns.map((pattern) => (typeof pattern === 'string' ? samplePattern(pattern) : undefined));
  return [...listed, ...sampled].filter((name) => typeof name === 'string');
}

const listOf = (value: JsonValue | undefined): readonly JsonValue[] => (value === undefined ? [] : [value]);

function add<T>(lists: Map<string, T[]>, key: string, items: readonly T[]): void {
  const known = lists.get(key);
  if (known === undefined) lists.set(key, [...items]);
  else known.push(...items);
}

function undeclaredParts({ schema, dialect }: ObjectPart, key: string): DraftSchema[] {
  const matching = entriesAt(schema, 'patternProperties').filter(([pattern]) => matchesPattern(pattern, key) === true);
  const schemas = matching.map(([, inner]) => inner);
  const properties = ownValue(schema, 'properties');
  const isDeclared = isObject(properties) && Object.hasOwn(properties, key);
  const others = ownValue(schema, 'additionalProperties');
  if (schemas.length === 0 && !isDeclared && others !== undefined) schemas.push(others);
  return schemas.map((inner) => ({ schema: inner, dialect }));
}

const entriesAt = (schema: JsonObject, name: string): readonly (readonly [string, JsonValue])[] => {
  const value = ownValue(schema, name);
  return isObject(value) ? Object.entries(value) : [];
};

const listAt = (schema: JsonObject, name: string): readonly JsonValue[] => {
  const value = ownValue(schema, name);
  return isArray(value) ? value : [];
};

export const numbersAt = (flat: readonly ObjectPart[], name: string): number[] =>
  flat.flatMap(({ schema }) => {
    const value = ownValue(schema, name);
    return typeof value === 'number' ? [value] : [];
  });

/** The schemas of an array's first items, one by one. */
export const listedItems = ({ schema, dialect }: ObjectPart): readonly JsonValue[] =>
  listAt(schema, dialect === 'draft-07' ? 'items' : 'prefixItems');

export function partsOfItem(part: ObjectPart, index: number): DraftSchema[] {
  const { schema, dialect } = part;
  const items = ownValue(schema, 'items');
  const rest = isArray(items) ? ownValue(schema, 'additionalItems') : items;
  const inner = listedItems(part)[index] ?? rest;
  return inner === undefined ? [] : [{ schema: inner, dialect }];
}
