/** The algebra of shapes: union and intersection, kept small and readable. */
import { canonicalJson, type JsonValue } from '../text/json.js';
import { conforms, type Lookup } from './conforms.js';
import type { Field, Shape } from './model.js';
import { digestOf } from './shape-digest.js';

type ObjectShape = Shape & { kind: 'object' };
type TupleShape = Shape & { kind: 'tuple' };

export const UNKNOWN: Shape = { kind: 'unknown' };
export const NEVER: Shape = { kind: 'never' };

/** Unions that would grow past this stay as wide as their left side: still true, no longer exact. */
const MAX_MEMBERS = 64;
const MAX_PAIRS = 4096;

/** What joining shapes needs to know. */
export interface Combining {
  readonly lookup: Lookup;
  /** How many more joins there may be; without any left a shape stays as wide as it is. */
  readonly joins: { left: number };
}

/**
 * The shape of a value that has any of the given shapes. Flattens, drops what is covered by another member, and
 * gives `unknown` when the members together cover all of JSON.
 */
export function unite(shapes: readonly Shape[]): Shape {
  const flat = shapes.flatMap((shape) => (shape.kind === 'union' ? shape.members : [shape]));
  if (flat.length === 1 && flat[0] !== undefined && flat[0].kind !== 'literal') return flat[0];
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
  const distinct = [...new Map(values.map((value) => [canonicalJson(value), value])).values()];
  const first = shapes.findIndex(({ kind }) => kind === 'literal');
  return shapes.flatMap((shape, index): Shape[] => {
    if (shape.kind !== 'literal') return [shape];
    return index === first ? [{ kind: 'literal', values: distinct }] : [];
  });
}

function dropCovered(shapes: readonly Shape[]): Shape[] {
  const kinds = new Set(shapes.map(({ kind }) => kind));
  const numbers = shapes.filter((shape) => shape.kind === 'number');
  const hasWideNumber = numbers.some(({ integer }) => !integer);
  const seen = new Set<string>();
  return shapes.flatMap((shape) => {
    const kept = shape.kind === 'literal' ? narrowLiteral(shape.values, kinds, hasWideNumber) : shape;
    if (kept === undefined || (kept.kind === 'number' && kept.integer && hasWideNumber)) return [];
    const key = digestOf(kept);
    if (seen.has(key)) return [];
    seen.add(key);
    return [kept];
  });
}

