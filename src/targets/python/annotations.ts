/** One shape in, one type expression out: the nearest type of Python that accepts every value of the shape. */
import { NO_FACTS } from '../../model/facts.js';
import type { Field, JsonValue, Shape } from '../../model/model.js';
import { isArray, isObject } from '../../text/json.js';
import { into, isAtRoot, type InnerPath, intoMember, intoPosition, memberWords, pathOf } from './inline-names.js';
import { flat, name, subscript, type TypeExpression } from './layout.js';
import { type Declared, declaredOf, followName, type Lookup, type ObjectShape } from './objects.js';
import { isTuple, type TupleShape } from './tuples.js';
import { flatValue, isInDigits } from './values.js';

/** What an expression depends on beside its shape. */
export interface Annotating {
  readonly lookup: Lookup;
  /** Gives an object with fields a type of its own, and answers with its name; the same path, the same type. */
  readonly declare: (object: Declared, path: InnerPath) => string;
  /** Whether an object that says nothing of other keys lets them be written out. */
  readonly openObjects: boolean;
}

const OBJECT = name('object');
const NONE = name('None');

/**
 * @param shape - what the value may be
 * @param path - the way to it, for the names of objects in it
 */
export function annotate(shape: Shape, path: InnerPath, context: Annotating): TypeExpression {
  switch (shape.kind) {
    case 'unknown':
      return OBJECT;
    case 'never':
      return name('Never');
    case 'null':
      return NONE;
    case 'boolean':
      return name('bool');
    case 'number':
      return name(shape.integer ? 'int' : 'float');
    case 'string':
      return name('str');
    case 'literal':
      return annotateLiteral(shape.values, path, context);
    case 'array':
      return subscript('list', [annotate(shape.items, into(path, 'Item'), context)]);
    case 'tuple':
      return annotateTuple(shape, path, context);
    case 'object':
      return annotateObject(shape, path, context);
    case 'union':
      return annotateUnion(shape.members, path, context);
    case 'intersection':
      return annotateIntersection(shape, path, context);
    case 'reference':
      return annotateReference(shape.name, context);
    default:
      return shape satisfies never;
  }
}

/** `A | B`, each once, all literals in one, `None` last. `object` covers all others. */
function join(types: readonly TypeExpression[]): TypeExpression {
  const parts = types.flatMap((type) => (type.kind === 'union' ? type.members : [type]));
  const byText = new Map(joinLiterals(parts).map((part) => [flat(part), part]));
  if (byText.has('object')) return OBJECT;
  const isMoved = byText.delete('None');
  const members = [...byText.values(), ...(isMoved ? [NONE] : [])];
  const [first] = members;
  if (first === undefined) return name('Never');
  return members.length === 1 ? first : { kind: 'union', members };
}

/** One `Literal` at the place of the first, without what another member covers. */
function joinLiterals(parts: readonly TypeExpression[]): readonly TypeExpression[] {
  const wide = new Set(parts.flatMap((part) => (part.kind === 'name' ? [part.text] : [])));
  const literals = parts.flatMap((part) => (isLiteralType(part) ? part.parts : []));
  const texts = [...new Set(literals.map(flat))].filter(
    (text) => !COVERING.some(({ covers, by }) => covers.test(text) && wide.has(by)),
  );
  const first = parts.findIndex(isLiteralType);
  return parts.flatMap((part, index) => {
    if (!isLiteralType(part)) return [part];
    return index === first && texts.length > 0 ? [subscript('Literal', texts.map(name))] : [];
  });
}

type Subscript = TypeExpression & { readonly kind: 'subscript' };

const isLiteralType = (type: TypeExpression): type is Subscript => type.kind === 'subscript' && type.head === 'Literal';

