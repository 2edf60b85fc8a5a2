/** One schema in, one shape out: the whole meaning of a schema that types can say, never narrower than the schema. */
import type { Spot } from '../schemas/resolve.js';
import type { Dialect } from '../schemas/schema-file.js';
import { subschemasOf } from '../schemas/subschemas.js';
import { isArray, isObject, type JsonObject, type JsonValue, ownValue } from '../text/json.js';
import { readArray } from './array-shape.js';
import { intersect, NEVER, UNKNOWN, unite } from './combine.js';
import type { Shape } from './model.js';
import { keepNames, limitToEvaluated, readObject } from './object-shape.js';
import { cutToSize, MAX_SIZE, sizeOf } from './shape-size.js';
import { exclude, isSimple } from './exclude.js';
import { inside, itemsAt, type Reading, type ShapeContext } from './reading.js';

/**
 * Reads one schema.
 *
 * @param schema - a schema of a resolved file; where it has a type name itself, what that name stands for
 * @param dialect - the draft of that file; it decides what stands beside a `$ref`
 * @returns a shape that every valid value fits
 */
export function readShape(schema: JsonValue, dialect: Dialect, context: ShapeContext): Shape {
  const reading: Reading = { ...context, dialect, read, known: new Map() };
  return isObject(schema) ? readWhole(schema, reading) : read(schema, reading);
}

function read(schema: JsonValue, reading: Reading): Shape {
  if (schema === false) return NEVER;
  if (!isObject(schema)) return UNKNOWN;
  const name = reading.nameOf(schema);
  if (name !== undefined) return refer(name, reading);
  if (reading.blocked.size > 0) return readWhole(schema, reading);
  const known = reading.known.get(schema);
  if (known !== undefined) return known;
  // What comes back to itself without a name, by `unevaluatedProperties` of a reference to itself, is not said in full.
  reading.known.set(schema, UNKNOWN);
  const shape = readWhole(schema, reading);
  reading.known.set(schema, shape);
  return shape;
}

const refer = (name: string, { blocked }: Reading): Shape =>
  blocked.has(name) ? UNKNOWN : { kind: 'reference', name };

function readWhole(schema: JsonObject, reading: Reading): Shape {
  const reference = readReference(schema, reading);
  if (reference !== undefined && reading.dialect === 'draft-07') return reference;
  const parts = [reference ?? UNKNOWN, readOwn(schema, reading), ...readBranches(schema, reading)];
  const whole = readConditional(schema, intersectAll(parts, reading), reading);
  const not = ownValue(schema, 'not');
  const left = not === undefined ? whole : exclude(whole, not, reading);
  const shape = limitToEvaluated(keepNames(schema, left, reading), schema, reading);
  if (!MULTIPLYING.some((name) => Object.hasOwn(schema, name)) || sizeOf(shape) <= MAX_SIZE) return shape;
  // What its author wrote out is never cut, however much it is.
  return cutToSize(shape, MAX_SIZE + 2 * countSchemas(schema));
}

/** So many shapes are intersected one after the other; more, half by half, since what they come to grows with each. */
const MAX_IN_A_ROW = 32;

function intersectAll(shapes: readonly Shape[], reading: Reading): Shape {
  if (shapes.length <= MAX_IN_A_ROW) return shapes.reduce((all, shape) => intersect(all, shape, reading), UNKNOWN);
  const middle = shapes.length >> 1;
  const halves = [shapes.slice(0, middle), shapes.slice(middle)].map((half) => intersectAll(half, reading));
  return halves.reduce((all, half) => intersect(all, half, reading));
}

/** Keywords that put the shapes of others together. */
const MULTIPLYING = ['$ref', '$dynamicRef', 'allOf', 'anyOf', 'oneOf', 'not', 'if', 'unevaluatedProperties'];

function countSchemas(schema: JsonValue): number {
  return subschemasOf(schema).reduce((sum, { value }) => sum + countSchemas(value), 1);
}

/** What `$ref` and `$dynamicRef` lead to; of the latter, all that it may lead to. */
function readReference(schema: JsonObject, reading: Reading): Shape | undefined {
  const { targets, dynamicTargets } = reading.references;
  const target = targets.get(schema);
  const dynamic = dynamicTargets.get(schema);
  const reference = target === undefined ? undefined : readTarget(target, reading);
  if (dynamic === undefined) return reference;
  const all = unite([dynamic.spot, ...dynamic.byResource.values()].map((spot) => readTarget(spot, reading)));
  return reference === undefined ? all : intersect(reference, all, reading);
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
  return values === undefined ? shape : intersect(values, shape, reading);
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

/** `allOf`, `anyOf` and `oneOf`, each as one shape to intersect with. */
function readBranches(schema: JsonObject, reading: Reading): Shape[] {
  const parts = itemsAt(schema, 'allOf').map((part) => reading.read(part, reading));
  for (const name of ['anyOf', 'oneOf']) {
    const branches = itemsAt(schema, name);
    const read = branches.map((branch) => reading.read(branch, reading));
    if (branches.length > 0) parts.push(unite(name === 'oneOf' ? setApart(read, branches, reading) : read));
  }
  return parts;
}

/** Of `oneOf` only one holds, so that in each branch the simple ones among the others do not. */
function setApart(shapes: readonly Shape[], branches: readonly JsonValue[], reading: Reading): readonly Shape[] {
  const simple = branches.filter(isSimple);
  if (simple.length === 0 || branches.length > MAX_SET_APART) return shapes;
  return shapes.map((shape, index) =>
    simple
      .filter((branch) => branch !== branches[index])
      .reduce<Shape>((left, branch) => exclude(left, branch, reading), shape),
  );
}

const MAX_SET_APART = 32;

/** Either `if` and `then` hold as well, or `else` does and `if` does not. */
function readConditional(schema: JsonObject, base: Shape, reading: Reading): Shape {
  const condition = ownValue(schema, 'if');
  if (condition === undefined) return base;
  const [whenTrue, whenFalse] = [ownValue(schema, 'then') ?? true, ownValue(schema, 'else') ?? true];
  const holds = intersect(reading.read(condition, reading), reading.read(whenTrue, reading), reading);
  return unite([
    intersect(base, holds, reading),
    exclude(intersect(base, reading.read(whenFalse, reading), reading), condition, reading),
  ]);
}
