/** Lays out plain interfaces as Prettier does, in a hundredth of its time; what is not plain is left to it. */

const WIDTH = 120;
const INDENT = '  ';

const NAME = '[A-Za-z_$][A-Za-z0-9_$]*';
const OPENING = new RegExp(`^export interface ${NAME} \\{$`);
const FIELD = new RegExp(`^(${NAME}\\??: )(.+)$`);
const CLOSING = /^\}(\[\])*$/;
const PLAIN = `(?:${NAME}|Record<string, ${NAME}>)(?:\\[\\])*`;
/** A number as Prettier leaves it, or text that is the same between single quotes. */
const LITERAL = `-?\\d+(?:\\.\\d*[1-9])?|"[^"'\\\\]*"`;
const TYPE = new RegExp(`^(?:${PLAIN}|\\((?:${PLAIN}|${LITERAL})(?: \\| (?:${PLAIN}|${LITERAL}))+\\)|${LITERAL})$`);

/**
 * Lays out a declaration whose fields stand one a line, without indentation and semicolons.
 *
 * @param text - a doc comment and an interface, as json-schema-to-typescript prints it
 * @returns `undefined` when it holds anything but fields of plain types, or a line that is too long
 */
export function layOut(text: string): string | undefined {
  const laid: string[] = [];
  let depth = 0;
  let inComment = false;
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    const isComment = inComment || line.startsWith('/**');
    if (isComment) inComment = !line.endsWith('*/');
    if (!isComment && line.startsWith('}')) depth -= 1;
    const code = isComment ? commentLine(line) : codeLine(line, depth);
    if (code === undefined || depth < 0) return undefined;
    const whole = INDENT.repeat(depth) + code;
    if (!isComment && whole.length > WIDTH) return undefined;
    laid.push(whole);
    if (isComment || !line.endsWith('{')) continue;
    if (lines[index + 1]?.startsWith('}')) return undefined;
    depth += 1;
  }
  return depth === 0 ? laid.join('\n') : undefined;
}

const commentLine = (line: string): string => (line.startsWith('/**') ? line : ` ${line.trim()}`);

function codeLine(line: string, depth: number): string | undefined {
  if (depth === 0) return OPENING.test(line) || line === '}' ? line : undefined;
  if (CLOSING.test(line)) return `${line};`;
  const [, key = '', type = ''] = FIELD.exec(line) ?? [];
  if (type === '{') return line;
  return TYPE.test(type) ? `${key}${type.replace(/^\(|\)$/g, '').replaceAll('"', "'")};` : undefined;
}
