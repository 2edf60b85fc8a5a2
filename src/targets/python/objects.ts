/** What an object type holds, read through the names that it refers to. */
import type { Field, Shape } from '../../model/model.js';

export type ObjectShape = Shape & { readonly kind: 'object' };

/** The shape behind a type name. */
export type Lookup = (name: string) => Shape | undefined;

/** An object that gets a `TypedDict`: what it says itself, and the names of types that it extends. */
export interface Declared {
  readonly shape: ObjectShape;
  readonly bases: readonly string[];
}

const EMPTY: ObjectShape = { kind: 'object', fields: [], additional: 'undeclared' };

/** The name at the end of names that only stand for another one. */
export function followName(name: string, lookup: Lookup): string {
  const seen = new Set<string>();
  let followed = name;
  for (let shape = lookup(name); shape?.kind === 'reference' && !seen.has(shape.name); shape = lookup(followed)) {
    seen.add(shape.name);
    followed = shape.name;
  }
  return followed;
}

/**
 * What a `TypedDict` can say of a shape: of an object with fields, or without any others. `undefined` for all else,
 * and for an object with the key `""`, which no type checker takes.
 */
export function declaredOf(shape: Shape, lookup: Lookup): Declared | undefined {
  if (shape.kind === 'object')
    return isTyped(shape) && (shape.fields.length > 0 || shape.additional === false) ? { shape, bases: [] } : undefined;
  if (shape.kind !== 'intersection') return undefined;
  const bases = shape.members.flatMap((member) => (member.kind === 'reference' ? [member.name] : []));
  const own = mergeMembers(
    shape.members.filter(({ kind }) => kind !== 'reference'),
    lookup,
  );
  const merged = mergeMembers(shape.members, lookup);
  return own === undefined || merged === undefined || !isTyped(merged) ? undefined : { shape: own, bases };
}

const isTyped = ({ fields }: ObjectShape): boolean => fields.every(({ key }) => key !== '');

/** The same without bases: all fields in one object. */
export const mergedOf = ({ shape, bases }: Declared, lookup: Lookup): ObjectShape =>
  bases.length === 0
    ? shape
    : (mergeMembers([...bases.map((name): Shape => ({ kind: 'reference', name })), shape], lookup) ?? shape);

/** All that an object type holds, whatever it extends; `undefined` where the shape is no object. */
export function objectOf(shape: Shape, lookup: Lookup, seen: readonly string[] = []): ObjectShape | undefined {
  if (shape.kind === 'object') return shape;
  if (shape.kind === 'intersection') return mergeMembers(shape.members, lookup, seen);
  if (shape.kind !== 'reference') return undefined;
  // A type that extends itself says nothing by that.
  if (seen.includes(shape.name)) return EMPTY;
  const target = lookup(shape.name);
  return target === undefined ? undefined : objectOf(target, lookup, [...seen, shape.name]);
}

/** One object of several; `undefined` where a member is none. */
export function mergeMembers(
  members: readonly Shape[],
  lookup: Lookup,
  seen: readonly string[] = [],
): ObjectShape | undefined {
  let merged = EMPTY;
  for (const member of members) {
    const object = objectOf(member, lookup, seen);
    if (object === undefined) return undefined;
    merged = mergeObjects(merged, object);
  }
  return merged;
}

/** What the second says of a field holds where both say something: it is the one that extends. */
function mergeObjects(a: ObjectShape, b: ObjectShape): ObjectShape {
  const fields = new Map<string, Field>(a.fields.map((field) => [field.key, field]));
  for (const field of b.fields) {
    const inBase = fields.get(field.key);
    fields.set(field.key, inBase === undefined ? field : mergeFields(inBase, field));
  }
  return {
    kind: 'object',
    fields: [...fields.values()],
    additional: a.additional === 'undeclared' ? b.additional : a.additional,
  };
}

const mergeFields = (a: Field, b: Field): Field => ({
  ...(b.shape.kind === 'unknown' ? a : b),
  doc: b.doc === '' ? a.doc : b.doc,
  required: a.required || b.required,
});
