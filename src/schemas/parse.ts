/** Bytes in, parsed and checked schema files out; what was parsed once is not parsed again. */
import path from 'node:path';
import type { Diagnostic } from '../report/diagnostic.js';
import { Report } from '../report/report.js';
import { isArray, isObject, type JsonValue } from '../text/json.js';
import { isMessageType } from '../text/kebab.js';
import { checkSchema, dialectOf } from './check.js';
import { duplicateKeys, hasMoreKeysThan, type LocatedText, lostNumbers, placeAt, placeIn } from './locate.js';
import type { SchemaFile, SchemaText } from './schema-file.js';
import { firstSyntaxFault } from './syntax.js';

const ENDING = '.schema.json';
/** Deeper nesting than this serves no message, and every later stage walks the schema by recursion. */
const MAX_DEPTH = 200;

interface Parsed {
  readonly bytes: Uint8Array;
  readonly file: SchemaFile;
  readonly diagnostics: readonly Diagnostic[];
}

let remembered = new Map<string, Parsed>();

/**
 * Parses and checks every file. Of a file that cannot be used no more than its name is kept; the run goes on.
 *
 * @param texts - the files as `readSchemas` gave them
 * @param report - takes `json/*` and `schema/*` findings, each with line and column
 */
export function parseSchemas(texts: readonly SchemaText[], report: Report): readonly SchemaFile[] {
  const now = new Map<string, Parsed>();
  for (const text of texts) {
    const before = remembered.get(text.path);
    now.set(text.path, before !== undefined && sameBytes(before.bytes, text.bytes) ? before : parse(text));
  }
  remembered = now;
  return [...now.values()].map(({ file, diagnostics }) => {
    report.addAll(diagnostics);
    return file;
  });
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

function parse(source: SchemaText): Parsed {
  const report = new Report();
  const file = parseFile(source, report);
  return { bytes: source.bytes, file, diagnostics: report.diagnostics };
}

function parseFile(source: SchemaText, report: Report): SchemaFile {
  const stem = path.posix.basename(source.name).slice(0, -ENDING.length);
  const about = { path: source.path, name: source.name, stem, isMessage: !source.name.includes('/') };
  const broken: SchemaFile = {
    ...about,
    dialect: '2020-12',
    schema: true,
    isBroken: true,
    place: () => ({ file: source.path }),
  };
  const text = decode(source, report);
  if (text === undefined) return broken;
  const located: LocatedText = { path: source.path, text };
  const schema = parseJson(located, report);
  if (schema === undefined || !isUsable(schema, located, report)) return broken;
  const dialect = dialectOf(schema, located, report);
  if (dialect === undefined) return broken;
  const place: SchemaFile['place'] = (where, part) => placeIn(located, where, part);
  const file: SchemaFile = { ...about, dialect, schema, isBroken: false, place };
  checkSchema(file, report);
  return isMessageType(stem) ? file : broken;
}

function decode({ path: file, bytes }: SchemaText, report: Report): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    report.add('json/byte-order-mark', {
      message: 'the file starts with a byte order mark',
      at: { file, line: 1, column: 1 },
      help: 'save it as UTF-8 without BOM',
    });
    return undefined;
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    if (text.trim() !== '') return text;
    report.add('json/empty', {
      message: 'the file is empty',
      at: { file, line: 1, column: 1 },
      help: 'describe the payload: { "type": "object", "properties": { … } }',
    });
  } catch {
    report.add('json/encoding', {
      message: isUtf16(bytes) ? 'the file is UTF-16, not UTF-8' : 'the file is not valid UTF-8',
      at: { file, ...(isUtf16(bytes) ? { line: 1, column: 1 } : firstInvalidSign(bytes)) },
      help: 'save it as UTF-8',
    });
  }
  return undefined;
}

const isUtf16 = ([first = 0, second = 0]: Uint8Array): boolean =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);

/** The first sign that is not UTF-8: a lenient decoder puts U+FFFD in its place. */
function firstInvalidSign(bytes: Uint8Array): { line: number; column: number; sourceLine: string } {
  const lines = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).split('\n');
  const index = lines.findIndex((line) => line.includes('\ufffd'));
  const sourceLine = (lines[index] ?? '').replace(/\r$/, '');
  return { line: index + 1, column: sourceLine.indexOf('\ufffd') + 1, sourceLine };
}

