import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Options } from '../../../src/options/options.js';
import { settleOptions } from '../../../src/options/settle.js';
import { type MemoryPlace, openMemory } from '../../../src/output/cache.js';
import { readOutput, writePlan } from '../../../src/output/disk.js';
import { planOutput } from '../../../src/output/plan.js';
import { diagnostic, Report } from '../../../src/report/report.js';
import { readSchemas } from '../../../src/schemas/load.js';
import { makeFolder, writeFiles } from '../../temp-folder.js';

const WARNING = diagnostic('schema/empty-enum', {
  message: 'enum lists no value',
  at: { file: 'schemas/a.schema.json' },
});
const OF_NO_RUN = [
  diagnostic('input/stray-file', { message: 'this file is not read' }),
  diagnostic('output/healed', { message: 'an earlier run did not finish' }),
];
const PATHS = ['.gen-worker-client', '.gitattributes', 'typescript/a.ts'];

function makeProject(files: Readonly<Record<string, string>> = {}): string {
  const root = makeFolder({ 'schemas/a.schema.json': '{}', 'templates/typescript/x.hbs': 'x', ...files });
  fs.mkdirSync(path.join(root, 'node_modules'));
  return root;
}

function open(root: string, given: Partial<Options> = {}): MemoryPlace {
  const { options } = settleOptions(root, [{ kind: 'caller', values: { templates: 'templates' }, folder: root }]);
  const schemas = readSchemas({ folder: options.schemas, root }, new Report());
  return openMemory({ options: { ...options, ...given }, schemas });
}

const recalled = async (root: string): Promise<readonly string[] | undefined> =>
  (await open(root).recall())?.plan.files.map((file) => file.path);

/** A run that makes one file. */
async function run(root: string, text = '1\n'): Promise<void> {
  const place = { out: path.join(root, 'generated'), root };
  const report = new Report();
  const rendered = [{ path: 'typescript/a.ts', text }];
  const onDisk = await readOutput(place, ['typescript/a.ts'], report);
  const plan = planOutput({ rendered, onDisk, otherTargets: [], reviewed: [], force: false }, report);
  open(root).remember(await writePlan(plan, place, report), [WARNING, ...OF_NO_RUN]);
  expect(report.hasErrors).toBe(false);
}

