/** What holds for every set of schemas and every target: the same bytes, and no line that belongs to another message. */
import { diffLines } from 'diff';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Report } from '../src/report/report.js';
import { targets } from '../src/targets/index.js';
import { makeSchema, messageType } from './bench/sets.js';
import { modelOf } from './model-of.js';
import { optionsOf } from './render-of.js';

type Schemas = Readonly<Record<string, unknown>>;

const reserved = {
  reservedMethods: new Set(targets.flatMap(({ reservedMethods }) => [...reservedMethods])),
  reservedTypes: new Set(targets.flatMap(({ reservedTypes }) => [...reservedTypes])),
};

/** The message that opens the READMEs is the same, whatever else there is. */
const FIRST = { 'a-first-request': { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] } };

/** Every file that depends on the schemas, by its path. */
async function render(schemas: Schemas): Promise<ReadonlyMap<string, string>> {
  const model = modelOf({ ...FIRST, ...schemas }, { ...reserved, readmeExample: 'a-first-request' });
  const rendered = await Promise.all(targets.map((target) => target.render(model, optionsOf(), new Report())));
  const own = rendered.flat().filter(({ origin }) => origin !== 'copy');
  return new Map(own.map(({ path, text }) => [path, text]));
}

const setOf = (numbers: readonly number[]): Schemas =>
  Object.fromEntries(numbers.map((number) => [messageType(number), makeSchema(number)]));

/** The lines that differ, with a sign in front: `+` or `-`. */
function changedLines(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((file) =>
    diffLines(before.get(file) ?? '', after.get(file) ?? '')
      .filter(({ added, removed }) => added || removed)
      .flatMap(({ value, added }) =>
        value
          .trimEnd()
          .split('\n')
          .map((line) => `${added ? '+' : '-'}${line}`),
      ),
  );
}

const numbers = fc.uniqueArray(fc.nat({ max: 500 }), { minLength: 1, maxLength: 6 });

describe('rendering', () => {
  it('gives the same bytes again, in whatever order the files are read', async () => {
    await fc.assert(
      fc.asyncProperty(numbers, async (set) => {
        const first = await render(setOf(set));
        expect(await render(setOf(set.toReversed()))).toEqual(first);
      }),
      { numRuns: 10 },
    );
  });

  it('adds lines and changes none when a message is added, wherever it sorts', async () => {
    await fc.assert(
      fc.asyncProperty(numbers, fc.integer({ min: 501, max: 600 }), async (set, added) => {
        const before = await render(setOf(set));
        const after = await render(setOf([...set, added]));
        expect(changedLines(before, after).filter((line) => line.startsWith('-'))).toEqual([]);
      }),
      { numRuns: 10 },
    );
  });

  it('touches only the lines of a field when its description changes', async () => {
    const schema = (description: string): Schemas => ({
      'b-request': { type: 'object', properties: { id: { type: 'string' }, size: { type: 'number', description } } },
    });
    const before = await render(schema('The old words.'));
    const lines = changedLines(before, await render(schema('The new words.')));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter((line) => !/^[+-].*The (old|new) words\./.test(line))).toEqual([]);
  });

  it('only adds lines when a field is deprecated', async () => {
    const schema = (more: object): Schemas => ({
      'b-request': { type: 'object', properties: { id: { type: 'string', ...more }, size: { type: 'number' } } },
    });
    // In JSON, and in validators that hold it, the line above an added one gets a comma.
    const code = async (more: object): Promise<ReadonlyMap<string, string>> =>
      new Map([...(await render(schema(more)))].filter(([file]) => !/\.json$|\/validators\/.*\.js$/.test(file)));
    const lines = changedLines(await code({}), await code({ deprecated: true }));
    expect(lines.some((line) => line.includes('@deprecated'))).toBe(true);
    const others = lines.filter((line) => !/deprecated/i.test(line) && !line.includes('`id`'));
    expect(others.filter((line) => /\w/.test(line))).toEqual([]);
  });
});