/** Which literals are values of a wider type, by how they are written. */
const COVERING: readonly { readonly covers: RegExp; readonly by: string }[] = [
  { covers: /^["']/, by: 'str' },
  { covers: /^-?\d/, by: 'int' },
  { covers: /^-?\d/, by: 'float' },
  { covers: /^[TF]/, by: 'bool' },
];

/** Values that `Literal` knows, together; of a list or an object, the type of what is in it; of the rest, its type. */
function annotateLiteral(values: readonly JsonValue[], path: InnerPath, context: Annotating): TypeExpression {
  const known = values.filter(isLiteral);
  const isAnyBoolean = known.includes(true) && known.includes(false);
  const shown = isAnyBoolean ? known.filter((value) => typeof value !== 'boolean') : known;
  const literal = subscript(
    'Literal',
    shown.map((value) => name(flatValue(value))),
  );
  return join([
    ...(shown.length > 0 ? [literal] : []),
    ...(isAnyBoolean ? [name('bool')] : []),
    ...values.flatMap((value, index) =>
      isLiteral(value) ? [] : [annotate(shapeOf(value), intoMember(path, index, ''), context)],
    ),
  ]);
}

/** Whether `Literal` knows a value: not so numbers that are not written in digits. */
export const isLiteral = (value: JsonValue): value is string | boolean | number =>
  typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && isInDigits(value));

/** The shape of one value that `Literal` does not know. */
function shapeOf(value: JsonValue): Shape {
  if (value === null) return { kind: 'null' };
  if (typeof value === 'number') return { kind: 'number', integer: Number.isInteger(value) };
  const literal = (inner: JsonValue): Shape => ({ kind: 'literal', values: [inner] });
  if (isArray(value)) return { kind: 'tuple', items: value.map(literal), required: value.length, rest: false };
  const fields = Object.entries(isObject(value) ? value : {}).map(([key, inner]): Field => ({
    key,
    required: true,
    doc: '',
    facts: NO_FACTS,
    shape: literal(inner),
  }));
  return { kind: 'object', fields, additional: false };
}

const mapOf = (values: TypeExpression): TypeExpression => subscript('Mapping', [name('str'), values]);

/**
 * A list that ends with the last of its positions is a tuple, one for each length that it may have: JSON has the same
 * array for it. What else has a type for each position is a list of any of them.
 */
function annotateTuple(shape: TupleShape, path: InnerPath, context: Annotating): TypeExpression {
  const { items, required, rest } = shape;
  const types = items.map((item, index) => annotate(item, intoPosition(path, index), context));
  const others = rest === false ? [] : [annotate(rest, into(path, 'Rest'), context)];
  if (!isTuple(shape)) return subscript('list', [join([...types, ...others])]);
  const lengths = Array.from({ length: items.length - required + 1 }, (_, index) => required + index);
  return join(lengths.map((length) => tupleOf(types.slice(0, length))));
}

const tupleOf = (types: readonly TypeExpression[]): TypeExpression =>
  subscript('tuple', types.length === 0 ? [name('()')] : types);

function annotateObject(shape: ObjectShape, path: InnerPath, context: Annotating): TypeExpression {
  const others = openness(shape, context);
  if (shape.fields.length === 0 && others !== false)
    return mapOf(others === 'undeclared' ? OBJECT : annotate(others, into(path, 'Value'), context));
  const declared = declaredOf(shape, context.lookup);
  return declared === undefined ? mapOf(OBJECT) : widen(name(context.declare(declared, path)), shape, context);
}

const openness = ({ additional }: ObjectShape, { openObjects }: Annotating): ObjectShape['additional'] =>
  additional === 'undeclared' && openObjects ? { kind: 'unknown' } : additional;

/**
 * No type of this Python says «these keys, and others»: what has another key written out fits a plain mapping only.
 * Of the values there, a type is said where all have the same.
 */
function widen(type: TypeExpression, shape: ObjectShape, context: Annotating): TypeExpression {
  const others = openness(shape, context);
  if (others === false || others === 'undeclared' || shape.fields.length === 0) return type;
  const isSame = isPlain(others) && shape.fields.every((field) => sameShape(field.shape, others));
  return join([type, mapOf(isSame ? annotate(others, pathOf(''), context) : OBJECT)]);
}

const isPlain = ({ kind }: Shape): boolean => ['boolean', 'number', 'string', 'reference', 'literal'].includes(kind);

const sameShape = (a: Shape, b: Shape): boolean => a.kind === b.kind && JSON.stringify(a) === JSON.stringify(b);

function annotateReference(target: string, context: Annotating): TypeExpression {
  const followed = followName(target, context.lookup);
  const shape = context.lookup(followed);
  // A name for `None` is `None` itself, which no union can be made of with `|`.
  if (shape?.kind === 'null') return NONE;
  return shape?.kind === 'object' ? widen(name(followed), shape, context) : name(followed);
}

const hasFields = (shape: Shape): shape is ObjectShape => shape.kind === 'object' && shape.fields.length > 0;

function annotateUnion(members: readonly Shape[], path: InnerPath, context: Annotating): TypeExpression {
  const objects = members.filter(hasFields);
  const words = memberWords(objects);
  return join(
    members.map((member, index) => {
      const word = hasFields(member) ? words[objects.indexOf(member)] : '';
      // What stands right in a type that has the name itself needs a word of its own.
      const isNameless = word === '' && isAtRoot(path);
      return annotate(member, intoMember(path, index, isNameless ? 'Object' : (word ?? '')), context);
    }),
  );
}

/** Objects become one type. What else has several shapes at once is said to have one of them, which is true as well. */
function annotateIntersection(
  shape: Shape & { readonly kind: 'intersection' },
  path: InnerPath,
  context: Annotating,
): TypeExpression {
  const declared = declaredOf(shape, context.lookup);
  if (declared !== undefined && mayExtend(path, declared)) return name(context.declare(declared, path));
  const [first = { kind: 'unknown' }] = shape.members.toSorted((a, b) => rank(a) - rank(b));
  return annotate(first, path, context);
}

const MAX_EXTENDED = 3;

/** A type that extends itself, and so on within, has no end; nor have many that extend one another. */
const mayExtend = ({ extended }: InnerPath, { bases }: Declared): boolean =>
  extended.length < MAX_EXTENDED && !bases.some((base) => extended.includes(base));

/** A name says most. */
const rank = ({ kind }: Shape): number => (kind === 'reference' ? 0 : kind === 'unknown' ? 2 : 1);
