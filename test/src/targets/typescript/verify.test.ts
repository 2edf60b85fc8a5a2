/** What the compiler says of a package, in one piece or in many. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { RenderedFile } from '../../../../src/render/engine.js';
import { renderTypeScript, verifyTypeScript } from '../../../render-of.js';

const string = { type: 'string' };
const TYPES = 'typescript/src/types.ts';
const CLIENT = 'typescript/src/client.ts';

let files: readonly RenderedFile[] = [];
beforeAll(async () => {
  const object = (...keys: string[]): object => ({
    type: 'object',
    properties: Object.fromEntries(keys.map((key) => [key, { ...string, description: `The ${key}.` }])),
    required: keys.slice(0, 1),
  });
  const schemas = { one: object('id', 'name'), two: object('path'), three: { type: 'array', items: string } };
  ({ files } = await renderTypeScript(schemas));
});

const edited = (path: string, from: string, to: string): readonly RenderedFile[] =>
  files.map((file) => {
    if (file.path === path) expect(file.text).toContain(from);
    return file.path === path ? { ...file, text: file.text.replace(from, to) } : file;
  });

describe('verifyPackage', () => {
  it('finds nothing wrong with what is right, once and again', async () => {
    expect(await verifyTypeScript(files)).toEqual([]);
    expect(await verifyTypeScript(files)).toEqual([]);
  });

  it.each([
    ['a payload', TYPES, 'path: string', 'path: Strin', /TS2552: Cannot find name 'Strin'/],
    ['the syntax of a payload', TYPES, 'path: string', 'path: string]', /TS1\d\d\d: /],
    ['a field that is there twice', TYPES, 'path: string;', 'path: string;\n  path: number;', /TS2300: Duplicate/],
    ['a comment that ends too early', TYPES, 'The path.', 'The path. */ x', /TS1\d\d\d: /],
    ['a table', TYPES, ': TwoMessage;', ': TwoMassage;', /TS2\d+: .*TwoMassage/],
    [
      'a declaration that is there twice',
      TYPES,
      'export interface TwoMessage',
      'export interface OneMessage',
      /TS\d+: /,
    ],
    ['a method', CLIENT, 'MessageTypes.TWO, data', 'MessageTypes.ONE, data', /TS2\d+: .*TwoMessage/],
    ['the comment of a method', CLIENT, 'Enqueues `two`.', 'Enqueues `two`. */ x', /TS1\d\d\d: /],
  ])('finds what is wrong with %s, in a run after one without fault', async (_, path, from, to, message) => {
    expect(await verifyTypeScript(files)).toEqual([]);
    const found = await verifyTypeScript(edited(path, from, to));
    expect(found.join('\n')).toMatch(message);
    expect(found.some((line) => line.startsWith(`${path}:`))).toBe(true);
    expect(await verifyTypeScript(files)).toEqual([]);
  });

  it('asks again for what changed, and for what is made of it', async () => {
    expect(await verifyTypeScript(edited(TYPES, 'name?: string', 'name?: TwoMessage'))).toEqual([]);
    const broken = edited(TYPES, 'name?: string', 'name?: TwoMessage').map((file) =>
      file.path === TYPES ? { ...file, text: file.text.replace('interface TwoMessage', 'interface TwoMassage') } : file,
    );
    expect((await verifyTypeScript(broken)).join('\n')).toContain("Cannot find name 'TwoMessage'");
  });
});
