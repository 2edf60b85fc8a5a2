/** A string in, source text out: one encoder for each place where text of a schema can stand. */
import { isArray, isObject, type JsonValue } from '../../text/json.js';
import { trimmedLines } from '../../text/lines.js';
import { visible, visibleJson } from '../../text/visible.js';

const IDENTIFIER = /^[A-Za-z_$][A-Za-z0-9_$]*$/;
/** A comment of one line is no longer than this. */
const LINE_WIDTH = 100;

/** A JSON value as JSON, which is TypeScript as well. */
export const json = (value: JsonValue): string => visibleJson(JSON.stringify(value));

/** The same with blanks, for a reader: `{ "tags": ["boat"] }`. */
export function spacedJson(value: JsonValue): string {
  if (isArray(value)) return `[${value.map(spacedJson).join(', ')}]`;
  if (!isObject(value)) return json(value);
  const entries = Object.entries(value).map(([key, inner]) => `${json(key)}: ${spacedJson(inner)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** `'a'`; Prettier chooses the quotes. */
export const stringLiteral = (text: string): string => json(text);

/** A key of a type: `ownerId`, `'x-id'`. */
export const propertyKey = (key: string): string => (IDENTIFIER.test(key) ? key : stringLiteral(key));

/** A JSON value as an expression. A plain `__proto__` there would set the prototype, so its key is computed. */
export function expression(value: JsonValue): string {
  if (isArray(value)) return `[${value.map(expression).join(', ')}]`;
  if (!isObject(value)) return json(value);
  const entries = Object.entries(value).map(([key, inner]) => `${expressionKey(key)}: ${expression(inner)}`);
  return entries.length === 0 ? '{}' : `{\n${entries.join(',\n')}\n}`;
}

const expressionKey = (key: string): string => (key === '__proto__' ? `["__proto__"]` : propertyKey(key));

/**
 * A doc comment, with a line end behind it; `''` when there is nothing to say.
 *
 * @param lines - text of our own, or lines that `commentLines` made
 */
export function docComment(lines: readonly string[]): string {
  const [first, ...others] = lines;
  if (first === undefined) return '';
  if (others.length === 0 && first.length <= LINE_WIDTH) return `/** ${first} */\n`;
  return ['/**', ...lines.map((line) => ` * ${line}`.trimEnd()), ' */\n'].join('\n');
}

/** Text as lines of a doc comment: it cannot end the comment, and is read as no tag and no directive. */
export const commentLines = (text: string): readonly string[] =>
  trimmedLines(text).map((line) =>
    visible(line.replaceAll('\t', '  '))
      .replaceAll('*/', '*\\/')
      .replace(/(^|[\s{*/])@(?=\w)/g, '$1\\@'),
  );
