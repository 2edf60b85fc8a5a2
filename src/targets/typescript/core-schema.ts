/** A shape as a schema in the few words that json-schema-to-typescript reads without a mistake. */
import type { Field, JsonValue, Shape } from '../../model/model.js';
import { isArray, isObject } from '../../text/json.js';
import { docLines } from './doc-comment.js';
import { json, propertyKey, stringLiteral } from './print.js';

/** `tsType` is the library's word for a type that is source text already. */
export type CoreSchema = { description?: string } & (
  | { tsType: string }
  | { type: 'null' | 'boolean' | 'number' | 'string' }
  | { enum: (string | number | boolean | null)[] }
  | { type: 'array'; items: CoreSchema }
  | { anyOf: CoreSchema[] }
  | { allOf: CoreSchema[] }
  | ObjectSchema
);

interface ObjectSchema {
  type: 'object';
  properties: Record<string, CoreSchema>;
  required: string[];
  additionalProperties: CoreSchema | boolean;
}

export interface CoreContext {
  /** Prints a schema as a type: what stands in a tuple or a record is source text already. */
  readonly print: (schema: CoreSchema) => Promise<string>;
  /** Whether an object that says nothing of other keys gets an index signature. */
  readonly openObjects: 'declared' | 'index-signature';
}

/** Whether the type is read only when it is used: an alias may stand in its own `Record` there, and not elsewhere. */
type Position = 'deferred' | 'immediate';

/** The schema of a type of its own. */
export const coreSchema = async (shape: Shape, context: CoreContext): Promise<CoreSchema> =>
  rewrite(shape, 'immediate', context);

function rewrite(shape: Shape, position: Position, context: CoreContext): Promise<CoreSchema> | CoreSchema {
  switch (shape.kind) {
    case 'unknown':
    case 'never':
      return { tsType: shape.kind };
    case 'null':
    case 'boolean':
    case 'string':
    case 'number':
      return { type: shape.kind };
    case 'literal':
      return joinSchemas(shape.values.map(literalSchema));
    case 'reference':
      return { tsType: shape.name };
    case 'array':
      return rewriteArray(shape.items, context);
    case 'tuple':
      return rewriteTuple(shape, context);
    case 'object':
      return rewriteObject(shape, position, context);
    case 'union':
      return rewriteUnion(shape.members, position, context);
    case 'intersection':
      return rewriteIntersection(shape.members, position, context);
    default:
      return shape satisfies never;
  }
}

const rewriteAll = (shapes: readonly Shape[], position: Position, context: CoreContext): Promise<CoreSchema[]> =>
  Promise.all(shapes.map((shape) => rewrite(shape, position, context)));

async function rewriteArray(items: Shape, context: CoreContext): Promise<CoreSchema> {
  return { type: 'array', items: await rewrite(items, 'deferred', context) };
}

type TupleShape = Shape & { kind: 'tuple' };

async function rewriteTuple({ items, required, rest }: TupleShape, context: CoreContext): Promise<CoreSchema> {
  const printed = await Promise.all(items.map((item) => printShape(item, context)));
  const parts = printed.map((type, index) => (index < required ? type : `(${type})?`));
  if (rest !== false) parts.push(`...(${await printShape(rest, context)})[]`);
  return { tsType: `[${parts.join(', ')}]` };
}

const printShape = async (shape: Shape, context: CoreContext): Promise<string> =>
  context.print(await rewrite(shape, 'deferred', context));

type ObjectShape = Shape & { kind: 'object' };

async function rewriteObject(shape: ObjectShape, position: Position, context: CoreContext): Promise<CoreSchema> {
  if (shape.fields.length === 0) return rewriteMap(shape.additional, position, context);
  const schema = await rewriteFields(shape, context);
  return isWeak(shape, context) ? { allOf: [schema, { tsType: 'object' }] } : schema;
}

async function rewriteFields({ fields, additional }: ObjectShape, context: CoreContext): Promise<CoreSchema> {
  const properties = await Promise.all(
    fields.map(async (field) => [maskKey(field.key), await rewriteField(field, context)] as const),
  );
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    required: fields.filter(({ required }) => required).map(({ key }) => maskKey(key)),
    additionalProperties: await rewriteAdditional(additional, context),
  };
}

