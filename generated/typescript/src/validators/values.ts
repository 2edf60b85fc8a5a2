/** Whether JSON values are the same. A member that is `undefined` is not there, as in the JSON of its object. */
import { isObject } from '../runtime/json.js';

/** The same text for all spellings of one value. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? 'null';
  const keys = Object.keys(value).filter((key) => value[key] !== undefined);
  keys.sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
}

/** A set of values to look one up in, however many there are. */
export function lookup(values: readonly unknown[]): (value: unknown) => boolean {
  const plain = new Set(values.filter((value) => !isWhole(value)));
  const whole = new Set(values.filter(isWhole).map(canonical));
  return (value) => (isWhole(value) ? whole.size > 0 && whole.has(canonical(value)) : plain.has(value));
}

export function hasRepeats(values: readonly unknown[]): boolean {
  const plain = new Set<unknown>();
  const whole = new Set<string>();
  for (const value of values) {
    if (isWhole(value)) whole.add(canonical(value));
    else plain.add(value);
  }
  return plain.size + whole.size < values.length;
}

const isWhole = (value: unknown): boolean => typeof value === 'object' && value !== null;
