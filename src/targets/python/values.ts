/** A JSON value as a Python expression. */
import { isArray, isObject, type JsonValue } from '../../text/json.js';
import { LINE_LENGTH, widthOf } from './layout.js';
import { stringLiteral } from './print.js';

/** Lists that are written as tuples: see `tuplesIn`. */
type Tuples = ReadonlySet<JsonValue>;

const NONE: Tuples = new Set();

/** The value on one line. */
export function flatValue(value: JsonValue, tuples: Tuples = NONE): string {
  if (isArray(value)) {
    const items = value.map((item) => flatValue(item, tuples)).join(', ');
    return tuples.has(value) ? `(${items}${value.length === 1 ? ',' : ''})` : `[${items}]`;
  }
  if (!isObject(value)) return scalar(value);
  const entries = entriesOf(value).map(([key, inner]) => `${key}: ${flatValue(inner, tuples)}`);
  return `{${entries.join(', ')}}`;
}

/** A value, and what is known of it. */
interface Written {
  readonly value: JsonValue;
  readonly tuples?: Tuples;
}

/** The value over as many lines as it takes: an object that holds anything has a line for each key. */
export function valueLines({ value, tuples = NONE }: Written, indent: string, before = 0): string {
  const line = flatValue(value, tuples);
  const inner = `${indent}    `;
  if (isObject(value) && line !== '{}') {
    const entries = entriesOf(value).map(
      ([key, item]) => `${inner}${key}: ${valueLines({ value: item, tuples }, inner, widthOf(key) + 2)},`,
    );
    return ['{', ...entries, `${indent}}`].join('\n');
  }
  if (!isArray(value) || (indent.length + before + widthOf(line) < LINE_LENGTH && !value.some(isObject))) return line;
  const items = value.map((item) => `${inner}${valueLines({ value: item, tuples }, inner)},`);
  return [line.charAt(0), ...items, `${indent}${line.at(-1) ?? ''}`].join('\n');
}

interface Arguments extends Written {
  /** An argument in front, as source text. */
  readonly first?: string;
}

/** A call that takes a value, as `ruff format` leaves it; the first line is not indented. */
export function callLines(target: string, { first, ...written }: Arguments, indent: string): string {
  const inner = `${indent}    `;
  const text = valueLines(written, inner);
  const parts = first === undefined ? [text] : [first, text];
  if (!text.includes('\n') && indent.length + widthOf(`${target}(${parts.join(', ')})`) <= LINE_LENGTH)
    return `${target}(${parts.join(', ')})`;
  return `${target}(\n${parts.map((part) => inner + part).join(',\n')}${parts.length > 1 ? ',' : ''}\n${indent})`;
}

const entriesOf = (value: { readonly [key: string]: JsonValue }): readonly (readonly [string, JsonValue])[] =>
  Object.entries(value).map(([key, inner]) => [stringLiteral(key), inner]);

/** Whether JavaScript writes a number in digits alone, and so do we: it is an integer in Python. */
export const isInDigits = (value: number): boolean => Number.isInteger(value) && Math.abs(value) < 1e21;

function scalar(value: null | boolean | number | string): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return stringLiteral(value);
  // Python's integers are exact, so they have every digit.
  if (isInDigits(value)) return String(BigInt(value));
  // A number that is too large for JavaScript is so for Python's float as well.
  return String(value).replace('Infinity', '1e999').replace('e+', 'e');
}