/**
 * Of a type whose fields are all optional, TypeScript takes a value that has none of them for a mistake, although it
 * is a right one. `& object` lets it in, and a misspelt key in a literal is still found.
 */
const isWeak = ({ fields, additional }: ObjectShape, { openObjects }: CoreContext): boolean =>
  additional === 'undeclared' && openObjects === 'declared' && fields.every(({ required }) => !required);

/** The library calls this method of the schemas that it reads, and would call a field of that name instead. */
const maskKey = (key: string): string => (key === 'hasOwnProperty' ? `\u0000${key}` : key);

/** An object without declared fields: a map, a free object, or one that is always empty. */
async function rewriteMap(
  additional: ObjectShape['additional'],
  position: Position,
  context: CoreContext,
): Promise<CoreSchema> {
  if (additional === false) return { tsType: 'Record<string, never>' };
  if (additional === 'undeclared' || additional.kind === 'unknown') return { tsType: 'Record<string, unknown>' };
  const value = await rewrite(additional, 'deferred', context);
  const printed = position === 'deferred' ? await context.print(value) : '';
  // A type of several lines reads better in braces of its own.
  if (printed !== '' && !printed.includes('\n')) return { tsType: `Record<string, ${printed}>` };
  return { type: 'object', properties: {}, required: [], additionalProperties: value };
}

/** An object that leaves out such a field has a member of this name all the same, as every object has. */
const MEMBERS = new Set(
  'constructor hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf'.split(' '),
);

async function rewriteField(field: Field, context: CoreContext): Promise<CoreSchema> {
  const own = await rewrite(field.shape, 'deferred', context);
  const isMember = MEMBERS.has(field.key) && !field.required && field.shape.kind !== 'unknown';
  const schema = isMember ? { anyOf: [own, { tsType: `Object[${stringLiteral(field.key)}]` }] } : own;
  const description = docLines(field).join('\n');
  return description === '' ? schema : { ...schema, description };
}

async function rewriteAdditional(
  additional: ObjectShape['additional'],
  context: CoreContext,
): Promise<CoreSchema | boolean> {
  if (additional === 'undeclared') return context.openObjects === 'index-signature' && { tsType: 'unknown' };
  return additional !== false && rewrite(additional, 'deferred', context);
}

async function rewriteUnion(members: readonly Shape[], position: Position, context: CoreContext): Promise<CoreSchema> {
  const single = members.flatMap((member): Shape[] =>
    member.kind === 'literal' ? member.values.map((value) => ({ kind: 'literal', values: [value] })) : [member],
  );
  return joinSchemas(await rewriteAll(single, position, context));
}

async function rewriteIntersection(
  members: readonly Shape[],
  position: Position,
  context: CoreContext,
): Promise<CoreSchema> {
  // What stands beside a name is never taken for a mistake because of its own fields alone.
  const all = members.map((member) =>
    member.kind === 'object' && member.fields.length > 0
      ? rewriteFields(member, context)
      : rewrite(member, position, context),
  );
  return { allOf: await Promise.all(all) };
}

/** A union of schemas; literals that stand alone are one list. */
function joinSchemas(schemas: CoreSchema[]): CoreSchema {
  const [first] = schemas;
  if (first === undefined) return { tsType: 'never' };
  if (schemas.length === 1) return first;
  const values = schemas.flatMap((schema) => ('enum' in schema ? schema.enum : []));
  return values.length === schemas.length ? { enum: values } : { anyOf: schemas };
}

/** A value as the type that only it has; a list or an object of values is a type of TypeScript's own. */
function literalSchema(value: JsonValue): CoreSchema {
  return isArray(value) || isObject(value) ? { tsType: literalType(value) } : { enum: [value] };
}

function literalType(value: JsonValue): string {
  if (isArray(value)) return `[${value.map(literalType).join(', ')}]`;
  if (!isObject(value)) return json(value);
  const entries = Object.entries(value).map(([key, inner]) => `${propertyKey(key)}: ${literalType(inner)}`);
  return entries.length === 0 ? 'Record<string, never>' : `{ ${entries.join('; ')} }`;
}
