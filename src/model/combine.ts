/** The algebra of shapes: union and intersection, kept small and readable. */
import { type JsonValue } from '../text/json.js';
import { conforms, type Lookup } from './conforms.js';
import type { Field, Shape } from './model.js';

type ObjectShape = Shape & { kind: 'object' };
type TupleShape = Shape & { kind: 'tuple' };

export const UNKNOWN: Shape = { kind: 'unknown' };
export const NEVER: Shape = { kind: 'never' };

/** Unions that would grow past this stay as wide as their left side: still true, no longer exact. */
const MAX_MEMBERS = 64;

/**
 * The shape of a value that has any of the given shapes. Flattens, drops what is covered by another member, and
 * gives `unknown` when the members together cover all of JSON.
 */
export function unite(shapes: readonly Shape[]): Shape {
  const flat = shapes.flatMap((shape) => (shape.kind === 'union' ? shape.members : [shape]));
  const members = dropCovered(joinLiterals(flat.filter(({ kind }) => kind !== 'never')));
  if (members.some(({ kind }) => kind === 'unknown') || coversEverything(members)) return UNKNOWN;
  const [first] = members;
  if (first === undefined) return NEVER;
  return members.length === 1 ? first : { kind: 'union', members };
}

/** One literal for all, at the place of the first: `'a' | 'b'`. */
function joinLiterals(shapes: readonly Shape[]): Shape[] {
  const values = shapes.flatMap((shape) => (shape.kind === 'literal' ? shape.values : []));
  if (values.length === 0) return [...shapes];
  const distinct = [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
  const first = shapes.findIndex(({ kind }) => kind === 'literal');
  return shapes.flatMap((shape, index): Shape[] => {
    if (shape.kind !== 'literal') return [shape];
    return index === first ? [{ kind: 'literal', values: distinct }] : [];
  });
}

function dropCovered(shapes: readonly Shape[]): Shape[] {
  const kinds = new Set(shapes.map(({ kind }) => kind));
  const hasWideNumber = shapes.some((shape) => shape.kind === 'number' && !shape.integer);
  const seen = new Set<string>();
  return shapes.flatMap((shape) => {
    const kept = shape.kind === 'literal' ? narrowLiteral(shape.values, kinds) : shape;
    if (kept === undefined || (kept.kind === 'number' && kept.integer && hasWideNumber)) return [];
    const key = JSON.stringify(kept);
    if (seen.has(key)) return [];
    seen.add(key);
    return [kept];
  });
}

/** Takes out the values that a plain member of the same union covers already. */
function narrowLiteral(values: readonly JsonValue[], kinds: ReadonlySet<Shape['kind']>): Shape | undefined {
  const left = values.filter((value) => {
    if (value === null) return !kinds.has('null');
    if (typeof value === 'string') return !kinds.has('string');
    if (typeof value === 'boolean') return !kinds.has('boolean');
    return true;
  });
  return left.length === 0 ? undefined : { kind: 'literal', values: left };
}

const EVERYTHING: readonly ((shape: Shape) => boolean)[] = [
  ({ kind }) => kind === 'null',
  ({ kind }) => kind === 'boolean',
  ({ kind }) => kind === 'string',
  (shape) => shape.kind === 'number' && !shape.integer,
  (shape) => shape.kind === 'array' && shape.items.kind === 'unknown',
  (shape) => isFreeObject(shape),
];

const coversEverything = (shapes: readonly Shape[]): boolean => EVERYTHING.every((covers) => shapes.some(covers));

/** An object of which nothing is said. */
const isFreeObject = (shape: Shape): boolean =>
  shape.kind === 'object' &&
  shape.fields.length === 0 &&
  (shape.additional === 'undeclared' || (shape.additional !== false && shape.additional.kind === 'unknown'));

/**
 * The shape of a value that has both shapes. Objects are merged field by field; a reference stays by its name
 * where its type is an open object, so that `allOf` of a base and an extension reads as one.
 */
export function intersect(a: Shape, b: Shape, lookup: Lookup): Shape {
  if (a.kind === 'unknown' || b.kind === 'never') return b;
  if (b.kind === 'unknown' || a.kind === 'never') return a;
  if (a.kind === 'union' || b.kind === 'union') return intersectUnions(a, b, lookup);
  if (a.kind === 'literal') return keepLiterals(a.values, b, lookup);
  if (b.kind === 'literal') return keepLiterals(b.values, a, lookup);
  if (a.kind === 'reference' || b.kind === 'reference') return intersectReference(a, b, lookup);
  if (a.kind === 'intersection') return joinIntersection(a.members, b, lookup);
  if (b.kind === 'intersection') return joinIntersection(b.members, a, lookup);
  if (a.kind === 'number' && b.kind === 'number') return a.integer ? a : b;
  if (a.kind === 'object' && b.kind === 'object') return mergeObjects(a, b, lookup);
  if (isList(a) && isList(b)) return mergeLists(a, b, lookup);
  return a.kind === b.kind ? a : NEVER;
}

const membersOf = (shape: Shape): readonly Shape[] => (shape.kind === 'union' ? shape.members : [shape]);

function intersectUnions(a: Shape, b: Shape, lookup: Lookup): Shape {
  const results: Shape[] = [];
  for (const left of membersOf(a)) {
    for (const right of membersOf(b)) {
      const both = intersect(left, right, lookup);
      if (both.kind !== 'never') results.push(both);
    }
    if (results.length > MAX_MEMBERS) return a;
  }
  return unite(results);
}

function keepLiterals(values: readonly JsonValue[], shape: Shape, lookup: Lookup): Shape {
  const left = values.filter((value) => conforms(value, shape, lookup));
  return left.length === 0 ? NEVER : { kind: 'literal', values: left };
}

function intersectReference(a: Shape, b: Shape, lookup: Lookup): Shape {
  const [reference, other] = a.kind === 'reference' ? [a, b] : [b, a];
  if (reference.kind !== 'reference') return NEVER;
  if (other.kind === 'reference' && other.name === reference.name) return reference;
  const target = lookup(reference.name);
  // Still being read: the type is recursive, and both names together say it best.
  if (target === undefined) return { kind: 'intersection', members: [reference, other] };
  if (target.kind === 'object' && target.additional === 'undeclared') {
    if (other.kind === 'object' && other.additional !== false)
      return extendReference(reference, { target, other }, lookup);
    if (other.kind === 'reference' && isOpenObject(lookup(other.name)))
      return { kind: 'intersection', members: [a, b] };
  }
  return intersect(target, other, lookup);
}

const isOpenObject = (shape: Shape | undefined): boolean =>
  shape?.kind === 'object' && shape.additional === 'undeclared';

/** `Base & { … }`; what the extension says of fields of the base is said in full, or it would read as `unknown`. */
function extendReference(reference: Shape, pair: { target: ObjectShape; other: ObjectShape }, lookup: Lookup): Shape {
  const { target, other } = pair;
  if (other.fields.length === 0 && other.additional === 'undeclared') return reference;
  const fields = other.fields.map((field) => {
    const inBase = target.fields.find(({ key }) => key === field.key);
    return inBase === undefined ? field : mergeFields(inBase, field, lookup);
  });
  return { kind: 'intersection', members: [reference, { ...other, fields }] };
}

/** Adds one more shape to an intersection: into its object when there is one, else beside its members. */
function joinIntersection(members: readonly Shape[], shape: Shape, lookup: Lookup): Shape {
  if (shape.kind === 'intersection') {
    return shape.members.reduce<Shape>((all, member) => intersect(all, member, lookup), {
      kind: 'intersection',
      members,
    });
  }
  const isSame = (member: Shape): boolean => member.kind === shape.kind && member.kind === 'object';
  if (!members.some(isSame))
    return shape.kind === 'object' ? { kind: 'intersection', members: [...members, shape] } : NEVER;
  return {
    kind: 'intersection',
    members: members.map((member) => (isSame(member) ? intersect(member, shape, lookup) : member)),
  };
}

function mergeObjects(a: ObjectShape, b: ObjectShape, lookup: Lookup): Shape {
  const fields: Field[] = [];
  for (const field of a.fields) {
    const other = b.fields.find(({ key }) => key === field.key);
    const merged = other === undefined ? limitField(field, b.additional, lookup) : mergeFields(field, other, lookup);
    if (merged !== undefined) fields.push(merged);
  }
  for (const field of b.fields) {
    if (a.fields.some(({ key }) => key === field.key)) continue;
    const merged = limitField(field, a.additional, lookup);
    if (merged !== undefined) fields.push(merged);
  }
  if (fields.some(({ required, shape }) => required && shape.kind === 'never')) return NEVER;
  return { kind: 'object', fields, additional: mergeAdditional(a.additional, b.additional, lookup) };
}

const mergeFields = (a: Field, b: Field, lookup: Lookup): Field => ({
  key: a.key,
  required: a.required || b.required,
  doc: a.doc === '' ? b.doc : a.doc,
  facts: a.facts.constraints.length === 0 && a.facts.examples.length === 0 && !a.facts.deprecated ? b.facts : a.facts,
  shape: intersect(a.shape, b.shape, lookup),
});

/** A field under what another object says of keys that it does not declare. */
function limitField(field: Field, additional: ObjectShape['additional'], lookup: Lookup): Field | undefined {
  if (additional === 'undeclared') return field;
  if (additional === false) return field.required ? { ...field, shape: NEVER } : undefined;
  return { ...field, shape: intersect(field.shape, additional, lookup) };
}

function mergeAdditional(
  a: ObjectShape['additional'],
  b: ObjectShape['additional'],
  lookup: Lookup,
): ObjectShape['additional'] {
  if (a === false || b === false) return false;
  if (a === 'undeclared') return b;
  return b === 'undeclared' ? a : intersect(a, b, lookup);
}

type ListShape = (Shape & { kind: 'array' }) | TupleShape;
const isList = (shape: Shape): shape is ListShape => shape.kind === 'array' || shape.kind === 'tuple';

const asTuple = (shape: ListShape): TupleShape =>
  shape.kind === 'tuple' ? shape : { kind: 'tuple', items: [], required: 0, rest: shape.items };

function mergeLists(a: ListShape, b: ListShape, lookup: Lookup): Shape {
  if (a.kind === 'array' && b.kind === 'array') return { kind: 'array', items: intersect(a.items, b.items, lookup) };
  const [left, right] = [asTuple(a), asTuple(b)];
  const length = Math.max(left.items.length, right.items.length);
  const required = Math.max(left.required, right.required);
  const items: Shape[] = [];
  for (let index = 0; index < length; index += 1) {
    const [x, y] = [left.items[index] ?? left.rest, right.items[index] ?? right.rest];
    if (x === false || y === false) return index < required ? NEVER : { kind: 'tuple', items, required, rest: false };
    items.push(intersect(x, y, lookup));
  }
  const rest = left.rest === false || right.rest === false ? false : intersect(left.rest, right.rest, lookup);
  return items.slice(0, required).some(({ kind }) => kind === 'never')
    ? NEVER
    : { kind: 'tuple', items, required, rest };
}

/** Says that no key beyond the declared ones may stand in any object of the shape itself. */
export function close(shape: Shape): Shape {
  switch (shape.kind) {
    case 'object':
      return shape.additional === 'undeclared' ? { ...shape, additional: false } : shape;
    case 'union':
      return { kind: 'union', members: shape.members.map(close) };
    default:
      return shape;
  }
}
