/** Plain interfaces, laid out as Prettier lays them out; what is not plain is left to it. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatTypeScript } from '../../../src/render/format.js';
import { layOut } from '../../../src/render/layout.js';

const NAMES = ['id', 'ownerId', '$ref', '_x', 'default', 'constructor', 'a1', 'x'.repeat(60)];
const TYPES = [
  'string',
  'null',
  'unknown[]',
  'StorageLocation[][]',
  'Record<string, unknown>',
  'Record<string, Other>[]',
  '"a"',
  '-1.5',
  '("a" | "b")',
  '("a-b" | -1 | null)',
  '(string | null)',
  `(${Array.from({ length: 12 }, (_, index) => `"value-${index}"`).join(' | ')})`,
];
const COMMENTS = ['', '/** One line. */\n', '/**\n * Two\n *   lines.\n *\n * @minimum 0\n */\n'];

const field = fc.record({
  comment: fc.constantFrom(...COMMENTS),
  key: fc.constantFrom(...NAMES),
  optional: fc.boolean(),
  type: fc.constantFrom(...TYPES),
});
type Field = typeof field extends fc.Arbitrary<infer T> ? T : never;

const print = ({ comment, key, optional, type }: Field): string => `${comment}${key}${optional ? '?' : ''}: ${type}`;
const body = fc.uniqueArray(field, { minLength: 1, maxLength: 6, selector: ({ key }) => key });
const around = fc.constantFrom(['{', '}'], ['{', '}[]'], ['({', '} & object)'], ['({', '} & object)[]']);
const head = fc.constantFrom(
  ['export interface Some_Name1 {', '}'],
  ['export type SomeName = {', '}'],
  ['export type SomeName = ({', '} & object)'],
);
const declaration = fc
  .tuple(fc.constantFrom(...COMMENTS), head, body, body, around)
  .map(([comment, [first = '', last = ''], outer, inner, [start = '', end = '']]) => {
    const nested = `nested: ${start}\n${inner.map(print).join('\n')}\n${end}`;
    return `${comment}${first}\n${[...outer.map(print), nested, '[key: string]: unknown'].join('\n')}\n${last}`;
  });

describe('layOut', () => {
  it('does what Prettier does', async () => {
    let plain = 0;
    await fc.assert(
      fc.asyncProperty(declaration, async (text) => {
        const laid = layOut(text);
        if (laid === undefined) return;
        plain += 1;
        expect(`${laid}\n`).toBe(await formatTypeScript(text));
      }),
      { numRuns: 300 },
    );
    expect(plain).toBeGreaterThan(50);
  });

  it.each([
    ['a line that is too long', `export interface A {\na: ("${'x'.repeat(120)}" | "b")\n}`],
    ['an interface without fields', 'export interface A {\n}'],
    ['an object without fields', 'export interface A {\na: {\n}\n}'],
    ['a key in quotes', 'export interface A {\n"a-b": string\n}'],
    ['a quote in a literal', `export interface A {\na: "it's"\n}`],
    ['a tuple', 'export interface A {\na: [string, number]\n}'],
    ['an array of a union', 'export interface A {\na: (string | null)[]\n}'],
    ['an alias', 'export type A = string'],
    ['a class', 'export class A {\na = 1\n}'],
    ['what is not closed', 'export interface A {\na: string'],
    ['what is closed twice', 'export interface A {\na: string\n}\n}'],
  ])('leaves %s to Prettier', (_name, text) => expect(layOut(text)).toBeUndefined());
});
