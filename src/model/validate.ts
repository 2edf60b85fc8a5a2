/** Finds what is wrong with a value under a schema: every keyword of both drafts, formats too. */
import type { References, Spot } from '../schemas/resolve.js';
import type { Dialect, Path } from '../schemas/schema-file.js';
import { isArray, isObject, type JsonObject, type JsonValue, ownValue } from '../text/json.js';
import { rowOf } from '../text/table.js';
import { compilePattern, matchesPattern } from './pattern.js';
import { SCALAR_RULES } from './scalar-faults.js';

export interface Fault {
  /** Steps from the value to the part that is wrong. */
  readonly path: Path;
  /** Follows on the name of that part: `must be string`. */
  readonly message: string;
}

export interface ValidationContext {
  readonly references: References;
  /** How many schemas may still be asked; one for all values that are checked together. */
  readonly budget: Budget;
}

export interface Budget {
  steps: number;
}

/** A schema with the draft that it is written in. */
export interface DraftSchema {
  readonly schema: JsonValue;
  readonly dialect: Dialect;
}

/** No honest reference leads over so many others. */
const MAX_CHAIN = 200;
/** Enough for every honest schema, and less than a second. */
const MAX_STEPS = 500_000;

export const newBudget = (): Budget => ({ steps: MAX_STEPS });

interface Check extends DraftSchema, ValidationContext {
  readonly value: JsonValue;
  readonly path: Path;
  /** The resources that were entered on the way, the outermost first: where a `$dynamicRef` looks. */
  readonly scope: readonly string[];
  /** The schemas that references have led to, and that ask about this very value. */
  readonly active: readonly JsonValue[];
}

interface ObjectCheck extends Check {
  readonly schema: JsonObject;
}

/** What a schema has looked at, for `unevaluatedProperties` and `unevaluatedItems`. */
interface Seen {
  readonly keys: Set<string>;
  readonly items: Set<number>;
}

/**
 * @param value - any JSON value
 * @param schema - of a resolved file
 * @returns the first fault, or `undefined` where the value is valid, or where the budget ends before one is found
 */
export const findFault = (
  value: JsonValue,
  { schema, dialect }: DraftSchema,
  { references, budget }: ValidationContext,
): Fault | undefined =>
  check({ value, schema, dialect, path: [], references, budget, scope: [], active: [] }, noneSeen());

const noneSeen = (): Seen => ({ keys: new Set(), items: new Set() });

const seeAll = (seen: Seen, more: Seen): void => {
  for (const key of more.keys) seen.keys.add(key);
  for (const item of more.items) seen.items.add(item);
};

/** Checks one schema; what it has looked at is added to `outer` where the value is valid. */
function check(call: Check, outer: Seen): Fault | undefined {
  const { schema, value, path, budget } = call;
  if (schema === false) return { path, message: 'is not allowed here' };
  if (!isObject(schema) || budget.steps <= 0) return undefined;
  budget.steps -= 1;
  const own = typeof value === 'object' ? noneSeen() : outer;
  const fault = checkKeywords({ ...call, schema, scope: enterResource(schema, call) }, own);
  if (fault === undefined && own !== outer) seeAll(outer, own);
  return fault;
}

function checkKeywords(call: ObjectCheck, seen: Seen): Fault | undefined {
  const fault = checkReference(call, seen);
  // Draft-07 ignores everything beside a $ref.
  if (fault !== undefined || (call.dialect === 'draft-07' && Object.hasOwn(call.schema, '$ref'))) return fault;
  return (
    checkScalars(call) ??
    checkApplicators(call, seen) ??
    checkProperties(call, seen) ??
    checkItems(call, seen) ??
    checkUnevaluated(call, seen)
  );
}

function enterResource(schema: JsonObject, { scope, references }: Check): readonly string[] {
  if (references.dynamicTargets.size === 0) return scope;
  const base = references.schemas.get(schema)?.base;
  return base === undefined || base === scope.at(-1) ? scope : [...scope, base];
}

function checkReference(call: ObjectCheck, seen: Seen): Fault | undefined {
  const { schema, scope, references } = call;
  const target = references.targets.get(schema);
  const fault = target === undefined ? undefined : follow(target, call, seen);
  const dynamic = fault === undefined ? references.dynamicTargets.get(schema) : undefined;
  if (dynamic === undefined) return fault;
  const outermost = scope.find((resource) => dynamic.byResource.has(resource)) ?? '';
  return follow(dynamic.byResource.get(outermost) ?? dynamic.spot, call, seen);
}

