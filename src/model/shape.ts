/** One schema in, one shape out: the whole meaning of a schema that types can say, never narrower than the schema. */
import type { References, Spot } from '../schemas/resolve.js';
import type { Dialect } from '../schemas/schema-file.js';
import { isArray, isObject, type JsonObject, type JsonValue, ownValue } from '../text/json.js';
import { close, intersect, NEVER, UNKNOWN, unite } from './combine.js';
import type { Lookup } from './conforms.js';
import { NO_FACTS, readDoc, readFacts } from './facts.js';
import type { Field, Shape } from './model.js';

/** What reading needs to know beside the schema. */
export interface ShapeContext {
  readonly references: References;
  /** The type name of a schema that has one: a message, a shared file, or what a reference leads to. */
  readonly nameOf: (schema: JsonObject) => string | undefined;
  /** The examples of a schema that are valid. */
  readonly examplesOf: (schema: JsonValue) => readonly JsonValue[];
  readonly lookup: Lookup;
  /** Names that lead back to the schema itself without going into the value; they say nothing of it. */
  readonly blocked: ReadonlySet<string>;
}

interface Reading extends ShapeContext {
  readonly dialect: Dialect;
}

const NONE: ReadonlySet<string> = new Set();

/** For what stands inside the value: there every name counts. */
const inside = (reading: Reading): Reading => (reading.blocked.size === 0 ? reading : { ...reading, blocked: NONE });

/**
 * Reads one schema.
 *
 * @param schema - a schema of a resolved file; where it has a type name itself, what that name stands for
 * @param dialect - the draft of that file; it decides what stands beside a `$ref`
 * @returns a shape that every valid value fits
 */
export function readShape(schema: JsonValue, dialect: Dialect, context: ShapeContext): Shape {
  return isObject(schema) ? readWhole(schema, { ...context, dialect }) : read(schema, { ...context, dialect });
}

function read(schema: JsonValue, reading: Reading): Shape {
  if (schema === false) return NEVER;
  if (!isObject(schema)) return UNKNOWN;
  const name = reading.nameOf(schema);
  return name === undefined ? readWhole(schema, reading) : refer(name, reading);
}

const refer = (name: string, { blocked }: Reading): Shape =>
  blocked.has(name) ? UNKNOWN : { kind: 'reference', name };

function readWhole(schema: JsonObject, reading: Reading): Shape {
  const reference = readReference(schema, reading);
  if (reference !== undefined && reading.dialect === 'draft-07') return reference;
  const parts = [reference ?? UNKNOWN, readOwn(schema, reading), ...readBranches(schema, reading)];
  const whole = parts.reduce((all, part) => intersect(all, part, reading.lookup));
  const named = keepNames(schema, whole, reading);
  return ownValue(schema, 'unevaluatedProperties') === false ? close(named) : named;
}

/** What `$ref` and `$dynamicRef` lead to; of the latter, all that it may lead to. */
function readReference(schema: JsonObject, reading: Reading): Shape | undefined {
  const { references, lookup } = reading;
  const target = references.targets.get(schema);
  const dynamic = references.dynamicTargets.get(schema);
  const reference = target === undefined ? undefined : readTarget(target, reading);
  if (dynamic === undefined) return reference;
  const all = unite([dynamic.spot, ...dynamic.byResource.values()].map((spot) => readTarget(spot, reading)));
  return reference === undefined ? all : intersect(reference, all, lookup);
}

function readTarget({ schema }: Spot, reading: Reading): Shape {
  const name = isObject(schema) ? reading.nameOf(schema) : undefined;
  if (name !== undefined) return refer(name, reading);
  return schema === false ? NEVER : UNKNOWN;
}

const ALL_TYPES = ['object', 'array', 'string', 'number', 'boolean', 'null'];

/** What `type`, `enum`, `const` and the keywords of objects and arrays say together. */
function readOwn(schema: JsonObject, reading: Reading): Shape {
  const type = ownValue(schema, 'type');
  const types = typeof type === 'string' ? [type] : isArray(type) ? type.map(String) : ALL_TYPES;
  const shape = unite(types.map((name) => readType(name, schema, reading)));
  const values = readValues(schema);
  return values === undefined ? shape : intersect(values, shape, reading.lookup);
}

