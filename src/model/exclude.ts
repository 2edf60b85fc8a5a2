/** What is left of a shape where a schema does not hold: `not`, a failed `if`, the other branches of a `oneOf`. */
import { isObject, type JsonObject, type JsonValue, ownValue, sameJson } from '../text/json.js';
import { intersect, NEVER, unite } from './combine.js';
import { NO_FACTS } from './facts.js';
import type { Field, Shape } from './model.js';
import { entriesAt, itemsAt, type Reading } from './reading.js';
import { hasType } from './scalar-faults.js';

/** What a schema that says one simple thing does not allow. */
type Denial = (member: Shape, reading: Reading) => Shape;

/**
 * Takes out what a schema accepts, where types can say so; what they cannot say stays in.
 *
 * @param schema - what does not hold
 */
export function exclude(shape: Shape, schema: JsonValue, reading: Reading): Shape {
  const deny = denialOf(schema);
  if (deny === undefined) return shape;
  const members = shape.kind === 'union' ? shape.members : [shape];
  return unite(members.map((member) => deny(member, reading)));
}

/** Whether `exclude` can take out anything at all. */
export const isSimple = (schema: JsonValue): boolean => denialOf(schema) !== undefined;

const WORDLESS = new Set(['title', 'description', '$comment']);

function denialOf(schema: JsonValue): Denial | undefined {
  if (!isObject(schema)) return undefined;
  const said = Object.keys(schema).filter((name) => !WORDLESS.has(name));
  const says = (...names: string[]): boolean => said.length > 0 && said.every((name) => names.includes(name));
  const values = valuesOf(schema);
  if (values !== undefined && said.length === 1) return (member) => withoutValues(member, values);
  if (says('type')) return withoutTypes(schema);
  // About other values than objects these say nothing, or that they are none; both leave objects to look at.
  if (says('required', 'type') && isAboutObjects(schema)) return withoutKey(schema);
  return says('properties', 'required', 'type') && isAboutObjects(schema) ? withoutValueOfKey(schema) : undefined;
}

const isAboutObjects = (schema: JsonObject): boolean => ['object', undefined].includes(typeOf(schema));

function typeOf(schema: JsonObject): string | undefined {
  const type = ownValue(schema, 'type');
  return type === undefined || typeof type === 'string' ? type : 'several';
}

/** The values of a schema that lists them. */
function valuesOf(schema: JsonValue): readonly JsonValue[] | undefined {
  if (!isObject(schema)) return undefined;
  const constant = ownValue(schema, 'const');
  if (constant !== undefined) return [constant];
  return Object.hasOwn(schema, 'enum') ? itemsAt(schema, 'enum') : undefined;
}

function withoutValues(shape: Shape, values: readonly JsonValue[]): Shape {
  const isOut = (value: JsonValue): boolean => values.some((other) => sameJson(other, value));
  switch (shape.kind) {
    case 'literal':
      return unite([{ kind: 'literal', values: shape.values.filter((value) => !isOut(value)) }]);
    case 'boolean': {
      const left = [true, false].filter((value) => !isOut(value));
      return left.length === 2 ? shape : unite([{ kind: 'literal', values: left }]);
    }
    case 'null':
      return isOut(null) ? NEVER : shape;
    case 'union':
      return unite(shape.members.map((member) => withoutValues(member, values)));
    default:
      return shape;
  }
}

function withoutTypes(schema: JsonObject): Denial {
  const type = ownValue(schema, 'type');
  const types = typeof type === 'string' ? [type] : itemsAt(schema, 'type').map(String);
  return (member) => {
    switch (member.kind) {
      case 'literal':
        return unite([
          { ...member, values: member.values.filter((value) => !types.some((name) => hasType(value, name))) },
        ]);
      case 'number':
        return types.includes('number') || (member.integer && types.includes('integer')) ? NEVER : member;
      case 'tuple':
        return types.includes('array') ? NEVER : member;
      default:
        return types.includes(member.kind) ? NEVER : member;
    }
  };
}

/** A name that must not be there; of several names it is enough that one is missing, which no type says. */
function withoutKey(schema: JsonObject): Denial | undefined {
  const [key, second] = itemsAt(schema, 'required').map(String);
  if (key === undefined || second !== undefined) return undefined;
  const absent: Field = { key, required: false, doc: '', facts: NO_FACTS, shape: NEVER };
  return (member, reading) =>
    isObjectLike(member, reading)
      ? intersect(member, { kind: 'object', fields: [absent], additional: 'undeclared' }, reading)
      : member;
}

/** Whether a value is an object for sure: of others a missing name says nothing. */
function isObjectLike(shape: Shape | undefined, reading: Reading): boolean {
  if (shape?.kind === 'intersection') return shape.members.some(({ kind }) => kind === 'object');
  return (shape?.kind === 'reference' ? reading.lookup(shape.name) : shape)?.kind === 'object';
}

/** One key with listed values: it is there with another value, or, where it was required, it may be missing. */
function withoutValueOfKey(schema: JsonObject): Denial | undefined {
  const [entry, second] = entriesAt(schema, 'properties');
  const values = entry === undefined ? undefined : valuesOf(entry[1]);
  const required = itemsAt(schema, 'required');
  if (entry === undefined || second !== undefined || values === undefined || !saysOnlyValues(entry[1]))
    return undefined;
  if (required.some((name) => name !== entry[0])) return undefined;
  return (member) => limitKey(member, { key: entry[0], values, mayBeMissing: required.length > 0 });
}

const saysOnlyValues = (schema: JsonValue): boolean =>
  isObject(schema) &&
  Object.keys(schema).every((name) => ['const', 'enum'].includes(name) || WORDLESS.has(name)) &&
  !(Object.hasOwn(schema, 'const') && Object.hasOwn(schema, 'enum'));

function limitKey(
  member: Shape,
  limit: { readonly key: string; readonly values: readonly JsonValue[]; readonly mayBeMissing: boolean },
): Shape {
  const { key, values, mayBeMissing } = limit;
  const field = member.kind === 'object' ? member.fields.find((each) => each.key === key) : undefined;
  if (member.kind !== 'object' || field === undefined) return member;
  const shape = withoutValues(field.shape, values);
  if (shape.kind === 'never' && (field.required || !mayBeMissing)) return NEVER;
  const changed: Field = { ...field, shape, required: field.required || !mayBeMissing };
  return { ...member, fields: member.fields.map((each) => (each === field ? changed : each)) };
}
