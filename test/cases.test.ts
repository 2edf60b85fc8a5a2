/**
 * Each folder of `test/cases/` shows one thing: `schemas/` goes in, `diagnostics.txt` holds what the terminal shows,
 * and `expected/`, where there is one, the payload types of every target. `UPDATE=1` writes them anew; read the diff.
 */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { buildModel, type Naming } from '../src/model/build.js';
import type { Model } from '../src/model/model.js';
import { printDiagnostics } from '../src/report/print.js';
import { Report } from '../src/report/report.js';
import { readSchemas } from '../src/schemas/load.js';
import { parseSchemas } from '../src/schemas/parse.js';
import { resolveSchemas } from '../src/schemas/resolve.js';
import { targets } from '../src/targets/index.js';
import { optionsOf } from './render-of.js';
import { writeFiles } from './temp-folder.js';

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

interface CaseResult {
  readonly model: Model;
  /** What a run over the schemas prints, without colour. */
  readonly printed: string;
}

function runCase(root: string): CaseResult {
  const report = new Report();
  const texts = readSchemas({ root, folder: path.join(root, 'schemas') }, report);
  const model = buildModel(resolveSchemas(parseSchemas(texts, report), report), namingOf(root), report);
  return { model, printed: printDiagnostics(report.diagnostics, { color: false }) };
}

/** The files that a reviewer reads first, of every target. */
async function renderReviewed(model: Model): Promise<ReadonlyMap<string, string>> {
  const options = optionsOf();
  const rendered = await Promise.all(targets.map((target) => target.render(model, options, new Report())));
  const reviewed = new Set(targets.flatMap((target) => target.reviewed(options)));
  return new Map(rendered.flat().flatMap(({ path: file, text }) => (reviewed.has(file) ? [[file, text]] : [])));
}

const filesOf = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    fs
      .readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => [path.relative(folder, file).split(path.sep).join('/'), fs.readFileSync(file, 'utf8')]),
  );

describe('the cases', () => {
  it('are at least forty', () => expect(names.length).toBeGreaterThanOrEqual(40));

  it.each(names)('%s', (name) => {
    const root = path.join(casesFolder, name);
    const golden = path.join(root, 'diagnostics.txt');
    const { printed } = runCase(root);
    if (process.env['UPDATE'] === '1') fs.writeFileSync(golden, printed);
    expect(printed).toBe(fs.readFileSync(golden, 'utf8'));
  });
});

describe('the types of', () => {
  const shown = names.filter((name) => fs.existsSync(path.join(casesFolder, name, 'expected')));
  it.each(shown)('%s', async (name) => {
    const root = path.join(casesFolder, name);
    const golden = path.join(root, 'expected');
    const rendered = await renderReviewed(runCase(root).model);
    if (process.env['UPDATE'] === '1') {
      fs.rmSync(golden, { recursive: true });
      writeFiles(golden, Object.fromEntries(rendered));
    }
    expect(rendered).toEqual(filesOf(golden));
  });
});