/** A reference that comes back to a schema that asks about this very value already adds nothing to it. */
function follow({ schema, file }: Spot, call: ObjectCheck, seen: Seen): Fault | undefined {
  if (call.active.length > MAX_CHAIN || call.active.includes(schema)) return undefined;
  return check({ ...call, schema, dialect: file.dialect, active: [...call.active, schema] }, seen);
}

function checkScalars({ schema, value, path }: ObjectCheck): Fault | undefined {
  for (const name of Object.keys(schema)) {
    const rule = rowOf(SCALAR_RULES, name);
    const message = rule?.(schema[name] ?? null, value);
    if (message !== undefined) return { path, message };
  }
  return undefined;
}

const listAt = (schema: JsonObject, name: string): readonly JsonValue[] => {
  const value = ownValue(schema, name);
  return isArray(value) ? value : [];
};
const mapAt = (schema: JsonObject, name: string): JsonObject => {
  const value = ownValue(schema, name);
  return isObject(value) ? value : {};
};

function checkApplicators(call: ObjectCheck, seen: Seen): Fault | undefined {
  const { schema } = call;
  for (const inner of listAt(schema, 'allOf')) {
    const fault = check({ ...call, schema: inner }, seen);
    if (fault !== undefined) return fault;
  }
  return checkChoices(call, seen) ?? checkNot(call) ?? checkCondition(call, seen) ?? checkDependents(call, seen);
}

function checkChoices(call: ObjectCheck, seen: Seen): Fault | undefined {
  for (const name of ['anyOf', 'oneOf']) {
    const branches = listAt(call.schema, name);
    if (branches.length === 0) continue;
    const faults: Fault[] = [];
    let fitting = 0;
    for (const branch of branches) {
      const inside = noneSeen();
      const fault = check({ ...call, schema: branch }, inside);
      if (fault === undefined) {
        fitting += 1;
        seeAll(seen, inside);
      } else faults.push(fault);
    }
    if (fitting === 0) return deepest(faults) ?? { path: call.path, message: `fits no branch of ${name}` };
    if (fitting > 1 && name === 'oneOf')
      return { path: call.path, message: `fits ${fitting} branches of oneOf, where it must fit one` };
  }
  return undefined;
}

/** The branch that came furthest is the one that was meant. */
function deepest(faults: readonly Fault[]): Fault | undefined {
  const depth = Math.max(...faults.map(({ path }) => path.length));
  const furthest = faults.filter(({ path }) => path.length === depth);
  return furthest.length === 1 ? furthest[0] : undefined;
}

function checkNot(call: ObjectCheck): Fault | undefined {
  const not = ownValue(call.schema, 'not');
  if (not === undefined || check({ ...call, schema: not }, noneSeen()) !== undefined) return undefined;
  return { path: call.path, message: 'must not fit the schema of not' };
}

function checkCondition(call: ObjectCheck, seen: Seen): Fault | undefined {
  const condition = ownValue(call.schema, 'if');
  if (condition === undefined) return undefined;
  const inside = noneSeen();
  const holds = check({ ...call, schema: condition }, inside) === undefined;
  if (holds) seeAll(seen, inside);
  return check({ ...call, schema: ownValue(call.schema, holds ? 'then' : 'else') ?? true }, seen);
}

