/** How large a shape is when it is written out, and a wider one where that is too large for anybody. */
import { UNKNOWN } from './combine.js';
import type { Field, Shape } from './model.js';

/** A shape that was not written by hand but multiplied by conditions and branches may be so large. */
export const MAX_SIZE = 20_000;
/** Deeper than this it is cut first. */
const FIRST_DEPTH = 12;

const sizes = new WeakMap<Shape, number>();

/** The number of shapes in a shape, each counted as often as it stands there. */
export function sizeOf(shape: Shape): number {
  const known = sizes.get(shape);
  if (known !== undefined) return known;
  const size = 1 + partsOf(shape).reduce((sum, part) => sum + sizeOf(part), 0);
  sizes.set(shape, size);
  return size;
}

/** The shapes that stand directly in a shape. */
export function partsOf(shape: Shape): readonly Shape[] {
  switch (shape.kind) {
    case 'array':
      return [shape.items];
    case 'tuple':
      return shape.rest === false ? shape.items : [...shape.items, shape.rest];
    case 'union':
    case 'intersection':
      return shape.members;
    case 'object': {
      const fields = shape.fields.map((field) => field.shape);
      return typeof shape.additional === 'object' ? [...fields, shape.additional] : fields;
    }
    default:
      return [];
  }
}

/** The shape itself, or one that says nothing of what stands too deep in it. */
export function cutToSize(shape: Shape, limit: number): Shape {
  if (sizeOf(shape) <= limit) return shape;
  for (let depth = FIRST_DEPTH; depth > 0; depth -= 1) {
    const cut = cutBelow(shape, depth, new Map());
    if (sizeOf(cut) <= limit) return cut;
  }
  return UNKNOWN;
}

/** Shares what it made: the same shape at the same depth is cut once. */
function cutBelow(shape: Shape, depth: number, known: Map<Shape, Map<number, Shape>>): Shape {
  if (partsOf(shape).length === 0) return shape;
  if (depth === 0) return UNKNOWN;
  const before = known.get(shape)?.get(depth);
  if (before !== undefined) return before;
  const made = withParts(shape, (part) => cutBelow(part, depth - 1, known));
  known.set(shape, (known.get(shape) ?? new Map<number, Shape>()).set(depth, made));
  return made;
}

function withParts(shape: Shape, change: (part: Shape) => Shape): Shape {
  switch (shape.kind) {
    case 'array':
      return { ...shape, items: change(shape.items) };
    case 'tuple':
      return { ...shape, items: shape.items.map(change), rest: shape.rest === false ? false : change(shape.rest) };
    case 'union':
    case 'intersection':
      return { ...shape, members: shape.members.map(change) };
    case 'object':
      return {
        ...shape,
        fields: shape.fields.map((field): Field => ({ ...field, shape: change(field.shape) })),
        additional: typeof shape.additional === 'object' ? change(shape.additional) : shape.additional,
      };
    default:
      return shape;
  }
}
