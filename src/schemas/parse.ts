/** Bytes in, parsed and checked schema files out; what was parsed once is not parsed again. */
import path from 'node:path';
import type { Diagnostic } from '../report/diagnostic.js';
import { diagnostic, Report } from '../report/report.js';
import type { JsonValue } from '../text/json.js';
import { isMessageType } from '../text/kebab.js';
import { checkSchema, dialectOf } from './check.js';
import { LIMITS } from './limits.js';
import { duplicateKeys, hasMoreKeysThan, type LocatedText, lostNumbers, placeAt, placeIn } from './locate.js';
import { measure } from './measure.js';
import type { SchemaFile, SchemaText } from './schema-file.js';
import { firstSyntaxFault } from './syntax.js';

const ENDING = '.schema.json';

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
  const report = new Report(LIMITS.findings);
  const file = parseFile(source, report);
  const { diagnostics, isFull } = report;
  return { bytes: source.bytes, file, diagnostics: isFull ? [...diagnostics, tooMany(source)] : diagnostics };
}

const tooMany = ({ path: file }: SchemaText): Diagnostic =>
  diagnostic('input/too-many-findings', {
    message: `the file has more than ${LIMITS.findings} findings; the rest of it is not looked at`,
    at: { file },
    help: 'repair these first',
  });

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
  const file: SchemaFile = { ...about, dialect, schema, isBroken: false, place: placesIn(source) };
  checkSchema(file, report);
  const isLarge = report.isFull || report.diagnostics.some(({ code }) => code === 'input/too-large');
  return isMessageType(stem) && !isLarge ? file : broken;
}

/** Where values stand in a file that can be used. Its text is made again when somebody asks: few ever do. */
function placesIn({ path: file, bytes }: SchemaText): SchemaFile['place'] {
  let located: LocatedText | undefined;
  return (where, part) => {
    located ??= { path: file, text: Buffer.from(bytes).toString('utf8') };
    return placeIn(located, where, part);
  };
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
  const counted = measure(schema, located, report);
  if (counted === undefined) return false;
  checkNumbers(located, report);
  if (!hasMoreKeysThan(located.text, counted)) return !report.hasErrors;
  for (const { path: at, key, first, offset } of duplicateKeys(located.text)) {
    if (report.isFull) break;
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
    if (report.isFull) break;
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
