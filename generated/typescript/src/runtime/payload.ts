/** A payload as JSON text; what JSON cannot hold is named by its place, and never shown. */
import { ConfigurationError } from './errors.js';
import { cutText } from './json.js';

/** What NaN, gaps of lists and invalid dates leave in a text, what maps and sets do, and what bytes do. */
const TRACES = ['null', '{}', '{"0":'];

export function printPayload(payload: unknown): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(payload);
  } catch (cause) {
    throw refuse(findFault(payload) ?? '$ cannot be printed as JSON', cause);
  }
  if (text === undefined) throw refuse('$ is nothing that JSON can hold');
  const isSuspect = TRACES.some((trace) => text.includes(trace));
  const fault = isSuspect ? findFault(payload) : undefined;
  if (fault !== undefined) throw refuse(fault);
  return text;
}

const refuse = (fault: string, cause?: unknown): ConfigurationError =>
  new ConfigurationError(`the payload is not JSON: ${fault}`, cause === undefined ? {} : { cause });

/** The first place that JSON would alter or refuse: `$.files[0].size is NaN`. */
function findFault(payload: unknown): string | undefined {
  const above: { readonly value: unknown; readonly path: string }[] = [];
  let found: string | undefined;
  /** Sees each value as JSON does: behind `toJSON`, and what a gap of a list reads as. */
  function look(this: object, key: string, value: unknown): unknown {
    while (above.length > 0 && above.at(-1)?.value !== this) above.pop();
    const path = (above.at(-1)?.path ?? '') + (above.length > 0 ? printStep(this, key) : '$');
    const fault = above.some((holder) => holder.value === value) ? 'leads back to itself' : faultOf(this, key, value);
    if (fault !== undefined) {
      found = `${path} ${fault}`;
      throw new Error(found);
    }
    above.push({ value, path });
    return value;
  }
  try {
    JSON.stringify(payload, look);
  } catch (error) {
    if (!found && error instanceof Error && /stack|recursion/i.test(error.message)) return '$ is nested too deeply';
  }
  return found;
}

const printStep = (holder: object, key: string): string =>
  Array.isArray(holder) ? `[${key}]` : /^[\w$]+$/.test(key) ? `.${key}` : `[${JSON.stringify(cutText(key, 100))}]`;

function faultOf(holder: object, key: string, value: unknown): string | undefined {
  const plain: unknown = tagOf(value) === 'Number' ? Number(value) : value;
  switch (typeof plain) {
    case 'number':
      return Number.isFinite(plain) ? undefined : `is ${plain}`;
    case 'bigint':
      return 'is a BigInt';
    case 'object':
      if (plain === null) return isInvalidDate(Reflect.get(holder, key)) ? 'is an invalid date' : undefined;
      return isEmptied(plain) ? `is of class ${tagOf(plain)}, which JSON cannot hold` : undefined;
    case 'undefined':
    case 'function':
    case 'symbol':
      // Objects go without them, lists would have null.
      return Array.isArray(holder) ? `is ${plain === undefined ? '' : 'a '}${typeof plain}` : undefined;
    default:
      return undefined;
  }
}

/** Keeps what it holds where JSON does not look: maps, sets, bytes, errors. Objects of plain classes do not. */
const isEmptied = (value: object): boolean =>
  !['Object', 'Array', 'String', 'Boolean'].includes(tagOf(value)) &&
  (ArrayBuffer.isView(value) || Object.keys(value).length === 0);

const tagOf = (value: unknown): string => Object.prototype.toString.call(value).slice('[object '.length, -1);

const isInvalidDate = (value: unknown): boolean => value instanceof Date && Number.isNaN(value.getTime());
