/** What the readers of schemas know beside the schema in front of them. */
import type { References } from '../schemas/resolve.js';
import type { Dialect } from '../schemas/schema-file.js';
import { isArray, isObject, type JsonObject, type JsonValue, ownValue } from '../text/json.js';
import type { Combining } from './combine.js';
import type { Shape } from './model.js';

export interface ShapeContext extends Combining {
  readonly references: References;
  /** The type name of a schema that has one: a message, a shared file, or what a reference leads to. */
  readonly nameOf: (schema: JsonObject) => string | undefined;
  /** The examples of a schema that are valid. */
  readonly examplesOf: (schema: JsonValue) => readonly JsonValue[];
  /** Names that lead back to the schema itself without going into the value; they say nothing of it. */
  readonly blocked: ReadonlySet<string>;
}

export interface Reading extends ShapeContext {
  readonly dialect: Dialect;
  /** Reads an inner schema; of one with a name, its name. */
  readonly read: (schema: JsonValue, reading: Reading) => Shape;
  /** What was read already; nested conditions ask for one schema again and again. */
  readonly known: Map<JsonObject, Shape>;
}

const NONE: ReadonlySet<string> = new Set();

/** For what stands inside the value: there every name counts. */
export const inside = (reading: Reading): Reading =>
  reading.blocked.size === 0 ? reading : { ...reading, blocked: NONE };

/** The entries of a keyword that is an object; of any other value, none. */
export function entriesAt(schema: JsonObject, name: string): readonly (readonly [string, JsonValue])[] {
  const value = ownValue(schema, name);
  return isObject(value) ? Object.entries(value) : [];
}

/** The items of a keyword that is a list; of any other value, none. */
export function itemsAt(schema: JsonObject, name: string): readonly JsonValue[] {
  const value = ownValue(schema, name);
  return isArray(value) ? value : [];
}
