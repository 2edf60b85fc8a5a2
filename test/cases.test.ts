/**
 * Each folder of `test/cases/` shows one thing: `schemas/` goes in, `diagnostics.txt` holds what the terminal shows.
 * `UPDATE=1` writes it anew; read its diff.
 */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { buildModel, type Naming } from '../src/model/build.js';
import { printDiagnostics } from '../src/report/print.js';
import { Report } from '../src/report/report.js';
import { readSchemas } from '../src/schemas/load.js';
import { parseSchemas } from '../src/schemas/parse.js';
import { resolveSchemas } from '../src/schemas/resolve.js';
import { targets } from '../src/targets/index.js';

const casesFolder = fileURLToPath(new URL('cases/', import.meta.url));
const names = fs
  .readdirSync(casesFolder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .toSorted();

/** What the config of a case says; `case.json` holds what differs. */
function namingOf(root: string): Naming {
  const file = path.join(root, 'case.json');
  const own = fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as Partial<Naming>) : {};
  return {
    reservedTypes: new Set(targets.flatMap(({ reservedTypes }) => [...reservedTypes])),
    reservedMethods: new Set(targets.flatMap(({ reservedMethods }) => [...reservedMethods])),
    readmeExample: null,
    directions: {},
    ...own,
  };
}

/** What a run over the case's schemas prints, without colour. */
function diagnose(root: string): string {
  const report = new Report();
  const texts = readSchemas({ root, folder: path.join(root, 'schemas') }, report);
  buildModel(resolveSchemas(parseSchemas(texts, report), report), namingOf(root), report);
  return printDiagnostics(report.diagnostics, { color: false });
}

describe('the cases', () => {
  it('are at least forty', () => expect(names.length).toBeGreaterThanOrEqual(40));

  it.each(names)('%s', async (name) => {
    const root = path.join(casesFolder, name);
    const golden = path.join(root, 'diagnostics.txt');
    const printed = diagnose(root);
    if (process.env['UPDATE'] === '1') fs.writeFileSync(golden, printed);
    expect(printed).toBe(fs.readFileSync(golden, 'utf8'));
  });
});
