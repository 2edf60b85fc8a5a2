/** A string in, source text out: one encoder for each place where text of a schema can stand. */
import { trimmedLines } from '../../text/lines.js';
import { visible } from '../../text/visible.js';

/** Words that can be no name. `match`, `case` and `type` are keywords in one place only, and names elsewhere. */
export const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global ' +
    'if import in is lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

/** Letters of old and common scripts: newer ones are not known to every Python. */
const LETTER = 'A-Za-z\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u024f\\u0391-\\u03a9\\u03b1-\\u03c9\\u0410-\\u044f';
const SYLLABLE = '\\u3041-\\u3096\\u30a1-\\u30fa\\u4e00-\\u9fa5\\uac00-\\ud7a3';
const NAME = new RegExp(`^(?!__)[_${LETTER}${SYLLABLE}][_0-9${LETTER}${SYLLABLE}]*$`);

/**
 * Whether a text can be written as a name in the body of a class and stays what it is: two underscores in front would
 * be mangled, and Python reads a name in its normal form.
 */
export const isName = (text: string): boolean =>
  NAME.test(text) && !KEYWORDS.has(text) && text.normalize('NFKC') === text;

/** A string literal in double quotes, or in single ones where they save more escapes: the choice of `ruff format`. */
export function stringLiteral(text: string): string {
  const quote = countOf(text, '"') > countOf(text, "'") ? "'" : '"';
  return quote + escapeSigns(text, { quote, codeOf: pythonCode }) + quote;
}

/** A basic string of TOML. */
export const tomlString = (text: string): string =>
  `"${escapeSigns(text.replace(/\p{Cs}/gu, '\ufffd'), { quote: '"', codeOf: unicodeCode })}"`;

const countOf = (text: string, sign: string): number => text.split(sign).length - 1;

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

interface Escaping {
  readonly quote: string;
  /** The escape of a character that nobody can see. */
  readonly codeOf: (sign: string) => string;
}

function escapeSigns(text: string, { quote, codeOf }: Escaping): string {
  if (!text.includes(quote) && !text.includes('\\') && visible(text) === text) return text;
  return Array.from(text, (sign) => {
    if (sign === quote) return `\\${sign}`;
    return ESCAPES[sign] ?? (visible(sign) === sign ? sign : codeOf(sign));
  }).join('');
}

const hexOf = (sign: string, length: number): string => (sign.codePointAt(0) ?? 0).toString(16).padStart(length, '0');

const pythonCode = (sign: string): string => (sign <= '\u00ff' ? `\\x${hexOf(sign, 2)}` : unicodeCode(sign));

const unicodeCode = (sign: string): string => (sign.length > 1 ? `\\U${hexOf(sign, 8)}` : `\\u${hexOf(sign, 4)}`);

/**
 * Text as lines of documentation: nothing in it can be seen by nobody, and its indentation is relative to the first
 * line. A doctest prompt is none any more, since `python -m doctest` would run what stands behind it.
 */
export function docLines(text: string): readonly string[] {
  const [first, ...others] = trimmedLines(text.replaceAll('\t', '    ')).map((line) =>
    visible(line)
      .replace(/^\s+/, (margin) => ' '.repeat(margin.length))
      .replace(/^( *)>>>/, '$1\\>>>'),
  );
  if (first === undefined) return [];
  const depths = others.filter((line) => line !== '').map((line) => line.search(/[^ ]/));
  const margin = depths.length === 0 ? 0 : Math.min(...depths);
  return [first.trimStart(), ...others.map((line) => line.slice(margin))];
}

/**
 * A docstring, with a line end behind it; `''` when there is nothing to say.
 *
 * @param lines - what it says: of `docLines`, or words of our own
 * @param indent - stands before each line
 */
export function docstring(lines: readonly string[], indent: string): string {
  const [first, ...others] = lines.map((line) => line.replaceAll('\\', '\\\\'));
  if (first === undefined) return '';
  if (others.length === 0) return `${indent}"""${escapeQuotes(first, /^"+|"+$|"{3,}/g)}"""\n`;
  const body = [first, ...others].map((line) => (line === '' ? '' : indent + escapeQuotes(line, /"{3,}/g)));
  return [`${indent}"""`, ...body, `${indent}"""\n`].join('\n');
}

const escapeQuotes = (line: string, quotes: RegExp): string =>
  line.replace(quotes, (found) => found.replaceAll('"', '\\"'));

/** What tools look for in a comment, also behind another `#`. */
const DIRECTIVE = /#(?=\s*(?:noqa|nosec|nosonar|[a-z0-9]+:))/gi;

/**
 * Lines of a comment, for a reader and for documentation tools. The colon, and a backslash within, keep the text from
 * being read as a directive such as `type: ignore`.
 */
export const comment = (lines: readonly string[], indent: string): string =>
  lines.map((line) => `${indent}#: ${line.replace(DIRECTIVE, '#\\')}`.trimEnd() + '\n').join('');