describe('a memory', () => {
  it('knows a run with nothing to do, and what that run warned of', async () => {
    const root = makeProject();
    expect(await open(root).recall()).toBeNull();
    await run(root);
    const known = await open(root).recall();
    expect(known?.plan.hasWork).toBe(false);
    expect(known?.plan.files.map(({ action }) => action)).toEqual(['keep', 'keep', 'keep']);
    expect(known?.diagnostics).toEqual([WARNING]);
    expect(await recalled(root)).toEqual(PATHS);
  });

  it('is made by a run that had nothing to write, too', async () => {
    const root = makeProject();
    await run(root);
    fs.rmSync(path.join(root, 'node_modules/.cache'), { recursive: true });
    await run(root);
    expect(await recalled(root)).toEqual(PATHS);
  });

  it.each<[string, (root: string) => void]>([
    ['a schema changed', (root) => writeFiles(root, { 'schemas/a.schema.json': '{ }' })],
    ['a schema came', (root) => writeFiles(root, { 'schemas/b.schema.json': '{}' })],
    [
      'a schema changed its name',
      (root) => fs.renameSync(`${root}/schemas/a.schema.json`, `${root}/schemas/b.schema.json`),
    ],
    ['a template changed', (root) => writeFiles(root, { 'templates/typescript/x.hbs': 'y' })],
    ['a template came', (root) => writeFiles(root, { 'templates/typescript/y.hbs': '' })],
    ['a file was edited', (root) => writeFiles(root, { 'generated/typescript/a.ts': '2\n' })],
    ['a file was deleted', (root) => fs.rmSync(`${root}/generated/typescript/a.ts`)],
    ['the list was edited', (root) => fs.appendFileSync(`${root}/generated/.gen-worker-client`, 'typescript/b.ts\n')],
    ['an earlier run died', (root) => writeFiles(root, { 'generated/.gen-worker-client.lock': '# A run\nnobody\n' })],
    ['the output is gone', (root) => fs.rmSync(`${root}/generated`, { recursive: true })],
    [
      'a folder became a link that leads out',
      (root) => {
        fs.renameSync(`${root}/generated/typescript`, `${root}/elsewhere`);
        fs.symlinkSync('../elsewhere', `${root}/generated/typescript`);
      },
    ],
  ])('does not stand when %s', async (_, change) => {
    const root = makeProject();
    await run(root);
    change(root);
    expect(await open(root).recall()).toBeNull();
  });

  it.each<[string, Partial<Options>]>([
    ['another option', { openObjects: 'index-signature' }],
    ['another target', { targets: [] }],
    ['another output folder', { out: '/elsewhere' }],
    ['no templates of the user', { templates: null }],
  ])('is not that of a run with %s', async (_, given) => {
    const root = makeProject();
    await run(root);
    expect(await open(root, given).recall()).toBeNull();
  });

  it('goes by what files hold, not by their times', async () => {
    const root = makeProject();
    await run(root);
    const { mtime } = fs.statSync(`${root}/schemas/a.schema.json`);
    writeFiles(root, { 'schemas/a.schema.json': '[]' });
    fs.utimesSync(`${root}/schemas/a.schema.json`, mtime, mtime);
    expect(await open(root).recall()).toBeNull();
    writeFiles(root, { 'schemas/a.schema.json': '{}' });
    expect(await open(root).recall()).not.toBeNull();
  });

  it('is still good when the project moves', async () => {
    const root = makeProject();
    await run(root);
    const moved = path.join(makeFolder(), 'moved');
    fs.cpSync(root, moved, { recursive: true });
    expect(await recalled(moved)).toEqual(PATHS);
  });

  it('is not believed when it is damaged', async () => {
    const root = makeProject();
    await run(root);
    const folder = `${root}/node_modules/.cache/gen-worker-client`;
    const [name = ''] = fs.readdirSync(folder);
    const text = fs.readFileSync(`${folder}/${name}`, 'utf8');
    for (const damaged of ['', text.slice(0, -9), text.replace('enum lists', 'enum list'), '\0\0\0', '{}']) {
      fs.writeFileSync(`${folder}/${name}`, damaged);
      expect(await open(root).recall()).toBeNull();
    }
  });

  it('lies in the nearest node_modules folder, and nowhere when there is none', async () => {
    const root = makeProject({ 'packages/one/schemas/a.schema.json': '{}', 'packages/one/templates/a': '' });
    await run(path.join(root, 'packages/one'));
    expect(await open(path.join(root, 'packages/one')).recall()).not.toBeNull();
    expect(fs.readdirSync(`${root}/packages/one`).toSorted()).toEqual(['generated', 'schemas', 'templates']);
    fs.rmSync(`${root}/node_modules`, { recursive: true });
    await run(path.join(root, 'packages/one'));
    expect(fs.readdirSync(root).toSorted()).toEqual(['packages', 'schemas', 'templates']);
  });

  it('is none where its folder cannot be written', async () => {
    const root = makeProject();
    writeFiles(root, { 'node_modules/.cache': 'a file\n' });
    await run(root);
    expect(await open(root).recall()).toBeNull();
    expect(fs.readFileSync(`${root}/node_modules/.cache`, 'utf8')).toBe('a file\n');
  });

  it('does not grow for ever', async () => {
    const root = makeProject();
    const folder = `${root}/node_modules/.cache/gen-worker-client`;
    for (let index = 0; index < 50; index += 1) writeFiles(folder, { [`${index}.txt`]: '' });
    await run(root);
    expect(fs.readdirSync(folder)).toHaveLength(32);
    expect(await open(root).recall()).not.toBeNull();
  });
});
