/** What a schema says of objects: fields, what is required, and what other keys may hold. */
import { isHostileName } from '../text/hostile-name.js';
import { isObject, type JsonObject, type JsonValue, ownValue } from '../text/json.js';
import { NEVER, UNKNOWN, unite } from './combine.js';
import { findEvaluatedKeys } from './evaluated.js';
import { NO_FACTS, readDoc, readFacts } from './facts.js';
import type { Field, Shape } from './model.js';
import { entriesAt, inside, itemsAt, type Reading } from './reading.js';

type Additional = (Shape & { kind: 'object' })['additional'];

/** @returns `never` where a required field can hold nothing */
export function readObject(schema: JsonObject, reading: Reading): Shape {
  const required = new Set(itemsAt(schema, 'required').map(String));
  const additional = readAdditional(schema, reading);
  const names = readNames(schema, reading);
  const fields = entriesAt(schema, 'properties').map(([key, value]) =>
    readField({ key, value, required: required.has(key) }, reading),
  );
  const declared = new Set(fields.map(({ key }) => key));
  for (const key of new Set([...required, ...(names ?? [])])) {
    if (!declared.has(key)) fields.push(undeclaredField(key, { required: required.has(key), additional }));
  }
  const allowed = names === undefined ? fields : fields.map((field) => (names.has(field.key) ? field : forbid(field)));
  if (allowed.some((field) => field.required && field.shape.kind === 'never')) return NEVER;
  return { kind: 'object', fields: allowed, additional: names === undefined ? additional : false };
}

function undeclaredField(
  key: string,
  { required, additional }: { readonly required: boolean; readonly additional: Additional },
): Field {
  const shape = additional === 'undeclared' ? UNKNOWN : additional === false ? NEVER : additional;
  return { key, required, doc: '', facts: NO_FACTS, shape };
}

const forbid = (field: Field): Field => ({ ...field, shape: NEVER });

/** The only keys that there may be, where `propertyNames` lists them. */
function readNames(schema: JsonObject, reading: Reading): ReadonlySet<string> | undefined {
  const names = ownValue(schema, 'propertyNames');
  if (names === undefined) return undefined;
  const shape = reading.read(names, reading);
  const known = shape.kind === 'reference' ? reading.lookup(shape.name) : shape;
  if (known?.kind === 'never') return new Set();
  if (known?.kind !== 'literal') return undefined;
  const listed = known.values.filter((value) => typeof value === 'string');
  return listed.some(isHostileName) ? undefined : new Set(listed);
}

export function readField(
  property: { readonly key: string; readonly value: JsonValue; readonly required: boolean },
  reading: Reading,
): Field {
  const { key, value, required } = property;
  const target = isObject(value) ? reading.references.targets.get(value) : undefined;
  const facts = readFacts(value, reading.examplesOf(value));
  const targetFacts = target === undefined ? undefined : readFacts(target.schema, []);
  return {
    key,
    required,
    // What stands beside a $ref has no force in draft-07, yet its description is about this very property.
    doc: readDoc(value) || (target === undefined ? '' : readDoc(target.schema)),
    facts: {
      ...facts,
      constraints: reading.dialect === 'draft-07' && target !== undefined ? [] : facts.constraints,
      deprecated: facts.deprecated || targetFacts?.deprecated === true,
      sensitive: facts.sensitive || targetFacts?.sensitive === true,
    },
    shape: reading.read(value, reading),
  };
}

function readAdditional(schema: JsonObject, reading: Reading): Additional {
  const additional = ownValue(schema, 'additionalProperties');
  const byPattern = entriesAt(schema, 'patternProperties').map(([, inner]) => reading.read(inner, reading));
  if (additional === undefined) return byPattern.length === 0 ? 'undeclared' : UNKNOWN;
  const shape = unite([...byPattern, reading.read(additional, reading)]);
  return shape.kind === 'never' ? false : shape;
}

/**
 * Holds a shape to `unevaluatedProperties`: a key that no part of the schema may have looked at has to fit it, and
 * one that some part may have looked at has to fit that part, or it.
 */
export function limitToEvaluated(shape: Shape, schema: JsonObject, outer: Reading): Shape {
  const unevaluated = ownValue(schema, 'unevaluatedProperties');
  if (unevaluated === undefined || outer.dialect === 'draft-07') return shape;
  const { schemas, isOpen } = findEvaluatedKeys(schema, outer.references);
  if (isOpen) return shape;
  const reading = inside(outer);
  const rest = reading.read(unevaluated, reading);
  const fields = [...schemas].map(([key, all]): Field => {
    const [first = true] = all;
    const shapes = all.map((inner) => reading.read(inner, reading));
    return { ...readField({ key, value: first, required: false }, reading), shape: unite([...shapes, rest]) };
  });
  return limitObjects(shape, fields, rest.kind === 'never' ? false : rest);
}

function limitObjects(shape: Shape, fields: readonly Field[], additional: Additional): Shape {
  if (shape.kind === 'union') return unite(shape.members.map((member) => limitObjects(member, fields, additional)));
  if (shape.kind !== 'object' || shape.additional !== 'undeclared') return shape;
  const declared = new Set(shape.fields.map(({ key }) => key));
  return { ...shape, fields: [...shape.fields, ...fields.filter(({ key }) => !declared.has(key))], additional };
}

const CONDITIONS = ['if', 'then', 'else', 'dependentSchemas', 'dependencies'];

/** Names that only a condition declares stay in the type, optional and of any value: no declared name is ever lost. */
export function keepNames(schema: JsonObject, shape: Shape, outer: Reading): Shape {
  // Of many conditions together, the shape may say less than each of them.
  const parts = [schema, ...itemsAt(schema, 'allOf').filter(isObject)];
  const told = parts.filter((part) => CONDITIONS.some((name) => Object.hasOwn(part, name)));
  if (told.length === 0) return shape;
  const conditional = told.flatMap((part) => ['if', 'then', 'else'].flatMap((name) => ownValue(part, name) ?? []));
  const dependents = told.flatMap((part) =>
    ['dependentSchemas', 'dependencies'].flatMap((name) => entriesAt(part, name)),
  );
  const fields = new Map<string, Field>();
  const reading = inside(outer);
  for (const inner of [...conditional, ...dependents.map(([, value]) => value)]) collectFields(inner, reading, fields);
  return fields.size === 0 ? shape : addFields(shape, [...fields.values()]);
}

function collectFields(schema: JsonValue, reading: Reading, fields: Map<string, Field>): void {
  if (!isObject(schema)) return;
  for (const [key, value] of entriesAt(schema, 'properties')) {
    if (!fields.has(key)) fields.set(key, { ...readField({ key, value, required: false }, reading), shape: UNKNOWN });
  }
  for (const name of ['allOf', 'anyOf', 'oneOf'])
    for (const inner of itemsAt(schema, name)) collectFields(inner, reading, fields);
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
  if (shape.kind !== 'object' || typeof shape.additional === 'object') return shape;
  const declared = new Set(shape.fields.map(({ key }) => key));
  const missing = fields.filter(({ key }) => !declared.has(key));
  // Where no other key may stand, not even the condition can let it in.
  const added = shape.additional === false ? missing.map(forbid) : missing;
  return { ...shape, fields: [...shape.fields, ...added] };
}
