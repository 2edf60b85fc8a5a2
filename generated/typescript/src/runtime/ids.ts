/** Message types and job ids as one segment of a path: what is in them never leads to another place. */
import { ConfigurationError } from './errors.js';

/** `:` and `@` stay as they are: job ids have them, and every server reads them. */
export function encodeSegment(value: string, name: string): string {
  // URL parsers fold dots away, also when they are encoded.
  if (typeof value !== 'string' || value === '' || value === '.' || value === '..') {
    throw new ConfigurationError(`${name} is ${typeof value === 'string' ? JSON.stringify(value) : 'not a string'}`);
  }
  if (!isWellFormed(value)) throw new ConfigurationError(`${name} has half a character`);
  return encodeURIComponent(value).replace(/%3A/g, ':').replace(/%40/g, '@');
}

const isWellFormed = (value: string): boolean =>
  !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(value);
