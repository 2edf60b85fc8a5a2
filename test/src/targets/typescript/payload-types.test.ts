/** Shapes in, TypeScript declarations out. */
import { describe, expect, it } from 'vitest';
import { NO_FACTS } from '../../../../src/model/facts.js';
import { formatTypeScript } from '../../../../src/render/format.js';
import type { Field, Shape } from '../../../../src/model/model.js';
import { printTypes } from '../../../../src/targets/typescript/payload-types.js';

const string: Shape = { kind: 'string' };
const number: Shape = { kind: 'number', integer: false };
const nothing: Shape = { kind: 'null' };
const unknown: Shape = { kind: 'unknown' };
const literal = (...values: (string | number | boolean | null)[]): Shape => ({ kind: 'literal', values });
const field = (key: string, shape: Shape, more: Partial<Field> = {}): Field => ({
  key,
  shape,
  required: true,
  doc: '',
  facts: NO_FACTS,
  ...more,
});
const object = (fields: readonly Field[], additional: Shape | false | 'undeclared' = 'undeclared'): Shape => ({
  kind: 'object',
  fields,
  additional,
});
const reference = (name: string): Shape => ({ kind: 'reference', name });

async function print(shape: Shape, openObjects: 'declared' | 'index-signature' = 'declared'): Promise<string> {
  const types = await printTypes([{ name: 'V3dThing', doc: '', facts: NO_FACTS, shape }], openObjects);
  return (await formatTypeScript(`\n\n${types.get('V3dThing') ?? ''}`)).trim();
}
const alias = async (shape: Shape): Promise<string> => (await print(shape)).replace('export type V3dThing = ', '');

describe('printTypes', () => {
  it('prints an object as an interface, one field a line, in the order of the schema', async () => {
    const shape = object([
      field('z', string, { doc: 'The last letter.' }),
      field('a', number, { required: false }),
      field('owner', object([field('id', string, { doc: 'Two\nlines.' })]), { required: false }),
    ]);
    expect(await print(shape)).toBe(`export interface V3dThing {
  /** The last letter. */
  z: string;
  a?: number;
  owner?: {
    /**
     * Two
     * lines.
     */
    id: string;
  };
}`);
  });

  it.each<[string, Shape, string]>([
    ['literals', literal('a', 1, true, null), `'a' | 1 | true | null;`],
    ['a union', { kind: 'union', members: [literal('a', 'b'), number, nothing] }, `'a' | 'b' | number | null;`],
    ['nothing', { kind: 'never' }, 'never;'],
    ['no literal', { kind: 'literal', values: [] }, 'never;'],
    ['literal lists', { kind: 'literal', values: [[1, { a: [] }], {}] }, '[1, { a: [] }] | Record<string, never>;'],
    [
      'an array of a union',
      { kind: 'array', items: { kind: 'union', members: [string, nothing] } },
      '(string | null)[];',
    ],
    ['an array of a reference', { kind: 'array', items: reference('Other') }, 'Other[];'],
    ['a closed tuple', { kind: 'tuple', items: [string, number], required: 1, rest: false }, '[string, number?];'],
    [
      'an open tuple',
      { kind: 'tuple', items: [literal('a', 'b')], required: 0, rest: { kind: 'union', members: [string, nothing] } },
      `[('a' | 'b')?, ...(string | null)[]];`,
    ],
    ['an empty tuple', { kind: 'tuple', items: [], required: 0, rest: false }, '[];'],
    ['a free object', object([]), 'Record<string, unknown>;'],
    ['an empty object', object([], false), 'Record<string, never>;'],
    ['a list of maps', { kind: 'array', items: object([], reference('Other')) }, 'Record<string, Other>[];'],
    [
      'an extension',
      { kind: 'intersection', members: [reference('Base'), object([field('a', string)])] },
      'Base & {\n  a: string;\n};',
    ],
    [
      'a map of its own kind',
      { kind: 'union', members: [string, object([], reference('V3dThing'))] },
      'export type V3dThing =\n  | string\n  | {\n      [key: string]: V3dThing;\n    };',
    ],
  ])('prints %s', async (_name, shape, expected) => expect(await alias(shape)).toBe(expected));

  it('lets any object be one whose fields are all optional', async () => {
    const shape = object([field('size', number, { required: false })]);
    expect(await print(shape)).toBe('export type V3dThing = {\n  size?: number;\n} & object;');
    expect(await print(shape, 'index-signature')).toMatch(/^export interface/);
    expect(await print({ ...shape, additional: false } as Shape)).toMatch(/^export interface/);
  });

  it('prints a map beside declared names so that it contradicts none of them', async () => {
    const shape = object([field('id', string), field('size', number, { required: false })], { kind: 'boolean' });
    expect(await print(shape)).toContain('[key: string]: boolean | string | number | undefined;');
  });

  it('prints an index signature for an open object when it is asked to', async () => {
    expect(await print(object([field('id', string)]), 'index-signature')).toContain('[key: string]: unknown;');
    expect(await print(object([field('id', string)], false), 'index-signature')).not.toContain('[key: string]');
  });

  it('quotes keys that are no identifiers, and takes any name for data', async () => {
    const keys = [
      'a-b',
      '1',
      'a"b',
      '\u202e',
      '__proto__',
      'constructor',
      'hasOwnProperty',
      '$ref',
      '$defs',
      'length',
      '',
    ];
    const text = await print(object(keys.map((key) => field(key, unknown))));
    const printed = text
      .split('\n')
      .slice(1, -1)
      .map((line) => line.trim().replace(': unknown;', ''));
    expect(printed).toEqual([
      `'1'`,
      `'a-b'`,
      `'a"b'`,
      `'\\u202e'`,
      '__proto__',
      'constructor',
      'hasOwnProperty',
      '$ref',
      '$defs',
      'length',
      `''`,
    ]);
  });

  it('says in the comment what the type cannot say', async () => {
    const facts = {
      ...NO_FACTS,
      deprecated: true,
      sensitive: true,
      defaultValue: ['x'],
      examples: ['a', 'b'],
      constraints: [
        ['format', 'uuid'],
        ['pattern', '^@a*/$'],
        ['minLength', 3],
        ['uniqueItems', true],
      ] as const,
    };
    expect(await print(object([field('id', string, { doc: 'An id.', facts })]))).toContain(`  /**
   * An id.
   *
   * @deprecated
   * @sensitive
   * @default "x"
   * @example "a"
   * @example "b"
   * @format uuid
   * @pattern ^@a*\\/$
   * @minLength 3
   * @uniqueItems
   */
  id: string;`);
  });

  it('prints the same again, and after a change only the changed', async () => {
    const [first, second] = await Promise.all([print(object([])), print(object([]))]);
    expect(second).toBe(first);
    expect(await print(object([field('a', string)]))).not.toBe(first);
  });
});