function readValues(schema: JsonObject): Shape | undefined {
  const constant = ownValue(schema, 'const');
  const listed = ownValue(schema, 'enum');
  const values = constant === undefined ? listed : [constant];
  if (!isArray(values)) return undefined;
  return values.length === 0 ? NEVER : unite([{ kind: 'literal', values }]);
}

function readType(name: string, schema: JsonObject, reading: Reading): Shape {
  switch (name) {
    case 'object':
      return readObject(schema, inside(reading));
    case 'array':
      return readArray(schema, inside(reading));
    case 'number':
    case 'integer':
      return { kind: 'number', integer: name === 'integer' };
    case 'string':
    case 'boolean':
    case 'null':
      return { kind: name };
    default:
      return UNKNOWN;
  }
}

function readObject(schema: JsonObject, reading: Reading): Shape {
  const properties = ownValue(schema, 'properties');
  const requiredNames = ownValue(schema, 'required');
  const required = new Set(isArray(requiredNames) ? requiredNames.map(String) : []);
  const additional = readAdditional(schema, reading);
  const fields = Object.entries(isObject(properties) ? properties : {}).map(([key, value]) =>
    readField({ key, value, required: required.delete(key) }, reading),
  );
  for (const key of required) {
    const shape = additional === 'undeclared' ? UNKNOWN : additional === false ? NEVER : additional;
    fields.push({ key, required: true, doc: '', facts: NO_FACTS, shape });
  }
  if (fields.some((field) => field.required && field.shape.kind === 'never')) return NEVER;
  return { kind: 'object', fields, additional };
}

function readField(property: { key: string; value: JsonValue; required: boolean }, reading: Reading): Field {
  const { key, value, required } = property;
  const target = isObject(value) ? reading.references.targets.get(value) : undefined;
  const siblingsCount = !(isObject(value) && reading.dialect === 'draft-07' && target !== undefined);
  const facts = readFacts(value, reading.examplesOf(value));
  const targetFacts = target === undefined ? undefined : readFacts(target.schema, []);
  return {
    key,
    required,
    // What stands beside a $ref has no force in draft-07, yet its description is about this very property.
    doc: readDoc(value) || (target === undefined ? '' : readDoc(target.schema)),
    facts: {
      ...(siblingsCount ? facts : { ...facts, constraints: [] }),
      deprecated: facts.deprecated || targetFacts?.deprecated === true,
      sensitive: facts.sensitive || targetFacts?.sensitive === true,
    },
    shape: read(value, reading),
  };
}

function readAdditional(schema: JsonObject, reading: Reading): Shape | false | 'undeclared' {
  const additional = ownValue(schema, 'additionalProperties');
  const patterns = ownValue(schema, 'patternProperties');
  const byPattern = isObject(patterns) ? Object.values(patterns).map((inner) => read(inner, reading)) : [];
  if (additional === undefined) {
    const unevaluated = ownValue(schema, 'unevaluatedProperties');
    if (byPattern.length === 0 && isObject(unevaluated) && !hasApplicators(schema)) return read(unevaluated, reading);
    return byPattern.length === 0 ? 'undeclared' : UNKNOWN;
  }
  const shape = read(additional, reading);
  if (byPattern.length === 0) return shape.kind === 'never' ? false : shape;
  return unite([...byPattern, shape]);
}

const hasApplicators = (schema: JsonObject): boolean =>
  ['$ref', '$dynamicRef', 'allOf', 'anyOf', 'oneOf', 'if', 'dependentSchemas'].some(
    (name) => ownValue(schema, name) !== undefined,
  );

function readArray(schema: JsonObject, reading: Reading): Shape {
  const items = ownValue(schema, 'items');
  const listed = reading.dialect === 'draft-07' ? items : ownValue(schema, 'prefixItems');
  const maxItems = ownValue(schema, 'maxItems');
  const most = typeof maxItems === 'number' ? maxItems : Infinity;
  if (!isArray(listed)) {
    const each = items === undefined ? UNKNOWN : read(items, reading);
    return most === 0 || each.kind === 'never'
      ? { kind: 'tuple', items: [], required: 0, rest: false }
      : { kind: 'array', items: each };
  }
  const minItems = ownValue(schema, 'minItems');
  const shapes = listed.slice(0, most).map((item) => read(item, reading));
  const required = Math.min(typeof minItems === 'number' ? minItems : 0, shapes.length);
  const rest = shapes.length >= most ? NEVER : readRest(schema, reading);
  // From the first item that nothing fits, the list cannot be longer.
  const end = shapes.findIndex(({ kind }) => kind === 'never');
  if (end !== -1) return end < required ? NEVER : { kind: 'tuple', items: shapes.slice(0, end), required, rest: false };
  return { kind: 'tuple', items: shapes, required, rest: rest.kind === 'never' ? false : rest };
}

