/** Makes a short text that matches a pattern, for the plain patterns that schemas have. */
import { matchesPattern } from './pattern.js';

/** Longer patterns are not read: nobody wrote them for people. */
const MAX_LENGTH = 500;
const MAX_REPEAT = 64;

interface Reader {
  readonly signs: readonly string[];
  at: number;
}

/** @returns `undefined` where the pattern says more than this can read, or where the text made does not match */
export function samplePattern(pattern: string): string | undefined {
  if (pattern.length > MAX_LENGTH) return undefined;
  const reader: Reader = { signs: [...pattern], at: 0 };
  const text = readAlternatives(reader);
  return text !== undefined && reader.at === reader.signs.length && matchesPattern(pattern, text) === true
    ? text
    : undefined;
}

const peek = ({ signs, at }: Reader): string => signs[at] ?? '';

function take(reader: Reader): string {
  const sign = peek(reader);
  reader.at += 1;
  return sign;
}

/** The text of the first alternative; the others are read over. */
function readAlternatives(reader: Reader): string | undefined {
  const first = readSequence(reader);
  while (peek(reader) === '|') {
    reader.at += 1;
    if (readSequence(reader) === undefined) return undefined;
  }
  return first;
}

function readSequence(reader: Reader): string | undefined {
  let text = '';
  while (peek(reader) !== '' && peek(reader) !== '|' && peek(reader) !== ')') {
    const atom = readAtom(reader);
    const count = readCount(reader);
    if (atom === undefined || count === undefined) return undefined;
    text += atom.repeat(count);
  }
  return text;
}

function readAtom(reader: Reader): string | undefined {
  const sign = take(reader);
  switch (sign) {
    case '^':
    case '$':
      return '';
    case '.':
      return 'a';
    case '(':
      return readGroup(reader);
    case '[':
      return readClass(reader);
    case '\\':
      return readEscape(reader);
    default:
      return '*+?{}]'.includes(sign) ? undefined : sign;
  }
}

function readGroup(reader: Reader): string | undefined {
  if (peek(reader) === '?' && !skipGroupName(reader)) return undefined;
  const inner = readAlternatives(reader);
  return take(reader) === ')' ? inner : undefined;
}

/** Reads over `?:` or `?<name>`; what looks ahead or behind cannot be made. */
function skipGroupName(reader: Reader): boolean {
  const found = /^\?(:|<[A-Za-z]\w*>)/.exec(reader.signs.slice(reader.at, reader.at + 40).join(''));
  reader.at += found?.[0].length ?? 0;
  return found !== null;
}

const ESCAPES: Readonly<Record<string, string>> = {
  d: '1',
  w: 'a',
  s: ' ',
  D: 'a',
  W: '-',
  S: 'a',
  b: '',
  n: '\n',
  t: '\t',
  r: '\r',
};

function readEscape(reader: Reader): string | undefined {
  const sign = take(reader);
  if (Object.hasOwn(ESCAPES, sign)) return ESCAPES[sign];
  return /[A-Za-z0-9]/.test(sign) || sign === '' ? undefined : sign;
}

/** Signs that most classes hold; others are looked for in the class itself. */
const LIKELY = 'a1A-_. /x';

function readClass(reader: Reader): string | undefined {
  const start = reader.at;
  while (peek(reader) !== ']') {
    if (peek(reader) === '') return undefined;
    if (take(reader) === '\\') reader.at += 1;
  }
  const source = reader.signs.slice(start, reader.at).join('');
  reader.at += 1;
  const candidates = [...LIKELY, ...source.replaceAll('\\', '')];
  return candidates.find((sign) => matchesPattern(`^[${source}]$`, sign) === true);
}

/** How often the atom in front stands: as rarely as it may, but once where it may. */
function readCount(reader: Reader): number | undefined {
  let count = 1;
  const sign = peek(reader);
  if (sign === '*' || sign === '+' || sign === '?') reader.at += 1;
  else if (sign === '{') {
    const end = reader.signs.indexOf('}', reader.at);
    const found = /^\{(\d+)(?:(,)(\d*))?\}$/.exec(reader.signs.slice(reader.at, end + 1).join(''));
    if (found === null) return undefined;
    reader.at = end + 1;
    const [least, most] = [Number(found[1]), found[2] === undefined ? Number(found[1]) : Number(found[3] || Infinity)];
    count = Math.min(Math.max(least, 1), most);
  } else return count;
  if (peek(reader) === '?') reader.at += 1;
  return count <= MAX_REPEAT ? count : undefined;
}
