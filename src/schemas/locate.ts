/** From a path inside a JSON text to its line and column, and the first fault of a text that is no JSON. */
import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode, visit } from 'jsonc-parser';
import type { Place } from '../report/diagnostic.js';
import { type Path, pointerOf } from './schema-file.js';

/** A JSON text that places can be looked up in. The syntax tree is made on the first question. */
export interface LocatedText {
  readonly path: string;
  readonly text: string;
  tree?: Node | undefined;
}

/**
 * The place of a value, or of its nearest ancestor when the path leads nowhere.
 *
 * @param part - `key` points at the property name in front of the value
 */
export function placeIn(located: LocatedText, path: Path, part: 'key' | 'value' = 'value'): Place {
  located.tree ??= parseTree(located.text);
  const pointer = path.length === 0 ? {} : { pointer: pointerOf(path) };
  if (located.tree === undefined) return { file: located.path, ...pointer };
  const node = nearestNode(located.tree, path, part);
  return { ...placeAt(located, node.offset), ...pointer };
}

/** The place of an offset, counted in UTF-16 code units from 0. */
export function placeAt({ path, text }: { readonly path: string; readonly text: string }, offset: number): Place {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  const lineEnd = text.indexOf('\n', offset);
  return {
    file: path,
    line: before.split('\n').length,
    column: offset - lineStart + 1,
    sourceLine: text.slice(lineStart, lineEnd === -1 ? undefined : lineEnd).replace(/\r$/, ''),
  };
}

function nearestNode(tree: Node, path: Path, part: 'key' | 'value'): Node {
  let node = tree;
  for (const step of path) {
    const next = findNodeAtLocation(node, [node.type === 'array' ? Number(step) : step]);
    if (next === undefined) return node;
    node = next;
  }
  const key = node.parent?.type === 'property' ? node.parent.children?.[0] : undefined;
  return part === 'key' && key !== undefined ? key : node;
}

const SYNTAX_MESSAGES: Readonly<Record<string, string>> = {
  InvalidSymbol: 'an unexpected word; JSON knows only true, false and null',
  InvalidNumberFormat: 'a number that JSON does not allow',
  PropertyNameExpected: 'a property name in double quotes is missing',
  ValueExpected: 'a value is missing',
  ColonExpected: 'a colon is missing after the property name',
  CommaExpected: 'a comma is missing',
  CloseBraceExpected: 'a closing } is missing',
  CloseBracketExpected: 'a closing ] is missing',
  EndOfFileExpected: 'there is more text after the end of the JSON value',
  InvalidCommentToken: 'JSON has no comments',
  UnexpectedEndOfComment: 'JSON has no comments',
  UnexpectedEndOfString: 'a string is not closed',
  UnexpectedEndOfNumber: 'a number is not finished',
  InvalidUnicode: 'a \\u escape needs four hexadecimal digits',
  InvalidEscapeCharacter: 'an escape that JSON does not know',
  InvalidCharacter: 'a character that JSON does not allow here',
};

/**
 * The first fault of a text that `JSON.parse` refused.
 *
 * @param text - the text
 * @param thrown - what `JSON.parse` said, used where the tolerant parser finds nothing wrong
 * @returns what is wrong in plain words, and the offset in UTF-16 code units
 */
export function firstSyntaxFault(text: string, thrown: string): { message: string; offset: number } {
  const errors: ParseError[] = [];
  parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const first = errors[0];
  if (first !== undefined) {
    const name = printParseErrorCode(first.error);
    return { message: faultMessage(text, first.offset, name), offset: first.offset };
  }
  const offset = Number(/position (\d+)/.exec(thrown)?.[1] ?? 0);
  return { message: 'a character that JSON does not allow here', offset };
}

function faultMessage(text: string, offset: number, name: string): string {
  const trailing = /^[}\]]/.test(text.slice(offset)) && /,\s*$/.test(text.slice(0, offset));
  if (trailing) return 'a trailing comma; JSON does not allow one';
  if (text[offset] === "'") return 'single quotes; JSON strings have double quotes';
  return SYNTAX_MESSAGES[name] ?? name;
}

/** Whether the text has more keys than the value that was parsed from it, that is: some key stands twice. */
export function hasMoreKeysThan(text: string, keyCount: number): boolean {
  let found = 0;
  for (const match of text.matchAll(/"(?:[^"\\]|\\.)*"([ \t\r\n]*:)?/g)) if (match[1] !== undefined) found += 1;
  return found > keyCount;
}

/** Every key that stands again in its object: the object's path, the key, and the offsets of first and repeat. */
export function duplicateKeys(text: string): { path: Path; key: string; first: number; offset: number }[] {
  const found: { path: Path; key: string; first: number; offset: number }[] = [];
  const open: Map<string, number>[] = [];
  visit(text, {
    onObjectBegin: () => void open.push(new Map()),
    onObjectEnd: () => void open.pop(),
    onObjectProperty: (key, offset, _length, _line, _column, pathSupplier) => {
      const keys = open.at(-1);
      const first = keys?.get(key);
      if (first !== undefined) found.push({ path: pathSupplier().map(String), key, first, offset });
      else keys?.set(key, offset);
    },
  });
  return found;
}