function readRest(schema: JsonObject, reading: Reading): Shape {
  const rest = ownValue(schema, reading.dialect === 'draft-07' ? 'additionalItems' : 'items');
  if (rest !== undefined) return read(rest, reading);
  const unevaluated = ownValue(schema, 'unevaluatedItems');
  return unevaluated === undefined || hasApplicators(schema) || ownValue(schema, 'contains') !== undefined
    ? UNKNOWN
    : read(unevaluated, reading);
}

/** `allOf`, `anyOf`, `oneOf` and a complete `if`, each as one shape to intersect with. */
function readBranches(schema: JsonObject, reading: Reading): Shape[] {
  const listOf = (name: string): readonly JsonValue[] | undefined => {
    const value = ownValue(schema, name);
    return isArray(value) ? value : undefined;
  };
  const parts = (listOf('allOf') ?? []).map((part) => read(part, reading));
  for (const name of ['anyOf', 'oneOf']) {
    const branches = listOf(name);
    if (branches !== undefined) parts.push(unite(branches.map((branch) => read(branch, reading))));
  }
  return [...parts, readConditional(schema, reading)];
}

function readConditional(schema: JsonObject, reading: Reading): Shape {
  const condition = ownValue(schema, 'if');
  if (condition === undefined) return UNKNOWN;
  const [whenTrue, whenFalse] = [ownValue(schema, 'then') ?? true, ownValue(schema, 'else') ?? true];
  return unite([
    intersect(read(condition, reading), read(whenTrue, reading), reading.lookup),
    read(whenFalse, reading),
  ]);
}

/** Names that only a condition declares stay in the type, optional and of any value: no declared name is ever lost. */
function keepNames(schema: JsonObject, shape: Shape, reading: Reading): Shape {
  const conditional = ['if', 'then', 'else'].flatMap((name) => ownValue(schema, name) ?? []);
  const dependents = ['dependentSchemas', 'dependencies'].flatMap((name) => {
    const value = ownValue(schema, name);
    return isObject(value) ? Object.values(value) : [];
  });
  const fields = new Map<string, Field>();
  for (const inner of [...conditional, ...dependents]) collectFields(inner, inside(reading), fields);
  return fields.size === 0 ? shape : addFields(shape, [...fields.values()]);
}

function collectFields(schema: JsonValue, reading: Reading, fields: Map<string, Field>): void {
  if (!isObject(schema)) return;
  const properties = ownValue(schema, 'properties');
  for (const [key, value] of Object.entries(isObject(properties) ? properties : {})) {
    if (!fields.has(key)) fields.set(key, { ...readField({ key, value, required: false }, reading), shape: UNKNOWN });
  }
  for (const name of ['allOf', 'anyOf', 'oneOf']) {
    const list = ownValue(schema, name);
    if (isArray(list)) for (const inner of list) collectFields(inner, reading, fields);
  }
  for (const name of ['then', 'else']) collectFields(ownValue(schema, name) ?? true, reading, fields);
}

function addFields(shape: Shape, fields: readonly Field[]): Shape {
  if (shape.kind === 'union') {
    const declared = new Set(
      shape.members.flatMap((member) => (member.kind === 'object' ? member.fields.map(({ key }) => key) : [])),
    );
    const missing = fields.filter(({ key }) => !declared.has(key));
    return missing.length === 0 ? shape : unite(shape.members.map((member) => addFields(member, missing)));
  }
  if (shape.kind !== 'object' || (shape.additional !== 'undeclared' && shape.additional !== false)) return shape;
  const missing = fields.filter(({ key }) => !shape.fields.some((field) => field.key === key));
  // Where no other key may stand, not even the condition can let it in.
  const added = shape.additional === false ? missing.map((field) => ({ ...field, shape: NEVER })) : missing;
  return { ...shape, fields: [...shape.fields, ...added] };
}