function checkDependents(call: ObjectCheck, seen: Seen): Fault | undefined {
  const { schema, value, path, dialect } = call;
  if (!isObject(value)) return undefined;
  const names = dialect === 'draft-07' ? ['dependencies'] : ['dependentRequired', 'dependentSchemas'];
  for (const [key, dependent] of names.flatMap((name) => Object.entries(mapAt(schema, name)))) {
    if (!Object.hasOwn(value, key)) continue;
    const missing = isArray(dependent) ? dependent.find((name) => !Object.hasOwn(value, String(name))) : undefined;
    if (missing !== undefined) return { path, message: `must have ${JSON.stringify(missing)} where it has ${key}` };
    const fault = isArray(dependent) ? undefined : check({ ...call, schema: dependent }, seen);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function checkProperties(call: ObjectCheck, seen: Seen): Fault | undefined {
  const { schema, value, path } = call;
  if (!isObject(value)) return undefined;
  const missing = listAt(schema, 'required').find((name) => !Object.hasOwn(value, String(name)));
  if (missing !== undefined) return { path, message: `must have the property ${JSON.stringify(missing)}` };
  const properties = mapAt(schema, 'properties');
  const patterns = Object.entries(mapAt(schema, 'patternProperties'));
  const additional = ownValue(schema, 'additionalProperties');
  const names = ownValue(schema, 'propertyNames');
  const asksOfAll = patterns.length > 0 || additional !== undefined || names !== undefined;
  const keys = asksOfAll ? Object.keys(value) : Object.keys(properties).filter((key) => Object.hasOwn(value, key));
  call.budget.steps -= keys.length;
  for (const key of keys) {
    const inner = value[key] ?? null;
    const own = ownValue(properties, key);
    const schemas = [
      ...(own === undefined ? [] : [own]),
      ...patterns.filter(([pattern]) => hasPattern(pattern, key)).map(([, matching]) => matching),
    ];
    if (schemas.length === 0 && additional !== undefined) schemas.push(additional);
    if (schemas.length > 0) seen.keys.add(key);
    const at = { ...call, path: [...path, key], active: [] };
    const named = names === undefined ? undefined : check({ ...at, schema: names, value: key }, noneSeen());
    if (named !== undefined) return { path: at.path, message: `has a name that ${named.message}` };
    for (const next of schemas) {
      const fault = check({ ...at, schema: next, value: inner }, noneSeen());
      if (fault !== undefined) return fault;
    }
  }
  return undefined;
}

const hasPattern = (pattern: string, key: string): boolean =>
  compilePattern(pattern) !== undefined && matchesPattern(pattern, key) === true;

function checkItems(call: ObjectCheck, seen: Seen): Fault | undefined {
  const { schema, value, path, dialect } = call;
  if (!isArray(value)) return undefined;
  const items = ownValue(schema, 'items');
  const isOld = dialect === 'draft-07';
  const listed = isOld ? (isArray(items) ? items : []) : listAt(schema, 'prefixItems');
  const rest = isOld && isArray(items) ? ownValue(schema, 'additionalItems') : items;
  for (const [index, item] of value.entries()) {
    const inner = listed[index] ?? rest;
    if (inner === undefined) continue;
    seen.items.add(index);
    const fault = check(
      { ...call, schema: inner, value: item, path: [...path, String(index)], active: [] },
      noneSeen(),
    );
    if (fault !== undefined) return fault;
  }
  return checkContains({ ...call, value }, seen);
}

function checkContains(call: ObjectCheck & { readonly value: readonly JsonValue[] }, seen: Seen): Fault | undefined {
  const { schema, value, path, dialect } = call;
  const wanted = ownValue(schema, 'contains');
  if (wanted === undefined) return undefined;
  const bound = (name: string, otherwise: number): number => {
    const said = dialect === 'draft-07' ? undefined : ownValue(schema, name);
    return typeof said === 'number' ? said : otherwise;
  };
  let count = 0;
  for (const [index, item] of value.entries()) {
    if (check({ ...call, schema: wanted, value: item, active: [] }, noneSeen()) !== undefined) continue;
    count += 1;
    if (dialect !== 'draft-07') seen.items.add(index);
  }
  if (count < bound('minContains', 1)) return { path, message: 'must contain an item that fits contains' };
  if (count > bound('maxContains', Infinity)) return { path, message: 'contains too many items that fit contains' };
  return undefined;
}

function checkUnevaluated(call: ObjectCheck, seen: Seen): Fault | undefined {
  const { schema, value, path, dialect } = call;
  if (dialect === 'draft-07') return undefined;
  const properties = ownValue(schema, 'unevaluatedProperties');
  if (properties !== undefined && isObject(value)) {
    for (const [key, inner] of Object.entries(value)) {
      if (seen.keys.has(key)) continue;
      const fault = check({ ...call, schema: properties, value: inner, path: [...path, key], active: [] }, noneSeen());
      if (fault !== undefined) return fault;
      seen.keys.add(key);
    }
  }
  const items = ownValue(schema, 'unevaluatedItems');
  if (items === undefined || !isArray(value)) return undefined;
  for (const [index, item] of value.entries()) {
    if (seen.items.has(index)) continue;
    const fault = check(
      { ...call, schema: items, value: item, path: [...path, String(index)], active: [] },
      noneSeen(),
    );
    if (fault !== undefined) return fault;
    seen.items.add(index);
  }
  return undefined;
}
