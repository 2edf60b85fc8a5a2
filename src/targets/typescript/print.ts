/** A string in, source text out: one encoder for each place where text of a schema can stand. */
import { isArray, isObject, type JsonValue } from '../../text/json.js';
import { splitLines, trimmedLines } from '../../text/lines.js';
import { visible, visibleJson } from '../../text/visible.js';

const IDENTIFIER = /^[A-Za-z_$][A-Za-z0-9_$]*$/;
/** A comment of one line is no longer than this. */
const LINE_WIDTH = 100;

/** A JSON value as JSON, which is TypeScript as well. */
export const json = (value: JsonValue): string => visibleJson(JSON.stringify(value));

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

/** Text in a line of Markdown, or in a cell of a table. */
export const markdownText = (text: string): string => escapeMarkdown(text.replace(/\s+/g, ' ').trim());

/** Text as paragraphs of Markdown, its line ends kept. */
export const markdownBlock = (text: string): string =>
  trimmedLines(text)
    .map((line) => escapeMarkdown(line.trim()))
    .join('\\\n')
    .replace(/(\\\n){2,}/g, '\n\n');

/** What Markdown and GitHub read as markup. An underscore inside a word is none. */
const escapeMarkdown = (line: string): string =>
  visible(line)
    .replace(/[\\`*[\]<>&|~$]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&')
    .replace(/^([#+\-=]|\d+(?=[.)]))/, (sign) => (/^\d/.test(sign) ? `${sign}\\` : `\\${sign}`));

/** Text in a code span; the fence is longer than any run of backticks inside. */
export function markdownCode(text: string): string {
  const line = visible(splitLines(text).join(' '));
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 || /^ .* $/.test(line) ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}
