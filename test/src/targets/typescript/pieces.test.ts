/** The types in pieces, which are judged one by one. */
import { describe, expect, it } from 'vitest';
import { cutClient, cutTypes, gatherPieces, withoutComments } from '../../../../src/targets/typescript/pieces.js';

const TYPES = `/** Generated. */
/* eslint-disable */

/** Constants. */
export const MessageTypes = {
  A: 'a',
} as const;

/** The payloads. */
export interface MessagePayloads {
  'a': AMessage;
  'b': BMessage;
}

/**
 * Like MessagePayloads.
 *
 * export interface Trap
 */
export interface AMessage {
  inner?: Inner;
}

/** b */
export type BMessage = AMessage | Other[];

export interface Inner {
  back: AMessage;
}

export interface Other {
  text: 'Inner';
}

export interface Alone {}`;

describe('cutTypes', () => {
  it('finds the declarations, and what each is made of', () => {
    const cut = cutTypes(TYPES);
    const closures = cut?.declarations.map(({ name, closure }) => [name, closure.map((one) => one.name).toSorted()]);
    expect(closures).toEqual([
      ['AMessage', ['AMessage', 'Inner']],
      ['BMessage', ['AMessage', 'BMessage', 'Inner', 'Other']],
      ['Inner', ['AMessage', 'Inner']],
      ['Other', ['AMessage', 'Inner', 'Other']],
      ['Alone', ['Alone']],
    ]);
  });

  it('leaves of an interface its name, and of an alias all that it is made of', () => {
    const { skeleton = '' } =
      cutTypes(TYPES.replace('AMessage | Other[]', 'Other[]').replace("'Inner'", 'string')) ?? {};
    expect(skeleton).toContain("export interface AMessage {\n  readonly AMessage: 'AMessage';\n}\n");
    expect(skeleton).toContain('export type BMessage = Other[];\n');
    expect(skeleton).toContain('export interface Other {\n  text: string;\n}\n');
    expect(skeleton).toContain("  'a': AMessage;\n");
  });

  it.each([
    ['a declaration without export', TYPES.replace('export interface Alone', 'export default interface Alone')],
    ['a name that is declared twice', TYPES.replace('Alone', 'Other')],
  ])('does not cut a module with %s', (_, text) => expect(cutTypes(text)).toBeNull());
});

describe('gatherPieces', () => {
  const { declarations } = cutTypes(TYPES) ?? { declarations: [] };
  const namesOf = (size: number): string[][] =>
    gatherPieces(declarations, size).map((piece) => piece.declarations.map(({ name }) => name));

  it('keeps together what belongs together', () => {
    expect(namesOf(1)).toEqual([['AMessage', 'Inner'], ['BMessage', 'AMessage', 'Other', 'Inner'], ['Alone']]);
    expect(namesOf(10_000)).toEqual([['AMessage', 'Inner', 'BMessage', 'Other', 'Alone']]);
  });

  it('makes modules of them', () => {
    expect(gatherPieces(declarations.slice(4), 1).map(({ text }) => text)).toEqual(['export interface Alone {}\n']);
    expect(gatherPieces([], 1)).toEqual([]);
  });
});

describe('withoutComments', () => {
  it('drops doc comments, and nothing that only looks like one', () => {
    expect(withoutComments('/** a */\nb\n  /**\n   * c *\\/\n   */\n  d\n')).toBe('b\n  d\n');
    const early = '/** a */ b */\nc\n';
    expect(withoutComments(early)).toBe(early);
    expect(withoutComments("a = '/** b */'\n")).toBe("a = '/** b */'\n");
  });
});

describe('cutClient', () => {
  const method = (name: string): string =>
    `  /**\n   * ${name}.\n   *\n   *   x(\n   */\n  ${name}(): void {\n    a;\n\n    b;\n  }`;
  const client = (...names: string[]): string =>
    ['import a;\n\nexport class Client {\n  x = 1;', ...names.map(method)].join('\n\n') + '\n}\n';

  it('makes classes of some methods each', () => {
    expect(cutClient(client('a', 'b', 'c'), 1)).toEqual([client('a'), client('b'), client('c')]);
    expect(cutClient(client('a', 'b', 'c'), method('a').length + 1)).toEqual([client('a', 'b'), client('c')]);
    expect(cutClient(client('a', 'b', 'c'), 10_000)).toEqual([client('a', 'b', 'c')]);
    expect(cutClient(client(), 1)).toEqual([client()]);
  });

  it('does not cut a class that has a method twice', () => expect(cutClient(client('a', 'b', 'a'), 1)).toBeNull());
});
