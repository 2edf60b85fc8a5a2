/** The first fault of a text that is no JSON, in plain words and with the way out. */
import { type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { rowOf } from '../text/table.js';
import { isTooDeep } from './locate.js';

export interface SyntaxFault {
  readonly message: string;
  /** In UTF-16 code units from 0. */
  readonly offset: number;
  readonly help: string;
}

type Words = readonly [message: string, help: string];

const COMMENT: Words = ['JSON has no comments', 'move the words to "description" or "$comment"'];

const WORDS: Readonly<Record<string, Words>> = {
  InvalidSymbol: ['a word that JSON does not know', 'JSON knows true, false and null; text stands in double quotes'],
  InvalidNumberFormat: ['a number that JSON does not allow', 'write it as in 0.5 or 1e3'],
  PropertyNameExpected: ['a property name in double quotes is missing', 'write "name": in front of the value'],
  ValueExpected: ['a value is missing', 'add it, or remove what stands in front of it'],
  ColonExpected: ['a colon is missing after the property name', 'add it'],
  CommaExpected: ['a comma is missing', 'add it in front of this'],
  CloseBraceExpected: ['a closing } is missing', 'add it, or bring back the end of the file'],
  CloseBracketExpected: ['a closing ] is missing', 'add it, or bring back the end of the file'],
  EndOfFileExpected: ['there is more text after the end of the JSON value', 'a file holds one schema; remove the rest'],
  InvalidCommentToken: COMMENT,
  UnexpectedEndOfComment: COMMENT,
  UnexpectedEndOfString: ['a string is not closed', 'close it with a double quote; a line break in it is written \\n'],
  UnexpectedEndOfNumber: ['a number is not finished', 'write it as in 0.5 or 1e3'],
  InvalidUnicode: ['a \\u escape needs four hexadecimal digits', 'write it as in \\u00e9'],
  InvalidEscapeCharacter: ['an escape that JSON does not know', 'a backslash itself is written \\\\'],
  InvalidCharacter: ['a control character in a string', 'write it as an escape, as in \\t or \\n'],
};

/**
 * @param text - what `JSON.parse` refused
 * @param thrown - what it said, used where the tolerant parser finds nothing wrong
 */
export function firstSyntaxFault(text: string, thrown: string): SyntaxFault {
  if (isTooDeep(text))
    return { message: 'it is nested too deep to tell where', offset: 0, help: 'look for brackets without end' };
  const errors: ParseError[] = [];
  parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const first = errors[0];
  if (first !== undefined) return faultAt(text, first.offset, printParseErrorCode(first.error));
  const offset = Number(/position (\d+)/.exec(thrown)?.[1] ?? 0);
  return { message: 'a character that JSON does not allow here', offset, help: 'remove it' };
}

function faultAt(text: string, offset: number, name: string): SyntaxFault {
  const special = SPECIAL.find(({ matches }) => matches(text, offset, name));
  if (special !== undefined) return { ...special.fault, offset };
  const [message, help] = rowOf(WORDS, name) ?? [name, 'repair the JSON at this place'];
  return { message, help, offset: name.startsWith('Invalid') ? offsetInString(text, offset, name) : offset };
}

interface Special {
  readonly matches: (text: string, offset: number, name: string) => boolean;
  readonly fault: { readonly message: string; readonly help: string };
}

const SPECIAL: readonly Special[] = [
  {
    matches: (text, offset) => /^[}\]]/.test(text.slice(offset, offset + 1)) && /,\s*$/.test(lead(text, offset)),
    fault: { message: 'a trailing comma; JSON does not allow one', help: 'remove the comma' },
  },
  {
    matches: (text, offset) => text[offset] === "'",
    fault: { message: 'single quotes; JSON strings have double quotes', help: 'write " in place of them' },
  },
  {
    matches: (text, offset, name) => name === 'InvalidSymbol' && /^[\w$-]+\s*:/.test(text.slice(offset, offset + 200)),
    fault: { message: 'a property name without quotes', help: 'put it in double quotes' },
  },
  {
    matches: (text, offset, name) =>
      name === 'InvalidSymbol' && /^(NaN|-?Infinity|undefined)\b/.test(text.slice(offset, offset + 12)),
    fault: { message: 'a value that JSON does not have', help: 'say null, or leave it out' },
  },
  {
    matches: (text, offset, name) =>
      name === 'InvalidSymbol' && /^(True|False|None|TRUE|FALSE|NULL|Null)\b/.test(text.slice(offset, offset + 6)),
    fault: { message: 'a word in the spelling of another language', help: 'JSON says true, false and null' },
  },
  {
    matches: (text, offset) => /(^|[^\w.])-?0$/.test(lead(text, offset)) && /^\d/.test(text.slice(offset, offset + 1)),
    fault: { message: 'a number that starts with 0', help: 'remove the leading zero' },
  },
];

/** So much of what stands in front as a look back needs. */
const lead = (text: string, offset: number): string => text.slice(Math.max(0, offset - 200), offset);

/** The tolerant parser points at the string; the reader wants the sign in it. */
function offsetInString(text: string, offset: number, name: string): number {
  if (text[offset] !== '"') return offset;
  const pattern = name === 'InvalidCharacter' ? /\p{Cc}/u : /\\(?:[^"\\/bfnrtu]|u(?![\da-fA-F]{4}))/;
  const string = /^"(?:[^"\\]|\\[^])*/.exec(text.slice(offset))?.[0] ?? '';
  const escapes = name === 'InvalidCharacter' ? string : string.replace(/\\["\\/bfnrt]/g, '  ');
  const found = escapes.search(pattern);
  return found === -1 ? offset : offset + found;
}
