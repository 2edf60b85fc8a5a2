/** The sets that the bench measures are what the bench says of them. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, it } from 'vitest';
import { makeSchema, messageType, writeSet } from './sets.js';

const folder = mkdtempSync(path.join(tmpdir(), 'sets-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

const inside = (schema: Schema): Schema[] => [
  ...Object.values(schema.properties ?? {}),
  ...(schema.items ? [schema.items] : []),
];
const fields = (schema: Schema): number =>
  Object.keys(schema.properties ?? {}).length + inside(schema).reduce((sum, child) => sum + fields(child), 0);
const levels = (schema: Schema): number =>
  Math.max(0, ...inside(schema).map(levels)) + (schema.properties === undefined ? 0 : 1);

describe('a schema set', () => {
  it('has 30 fields a message, on three levels', () => {
    for (const index of [0, 1, 69, 9_999]) {
      expect(fields(makeSchema(index))).toBe(30);
      expect(levels(makeSchema(index))).toBe(3);
    }
  });

  it('names ten thousand messages apart, each a message type', () => {
    const names = Array.from({ length: 10_000 }, (_, index) => messageType(index));
    expect(new Set(names).size).toBe(10_000);
    expect(names.filter((name) => !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))).toEqual([]);
  });

  it('is the same every time, and a larger one begins with the smaller', () => {
    const texts = (name: string, count: number): Map<string, string> =>
      new Map(
        writeSet(path.join(folder, name), count).map((file) => [path.basename(file), readFileSync(file, 'utf8')]),
      );
    const small = texts('small', 5);
    expect(texts('again', 5)).toEqual(small);
    const large = texts('large', 9);
    for (const [name, text] of small) expect(large.get(name)).toBe(text);
  });

  it('is made of valid schemas', () => {
    const ajv = new Ajv2020({ strict: true });
    for (const index of [0, 1, 69]) expect(() => ajv.compile(makeSchema(index))).not.toThrow();
  });
});
