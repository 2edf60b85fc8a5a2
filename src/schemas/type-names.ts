/** The seven JSON types, and what other languages call them. */
import { nearest } from '../text/nearest.js';

export const JSON_TYPES: readonly string[] = ['null', 'boolean', 'object', 'array', 'number', 'integer', 'string'];

/** What to write for names of other languages. */
const SAID_ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ...names('int int32 int64 long short bigint uint', 'say "integer"'),
  ...names('float float32 float64 double decimal numeric real', 'say "number"'),
  ...names('bool', 'say "boolean"'),
  ...names('str text varchar char', 'say "string"'),
  ...names('dict map record struct hash json', 'say "object"'),
  ...names('list tuple vector set', 'say "array"'),
  ...names('none nil undefined void', 'say "null"'),
  ...names('any unknown mixed', 'leave type out to allow any value'),
  ...names('datetime date-time timestamp instant', 'say "type": "string" and "format": "date-time"'),
  ...names('date time duration email uri uuid hostname ipv4 ipv6', 'say "type": "string", and give its "format"'),
  ...names('url', 'say "type": "string" and "format": "uri"'),
  ...names('guid', 'say "type": "string" and "format": "uuid"'),
  ...names('file binary bytes buffer blob', 'say "type": "string" and "contentEncoding": "base64"'),
  ...names('enum', 'list the values in "enum"'),
]);

function names(text: string, help: string): (readonly [string, string])[] {
  return text.split(' ').map((name) => [name, help]);
}

/** What to write in place of a name that is no JSON type. */
export function typeHelp(name: string): string {
  const exact = JSON_TYPES.find((type) => type === name.toLowerCase());
  const meant = exact ?? SAID_ELSEWHERE.get(name.toLowerCase()) ?? nearest(name, JSON_TYPES);
  if (meant === undefined) return `types are ${JSON_TYPES.join(', ')}`;
  return JSON_TYPES.includes(meant) ? `did you mean ${meant}?` : meant;
}
