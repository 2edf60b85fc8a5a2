/** Schema texts spoiled at random: bytes lost, doubled and put in, values of another type, keywords of another name. */
import * as fc from 'fast-check';
import { FORBIDDEN_KEYWORDS, keywordNames } from '../../src/schemas/keywords.js';
import { isArray, isObject, type JsonValue } from '../../src/text/json.js';

/** Of a schema, or of its bytes. */
type Change<T> = (given: T) => T;
type Entry = readonly [key: string, value: JsonValue];

const WORDS = [
  keywordNames('2020-12'),
  keywordNames('draft-07'),
  [...FORBIDDEN_KEYWORDS],
  ['__proto__', 'constructor', 'typ', 'x-result', 'nullable', '', '\ud800', 'a\u0000', '\u202e'],
].flat();

/** Values that any keyword may be handed. */
const STRANGE: readonly JsonValue[] = [
  [null, true, false, 0, -1, 1.5, 1e308],
  ['', 'string', '(', '(a+)+$', '#', '#/properties/a', '../../etc/passwd', 'shared/storage-location.schema.json'],
  ['https://example.com/a.json', '\ud800', '\u0000\u001b[2J\u202e', 'http://json-schema.org/draft-07/schema#'],
  [[], [null], [1, 1], ['a', 'a'], [[]], [{}], {}],
  [{ $ref: '#' }, { type: 'string' }, { allOf: [{ $ref: '#' }] }, { anyOf: [{ $ref: '#' }, true] }],
  [{ type: ['object', 'null'], properties: { a: { $ref: '#/properties/a' } } }],
  [JSON.parse('{ "__proto__": { "type": "string" } }') as JsonValue],
].flat();

/** Where: a fraction of the bytes, or of the values that a schema holds. */
const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const word = fc.constantFrom(...WORDS);
const strange = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...STRANGE) },
  { weight: 1, arbitrary: fc.json({ maxDepth: 3 }).map((text) => JSON.parse(text) as JsonValue) },
);

const replace = fc.oneof(
  strange.map((other) => ([key]: Entry): readonly Entry[] => [[key, other]]),
  word.map((other) => ([, value]: Entry): readonly Entry[] => [[other, value]]),
  fc.tuple(word, strange).map((added) => (entry: Entry): readonly Entry[] => [entry, added]),
  fc.constant((): readonly Entry[] => []),
  fc
    .tuple(fc.constantFrom('items', 'allOf', 'not', 'list'), fc.integer({ min: 2, max: 250 }))
    .map(([kind, depth]) => ([key, value]: Entry): readonly Entry[] => [[key, nest(value, kind, depth)]]),
);

function nest(value: JsonValue, kind: string, depth: number): JsonValue {
  let nested = value;
  for (let level = 0; level < depth; level += 1) {
    nested = kind === 'list' ? [nested] : { [kind]: kind === 'allOf' ? [nested] : nested };
  }
  return nested;
}

/** A schema of which one value, or its key, is another. */
export const schemaChange: fc.Arbitrary<Change<JsonValue>> = fc.tuple(place, replace).map(([at, change]) => (given) => {
  let left = Math.floor(at * countValues(given));
  const walk = (value: JsonValue): JsonValue => {
    if (isArray(value)) return entriesOf(value).map(([, item]) => item);
    return isObject(value) ? Object.fromEntries(entriesOf(value)) : value;
  };
  const entriesOf = (value: JsonValue): readonly Entry[] =>
    Object.entries(value ?? {}).flatMap(([key, inner]): readonly Entry[] => {
      left -= 1;
      return left === -1 ? change([key, inner]) : [[key, walk(inner)]];
    });
  return walk(given);
});

function countValues(value: JsonValue): number {
  if (!isArray(value) && !isObject(value)) return 0;
  return Object.values(value).reduce<number>((sum, inner) => sum + 1 + countValues(inner), 0);
}

/** What is put between two bytes. */
const BITS: readonly string[] = [
  '\u0000 \u001b \u007f \u2028 \u202e \ufeff \\ " , : { } [ NaN 1e999 - 0 12345678901234567890 // /*c*/'.split(' '),
  ['\r', '\n', '\t', '"\\ud800"', '\\ud800', '\\udc00x', '"a": 1, "a": 2,'],
  ['['.repeat(5_000), '{"a":'.repeat(5_000), '"x'.repeat(50)],
].flat();

/** Bytes as a text: a letter is a byte. */
const bytesOf = (text: string): string => Buffer.from(text).toString('latin1');

const bytes = fc.oneof(
  fc.constantFrom(...BITS).map(bytesOf),
  fc.uint8Array({ minLength: 1, maxLength: 3 }).map((some) => Buffer.from(some).toString('latin1')),
);

/** The bytes of a schema, each a letter, of which some are lost, stand twice or are new. */
export const byteChange: fc.Arbitrary<Change<string>> = fc.oneof(
  fc.tuple(place, bytes).map(
    ([at, added]) =>
      (given: string) =>
        splice(given, at, { added }),
  ),
  fc.tuple(place, fc.integer({ min: 1, max: 8 })).map(
    ([at, lost]) =>
      (given: string) =>
        splice(given, at, { lost }),
  ),
  place.map((at) => (given: string) => given.slice(0, at * given.length)),
  place.map((at) => (given: string) => doubleLine(given, at)),
  fc.constantFrom('\ufeff', '\u0000', ' ').map((start) => (given: string) => bytesOf(start) + given),
  fc.constant((given: string) => Buffer.from(given, 'utf16le').toString('latin1')),
);

function splice(given: string, at: number, { lost = 0, added = '' }: { lost?: number; added?: string }): string {
  const start = Math.floor(at * given.length);
  return given.slice(0, start) + added + given.slice(start + lost);
}

function doubleLine(given: string, at: number): string {
  const lines = given.split('\n');
  const index = Math.floor(at * lines.length);
  return lines.flatMap((line, number) => (number === index ? [line, line] : [line])).join('\n');
}