function parseJson(located: LocatedText, report: Report): JsonValue | undefined {
  let value: JsonValue;
  try {
    value = JSON.parse(located.text) as JsonValue;
  } catch (error) {
    const thrown = error instanceof Error ? error.message : '';
    const fault = firstSyntaxFault(located.text, thrown);
    report.add('json/syntax', {
      message: `this is not valid JSON: ${fault.message}`,
      at: placeAt(located, fault.offset),
      help: fault.help,
    });
    return undefined;
  }
  return value;
}

/** Depth, repeated keys and names that no language can hold: what is wrong whatever the schema means. */
function isUsable(schema: JsonValue, located: LocatedText, report: Report): boolean {
  const counted = countKeys(schema, located, report);
  if (counted === undefined) return false;
  checkNumbers(located, report);
  if (!hasMoreKeysThan(located.text, counted)) return !report.hasErrors;
  for (const { path: at, key, first, offset } of duplicateKeys(located.text)) {
    report.add('json/duplicate-key', {
      message: `the key ${JSON.stringify(key)} stands twice in one object`,
      at: { ...placeAt(located, offset), pointer: placeIn(located, [...at, key]).pointer ?? '#' },
      details: [`first at line ${placeAt(located, first).line}`],
      help: 'remove one of them; JSON parsers keep only the last',
    });
  }
  return false;
}

function checkNumbers(located: LocatedText, report: Report): void {
  for (const { offset, written, value } of lostNumbers(located.text)) {
    const at = placeAt(located, offset);
    if (Number.isFinite(value))
      report.add('json/rounded-number', {
        message: `JSON parsers read ${written} as ${BigInt(value)}`,
        at,
        help: 'write a number of at most 15 digits, or a string',
      });
    else
      report.add('json/number', {
        message: `${written} is larger than any number`,
        at,
        help: 'write a smaller number',
      });
  }
}

/** The number of keys in all objects, or `undefined` (and a finding) when the value is nested too deep. */
function countKeys(schema: JsonValue, located: LocatedText, report: Report): number | undefined {
  let count = 0;
  let tooDeep: readonly string[] | undefined;
  const visit = (value: JsonValue, at: readonly string[]): void => {
    if (tooDeep !== undefined) return;
    if (at.length > MAX_DEPTH) tooDeep = at;
    else if (isArray(value))
      value.forEach((item, index) => void (typeof item === 'object' && visit(item, [...at, String(index)])));
    else if (isObject(value)) {
      for (const [key, inner] of Object.entries(value)) {
        count += 1;
        if (HOSTILE_NAME.test(key)) reportHostileName([...at, key], located, report);
        else if (LINE_BREAK.test(key)) reportLineBreak([...at, key], located, report);
        if (typeof inner === 'object') visit(inner, [...at, key]);
      }
    }
  };
  visit(schema, []);
  if (tooDeep === undefined) return count;
  report.add('input/too-large', {
    message: `the schema is nested deeper than ${MAX_DEPTH} levels`,
    at: placeIn(located, tooDeep.slice(0, 3)),
    help: 'move inner schemas to $defs and refer to them',
  });
  return undefined;
}

/** Control characters and halves of surrogate pairs, but for the white space that every language has an escape for. */
const HOSTILE_NAME = /[^\P{Cc}\t\n\f\r]|[\p{Cs}\u2028\u2029]/u;
const LINE_BREAK = /[\t\n\f\r]/;

function reportLineBreak(at: readonly string[], located: LocatedText, report: Report): void {
  report.add('json/line-break-in-name', {
    message: `the name ${JSON.stringify(at.at(-1))} holds a tab or a line break`,
    at: placeIn(located, at, 'key'),
    help: 'take it out of the name, unless the payload has it',
  });
}

function reportHostileName(at: readonly string[], located: LocatedText, report: Report): void {
  report.add('json/control-character', {
    message: `the name ${JSON.stringify(at.at(-1))} holds a control character or half of a surrogate pair`,
    at: placeIn(located, at, 'key'),
    help: 'take it out of the name',
  });
}
