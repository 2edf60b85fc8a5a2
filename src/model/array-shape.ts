/** What a schema says of arrays: each item, or one after the other. */
import { isArray, type JsonObject, ownValue } from '../text/json.js';
import { NEVER, UNKNOWN } from './combine.js';
import type { Shape } from './model.js';
import type { Reading } from './reading.js';

/** So many positions are told apart; what stands behind them is as wide as they are. */
const MAX_POSITIONS = 64;

/** @returns `never` where the array has to hold an item that cannot be */
export function readArray(schema: JsonObject, reading: Reading): Shape {
  const items = ownValue(schema, 'items');
  const listed = reading.dialect === 'draft-07' ? items : ownValue(schema, 'prefixItems');
  const most = numberAt(schema, 'maxItems') ?? Infinity;
  const least = numberAt(schema, 'minItems') ?? 0;
  if (!isArray(listed)) {
    const each = items === undefined ? UNKNOWN : reading.read(items, reading);
    if (most >= 1 && each.kind !== 'never') return { kind: 'array', items: each };
    return least > 0 ? NEVER : { kind: 'tuple', items: [], required: 0, rest: false };
  }
  if (listed.length > MAX_POSITIONS) return { kind: 'array', items: UNKNOWN };
  const shapes = listed.slice(0, most).map((item) => reading.read(item, reading));
  const required = Math.min(least, shapes.length);
  const rest = shapes.length >= most ? NEVER : readRest(schema, reading);
  // From the first item that nothing fits, the list cannot be longer.
  const end = shapes.findIndex(({ kind }) => kind === 'never');
  if (end !== -1) return end < least ? NEVER : { kind: 'tuple', items: shapes.slice(0, end), required, rest: false };
  if (rest.kind === 'never' && least > shapes.length) return NEVER;
  return { kind: 'tuple', items: shapes, required, rest: rest.kind === 'never' ? false : rest };
}

function numberAt(schema: JsonObject, name: string): number | undefined {
  const value = ownValue(schema, name);
  return typeof value === 'number' ? value : undefined;
}

/** Keywords that may look at items behind the listed ones. */
const LOOKS = ['$ref', '$dynamicRef', 'allOf', 'anyOf', 'oneOf', 'if', 'dependentSchemas', 'contains'];

function readRest(schema: JsonObject, reading: Reading): Shape {
  const rest = ownValue(schema, reading.dialect === 'draft-07' ? 'additionalItems' : 'items');
  if (rest !== undefined) return reading.read(rest, reading);
  const unevaluated = reading.dialect === 'draft-07' ? undefined : ownValue(schema, 'unevaluatedItems');
  return unevaluated === undefined || LOOKS.some((name) => Object.hasOwn(schema, name))
    ? UNKNOWN
    : reading.read(unevaluated, reading);
}
