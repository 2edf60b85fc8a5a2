/** A short text for a shape: the same for shapes that mean the same, whatever their documentation says. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../text/json.js';
import type { Shape } from './model.js';

const digests = new WeakMap<Shape, string>();

export function digestOf(shape: Shape): string {
  const known = digests.get(shape);
  if (known !== undefined) return known;
  const text = textOf(shape);
  // Made of the digests of its parts, the text is short however often a part is used.
  const digest = text.length <= 64 ? text : createHash('sha256').update(text).digest('base64url');
  digests.set(shape, digest);
  return digest;
}

function textOf(shape: Shape): string {
  switch (shape.kind) {
    case 'number':
      return shape.integer ? 'integer' : 'number';
    case 'literal':
      return `literal ${shape.values.map(canonicalJson).join()}`;
    case 'reference':
      return `reference ${shape.name}`;
    case 'array':
      return `array ${digestOf(shape.items)}`;
    case 'tuple':
      return `tuple ${shape.required} ${shape.items.map(digestOf).join()} ${shape.rest === false ? '' : digestOf(shape.rest)}`;
    case 'union':
    case 'intersection':
      return `${shape.kind} ${shape.members.map(digestOf).join()}`;
    case 'object': {
      const fields = shape.fields.map(
        ({ key, required, shape: inner }) => `${JSON.stringify(key)}${required ? '' : '?'}${digestOf(inner)}`,
      );
      const { additional } = shape;
      return `object ${fields.join()} ${typeof additional === 'object' ? digestOf(additional) : String(additional)}`;
    }
    default:
      return shape.kind;
  }
}
