/** Every encoder against every text that could break out of its place. */
import { parseSync } from 'oxc-parser';
import { describe, expect, it } from 'vitest';
import {
  commentLines,
  docComment,
  expression,
  json,
  propertyKey,
  stringLiteral,
} from '../../../../src/targets/typescript/print.js';

const HOSTILE = [
  '*/ alert(1) /*',
  '"""',
  'a\\',
  `it's "quoted"`,
  '`code`',
  '${process.exit()}',
  '{{package.name}}',
  '</script><script>alert(1)</script>',
  '[click](javascript:alert(1))',
  'one\ntwo',
  'one\r\ntwo\rthree',
  'line\u2028and\u2029paragraph',
  'nul\u0000and\u001b[31mcolour',
  'half \ud800 and \udc00 pair',
  'right\u202eleft\u2066isolate',
  '\ufeffbom',
  '__proto__',
  'constructor',
  '@deprecated',
  'see @ts-ignore and {@link javascript:alert(1)}',
  '| cell | cell |',
  '# heading',
  '- item\n1. item\n> quote\n===',
  '![image](https://example.com/pixel.png)',
  '&lt;script&gt;',
  'größe 尺寸 😀',
  'x'.repeat(10_000),
  '',
];

/** What parses as JavaScript, evaluated. */
const valueOf = (source: string): unknown => new Function(`return (${source});`)() as unknown;

const INVISIBLE = /[\p{Cc}\p{Cs}\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u;
const hasInvisible = (source: string): boolean => INVISIBLE.test(source.replaceAll('\n', ''));

describe.each(HOSTILE.map((text) => [JSON.stringify(text).slice(0, 60), text]))('%s', (_name, text) => {
  it('stands in a string literal', () => {
    const literal = stringLiteral(text);
    expect(valueOf(literal)).toBe(text);
    expect(hasInvisible(literal)).toBe(false);
    expect(literal).not.toContain('\n');
  });

  it('stands in a key of a type', () => {
    const source = `interface A { ${propertyKey(text)}: string }`;
    expect(parseSync('a.ts', source).errors).toEqual([]);
  });

  it('stands in an expression as a value and as a key', () => {
    const value = Object.fromEntries([[text, [text, { [`${text}x`]: null }]]]);
    expect(JSON.stringify(valueOf(expression(value)))).toBe(JSON.stringify(value));
  });

  it('stands in JSON', () => {
    expect(JSON.parse(json([text]))).toEqual([text]);
    expect(hasInvisible(json([text]))).toBe(false);
  });

  it('stands in a doc comment, and is read as no tag and no directive', () => {
    const comment = docComment(commentLines(text));
    const { comments, errors, program } = parseSync('a.ts', `${comment}export const a = 1;`);
    expect(errors).toEqual([]);
    expect(comments).toHaveLength(text === '' ? 0 : 1);
    expect(program.body).toHaveLength(1);
    expect(hasInvisible(comment)).toBe(false);
    expect(comment).not.toMatch(/(^|[\s{*/])@\w/m);
  });
});

describe('docComment', () => {
  it('is one line where one is enough', () => expect(docComment(['A name.'])).toBe('/** A name. */\n'));
  it('has a star on each line', () =>
    expect(docComment(['A name.', '', '@deprecated'])).toBe('/**\n * A name.\n *\n * @deprecated\n */\n'));
  it('is nothing where nothing is said', () => expect(docComment([])).toBe(''));
  it('keeps the text, its lines and its indentation', () =>
    expect(commentLines('\n  Steps:\n\t- one \n\n  - two\n')).toEqual(['  Steps:', '  - one', '', '  - two']));
});

describe('propertyKey', () => {
  it.each([
    ['ownerId', 'ownerId'],
    ['$ref', '$ref'],
    ['default', 'default'],
    ['a-b', '"a-b"'],
    ['1a', '"1a"'],
    ['größe', '"größe"'],
    ['', '""'],
  ])('prints %j as %s', (key, expected) => expect(propertyKey(key)).toBe(expected));
});

describe('expression', () => {
  it('sets a key __proto__, not the prototype', () => {
    const value = JSON.parse('{"__proto__": {"a": 1}}') as never;
    expect(Object.keys(valueOf(expression(value)) as object)).toEqual(['__proto__']);
  });
});
