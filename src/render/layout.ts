/** Lays out plain declarations as Prettier does, in a hundredth of its time; what is not plain is left to it. */

const WIDTH = 120;
const INDENT = '  ';

const NAME = '[A-Za-z_$][A-Za-z0-9_$]*';
/** What opens the fields of a declaration, or of a field; a bracket is there where more follows behind the fields. */
const OPENING = new RegExp(`^export (?:interface ${NAME} |type ${NAME} = \\(?)\\{$`);
const FIELD = new RegExp(`^(${NAME}\\??: |\\[key: string\\]: )(.+)$`);
const CLOSING = /^\}( & object\))?((?:\[\])*)$/;
const PLAIN = `(?:${NAME}|Record<string, ${NAME}>)(?:\\[\\])*`;
/** A number as Prettier leaves it, or text that is the same between single quotes. */
const LITERAL = `-?\\d+(?:\\.\\d*[1-9])?|"[^"'\\\\]*"`;
const TYPE = new RegExp(`^(?:${PLAIN}|\\((?:${PLAIN}|${LITERAL})(?: \\| (?:${PLAIN}|${LITERAL}))+\\)|${LITERAL})$`);

/**
 * Lays out a declaration whose fields stand one a line, without indentation and semicolons.
 *
 * @param text - a doc comment and a type, as json-schema-to-typescript prints it
 * @returns `undefined` when it holds anything but fields of plain types, or a line that is too long
 */
export function layOut(text: string): string | undefined {
  const laid: string[] = [];
  /** The lines that opened what is still open. */
  const open: number[] = [];
  let inComment = false;
  for (const line of text.split('\n')) {
    const isComment = inComment || line.startsWith('/**');
    if (isComment) {
      inComment = !line.endsWith('*/');
      laid.push(INDENT.repeat(open.length) + commentLine(line));
      continue;
    }
    const isClosing = line.startsWith('}');
    const code = isClosing ? closeFields(line, laid, open) : codeLine(line, open.length);
    if (code === undefined) return undefined;
    const whole = INDENT.repeat(open.length) + code;
    if (whole.length > WIDTH) return undefined;
    laid.push(whole);
    if (line.endsWith('{')) open.push(laid.length - 1);
  }
  return open.length === 0 ? laid.join('\n') : undefined;
}

const commentLine = (line: string): string => (line.startsWith('/**') ? line : ` ${line.trim()}`);

function codeLine(line: string, depth: number): string | undefined {
  if (depth === 0) return OPENING.test(line) ? line : undefined;
  const [, key = '', type = ''] = FIELD.exec(line) ?? [];
  if (type === '{' || type === '({') return line;
  return TYPE.test(type) ? `${key}${type.replace(/^\(|\)$/g, '').replaceAll('"', "'")};` : undefined;
}

/** Closes what was opened last; the bracket around it stays only where a list of it is meant. */
function closeFields(line: string, laid: string[], open: number[]): string | undefined {
  const [, inObject = '', list = ''] = CLOSING.exec(line) ?? ['', undefined, undefined];
  const start = open.pop();
  const opening = start === undefined ? undefined : laid[start];
  // Fields without a line between their brackets have a layout of their own.
  if (!CLOSING.test(line) || start === undefined || opening === undefined || start === laid.length - 1)
    return undefined;
  if (opening.endsWith('({') !== (inObject !== '')) return undefined;
  const isInterface = opening.startsWith('export interface ');
  if (inObject !== '' && list === '') laid[start] = opening.replace(/\(\{$/, '{');
  const end = inObject === '' ? '' : list === '' ? ' & object' : ' & object)';
  return isInterface ? (list === '' ? '}' : undefined) : `}${end}${list};`;
}