/** Takes out the values that a plain member of the same union covers already. */
function narrowLiteral(
  values: readonly JsonValue[],
  kinds: ReadonlySet<Shape['kind']>,
  hasWideNumber: boolean,
): Shape | undefined {
  const left = values.filter((value) => {
    if (typeof value === 'number') return !hasWideNumber && !(kinds.has('number') && Number.isInteger(value));
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
export function intersect(a: Shape, b: Shape, context: Combining): Shape {
  if (a.kind === 'unknown' || b.kind === 'never') return b;
  if (b.kind === 'unknown' || a.kind === 'never') return a;
  if (context.joins.left < 0) return a;
  if (a.kind === 'union' || b.kind === 'union') return intersectUnions(a, b, context);
  if (a.kind === 'literal') return keepLiterals(a.values, b, context);
  if (b.kind === 'literal') return keepLiterals(b.values, a, context);
  if (a.kind === 'reference' || b.kind === 'reference') return intersectReference(a, b, context);
  if (a.kind === 'intersection') return joinIntersection(a.members, b, context);
  if (b.kind === 'intersection') return joinIntersection(b.members, a, context);
  if (a.kind === 'number' && b.kind === 'number') return a.integer ? a : b;
  if (a.kind === 'object' && b.kind === 'object') return mergeObjects(a, b, context);
  if (isList(a) && isList(b)) return mergeLists(a, b, context);
  return a.kind === b.kind ? a : NEVER;
}

const membersOf = (shape: Shape): readonly Shape[] => (shape.kind === 'union' ? shape.members : [shape]);

function intersectUnions(a: Shape, b: Shape, context: Combining): Shape {
  if (membersOf(a).length * membersOf(b).length > MAX_PAIRS) return a;
  const results: Shape[] = [];
  for (const left of membersOf(a)) {
    for (const right of membersOf(b)) {
      const both = intersect(left, right, context);
      if (both.kind !== 'never') results.push(both);
    }
    if (results.length > MAX_MEMBERS) return a;
  }
  return unite(results);
}

function keepLiterals(values: readonly JsonValue[], shape: Shape, context: Combining): Shape {
  context.joins.left -= values.length;
  const left = values.filter((value) => conforms(value, shape, context.lookup));
  return left.length === 0 ? NEVER : { kind: 'literal', values: left };
}

function intersectReference(a: Shape, b: Shape, context: Combining): Shape {
  context.joins.left -= 1;
  const [reference, other] = a.kind === 'reference' ? [a, b] : [b, a];
  if (reference.kind !== 'reference') return NEVER;
  if (other.kind === 'reference' && other.name === reference.name) return reference;
  if (other.kind === 'intersection') return joinIntersection(other.members, reference, context);
  const target = context.lookup(reference.name);
  // Still being read: the type is recursive, and both names together say it best.
  if (target === undefined) return { kind: 'intersection', members: [reference, other] };
  if (isOpenObject(target, context.lookup)) {
    if (other.kind === 'object' && other.additional !== false) return extendReference(reference, other, context);
    const isOther = other.kind === 'reference' && isOpenObject(context.lookup(other.name), context.lookup);
    if (isOther) return { kind: 'intersection', members: [a, b] };
  }
  return intersect(writeOut(target, context), other, context);
}

/** An extension with all that it extends in one shape; other shapes stay as they are. */
function writeOut(shape: Shape, context: Combining): Shape {
  if (shape.kind !== 'intersection') return shape;
  const members = shape.members.map((member) => {
    const target = member.kind === 'reference' ? context.lookup(member.name) : undefined;
    return target === undefined ? member : writeOut(target, context);
  });
  return members.reduce((all, member) => intersect(all, member, context));
}

/** Longer chains of bases are written out: compilers follow them by recursion. */
const MAX_BASES = 24;

/** An object that leaves other keys alone, or one that extends such objects. */
function isOpenObject(shape: Shape | undefined, lookup: Lookup, depth = 0): boolean {
  if (shape?.kind === 'object') return shape.additional === 'undeclared';
  if (shape?.kind !== 'intersection' || depth > MAX_BASES) return false;
  return shape.members.every((member) =>
    isOpenObject(member.kind === 'reference' ? lookup(member.name) : member, lookup, depth + 1),
  );
}

/** `Base & { … }`; what the extension says of fields of the base is said in full, or it would read as `unknown`. */
function extendReference(reference: Shape & { kind: 'reference' }, other: ObjectShape, context: Combining): Shape {
  if (other.fields.length === 0 && other.additional === 'undeclared') return reference;
  const fields = other.fields.map((field) => {
    const inBase = findField(reference, field.key, context.lookup);
    return inBase === undefined ? field : mergeFields(inBase, field, context);
  });
  return { kind: 'intersection', members: [reference, { ...other, fields }] };
}

/** A field of an open object, or of what it extends. */
function findField(shape: Shape | undefined, key: string, lookup: Lookup): Field | undefined {
  if (shape?.kind === 'reference') return findField(lookup(shape.name), key, lookup);
  if (shape?.kind === 'object') return shape.fields.find((field) => field.key === key);
  if (shape?.kind !== 'intersection') return undefined;
  for (const member of shape.members.toReversed()) {
    const found = findField(member, key, lookup);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Adds one more shape to an intersection: into the member that says what the value is, else beside its names. */
function joinIntersection(members: readonly Shape[], shape: Shape, context: Combining): Shape {
  if (shape.kind === 'intersection')
    return shape.members.reduce<Shape>((all, member) => intersect(all, member, context), {
      kind: 'intersection',
      members,
    });
  if (shape.kind === 'reference') {
    const isThere = members.some((member) => member.kind === 'reference' && member.name === shape.name);
    return { kind: 'intersection', members: isThere ? members : [shape, ...members] };
  }
  const own = members.find(({ kind }) => kind !== 'reference');
  if (own === undefined) return { kind: 'intersection', members: [...members, shape] };
  const joined = intersect(own, shape, context);
  if (joined.kind === 'never') return NEVER;
  return { kind: 'intersection', members: members.map((member) => (member === own ? joined : member)) };
}

function mergeObjects(a: ObjectShape, b: ObjectShape, context: Combining): Shape {
  context.joins.left -= 1 + a.fields.length + b.fields.length;
  const others = new Map(b.fields.map((field) => [field.key, field]));
  const own = new Set(a.fields.map(({ key }) => key));
  const merged = [
    ...a.fields.map((field) => {
      const other = others.get(field.key);
      return other === undefined ? limitField(field, b.additional, context) : mergeFields(field, other, context);
    }),
    ...b.fields.filter(({ key }) => !own.has(key)).map((field) => limitField(field, a.additional, context)),
  ];
  const fields = merged.filter((field) => field !== undefined);
  if (fields.some(({ required, shape }) => required && shape.kind === 'never')) return NEVER;
  return { kind: 'object', fields, additional: mergeAdditional(a.additional, b.additional, context) };
}

const mergeFields = (a: Field, b: Field, context: Combining): Field => ({
  key: a.key,
  required: a.required || b.required,
  doc: a.doc === '' ? b.doc : a.doc,
  facts: a.facts.constraints.length === 0 && a.facts.examples.length === 0 && !a.facts.deprecated ? b.facts : a.facts,
  shape: intersect(a.shape, b.shape, context),
});

/** A field under what another object says of keys that it does not declare. */
function limitField(field: Field, additional: ObjectShape['additional'], context: Combining): Field | undefined {
  if (additional === 'undeclared') return field;
  if (additional === false) return field.required ? { ...field, shape: NEVER } : undefined;
  return { ...field, shape: intersect(field.shape, additional, context) };
}

function mergeAdditional(
  a: ObjectShape['additional'],
  b: ObjectShape['additional'],
  context: Combining,
): ObjectShape['additional'] {
  if (a === false || b === false) return false;
  if (a === 'undeclared') return b;
  return b === 'undeclared' ? a : intersect(a, b, context);
}

type ListShape = (Shape & { kind: 'array' }) | TupleShape;
const isList = (shape: Shape): shape is ListShape => shape.kind === 'array' || shape.kind === 'tuple';

const asTuple = (shape: ListShape): TupleShape =>
  shape.kind === 'tuple' ? shape : { kind: 'tuple', items: [], required: 0, rest: shape.items };

function mergeLists(a: ListShape, b: ListShape, context: Combining): Shape {
  if (a.kind === 'array' && b.kind === 'array') return { kind: 'array', items: intersect(a.items, b.items, context) };
  const [left, right] = [asTuple(a), asTuple(b)];
  context.joins.left -= left.items.length + right.items.length;
  const length = Math.max(left.items.length, right.items.length);
  const required = Math.max(left.required, right.required);
  const items: Shape[] = [];
  for (let index = 0; index < length; index += 1) {
    const [x, y] = [left.items[index] ?? left.rest, right.items[index] ?? right.rest];
    if (x === false || y === false) return index < required ? NEVER : { kind: 'tuple', items, required, rest: false };
    items.push(intersect(x, y, context));
  }
  const rest = left.rest === false || right.rest === false ? false : intersect(left.rest, right.rest, context);
  return items.slice(0, required).some(({ kind }) => kind === 'never')
    ? NEVER
    : { kind: 'tuple', items, required, rest };
}
