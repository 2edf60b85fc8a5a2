/** Whatever a schema file holds: a model, or findings that say where and what. Never an exception, never a hang. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildModel } from '../../src/model/build.js';
import type { Model } from '../../src/model/model.js';
import { printDiagnostics } from '../../src/report/print.js';
import { Report } from '../../src/report/report.js';
import { readSchemas } from '../../src/schemas/load.js';
import { parseSchemas } from '../../src/schemas/parse.js';
import { resolveSchemas } from '../../src/schemas/resolve.js';
import type { SchemaText } from '../../src/schemas/schema-file.js';
import { targets } from '../../src/targets/index.js';
import type { JsonValue } from '../../src/text/json.js';
import { NO_NAMES } from '../model-of.js';
import { optionsOf } from '../render-of.js';
import { byteChange, schemaChange } from './mutate.js';

/** The same files every time, unless somebody wants others: `SEED=7 npx vitest …`. A failure prints it. */
const seed = Number(process.env['SEED'] ?? 20_250_131);
/** Of one set, in milliseconds: a hundred times what the slowest needs. */
const SLOW = 5_000;

const root = fileURLToPath(new URL('../..', import.meta.url));
const texts = readSchemas({ root, folder: path.join(root, 'schemas') }, new Report());

const naming = {
  ...NO_NAMES,
  reservedMethods: new Set(targets.flatMap(({ reservedMethods }) => [...reservedMethods])),
  reservedTypes: new Set(targets.flatMap(({ reservedTypes }) => [...reservedTypes])),
};

function read(set: readonly SchemaText[]): { readonly model: Model; readonly report: Report } {
  const report = new Report();
  return { model: buildModel(resolveSchemas(parseSchemas(set, report), report), naming, report), report };
}

/** A file that is another. Its bytes stand in a text, which a failure prints: a letter is a byte. */
interface Spoiled {
  readonly name: string;
  readonly text: string;
}

/** This repository's schemas with one file spoiled. */
const setOf = (spoiled: Spoiled): readonly SchemaText[] =>
  texts.map((text) => (text.name === spoiled.name ? { ...text, bytes: Buffer.from(spoiled.text, 'latin1') } : text));

const print = (schema: JsonValue): Buffer => Buffer.from(JSON.stringify(schema, null, 2));
const parse = ({ bytes }: SchemaText): JsonValue => JSON.parse(Buffer.from(bytes).toString()) as JsonValue;

const file = fc.constantFrom(...texts);

/** Files that are JSON still, with a few other values. */
const strangeFiles: fc.Arbitrary<Spoiled> = fc
  .tuple(file, fc.array(schemaChange, { minLength: 1, maxLength: 4 }))
  .map(([text, changes]) => {
    const schema = changes.reduce((given, change) => change(given), parse(text));
    return { name: text.name, text: print(schema).toString('latin1') };
  });

/** Files of other bytes. */
const brokenFiles: fc.Arbitrary<Spoiled> = fc
  .tuple(file, fc.array(byteChange, { minLength: 1, maxLength: 3 }))
  .map(([{ name, bytes }, changes]) => {
    const text = changes.reduce((given, change) => change(given), Buffer.from(bytes).toString('latin1'));
    return { name, text };
  });

/** What is wrong with the findings, a line for each. */
function faultsOf(spoiled: Spoiled): readonly string[] {
  const set = setOf(spoiled);
  const start = performance.now();
  const { report } = read(set);
  const printed = printDiagnostics(report.diagnostics, { color: false });
  const time = performance.now() - start;
  const names = new Set(set.map(({ path: name }) => name));
  const vague = report.diagnostics.filter(
    ({ code, message, places }) =>
      !/^[a-z]+\/[a-z-]+$/.test(code) ||
      message.trim() === '' ||
      places.length === 0 ||
      places.some((at) => !names.has(at.file) || !((at.line ?? 0) >= 1) || !((at.column ?? 0) >= 1)),
  );
  return [
    ...vague.map((found) => JSON.stringify(found)),
    ...(printed.includes('\u001b') ? ['a finding steers the terminal'] : []),
    ...(time > SLOW ? [`it took ${Math.round(time)} ms`] : []),
  ];
}

describe('of random changes to the schemas', () => {
  it.each([
    ['values', strangeFiles],
    ['bytes', brokenFiles],
  ])('of %s: a model, or findings with their places', (_, files) => {
    fc.assert(
      fc.property(files, (spoiled) => {
        expect(faultsOf(spoiled)).toEqual([]);
      }),
      { numRuns: 250, seed },
    );
  });

  it('whatever gives a model gives packages that hold together', async () => {
    let rendered = 0;
    await fc.assert(
      fc.asyncProperty(strangeFiles, async (spoiled) => {
        const { model, report } = read(setOf(spoiled));
        if (report.hasErrors) return;
        for (const target of targets) await target.verify(await target.render(model, optionsOf(), report), report);
        expect(report.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
        rendered += 1;
      }),
      { numRuns: 30, seed },
    );
    expect(rendered).toBeGreaterThan(5);
  });
});
