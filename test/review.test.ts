/** What a reviewer of a pull request sees: a change of the schemas touches the lines that belong to it, and no other. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { diffLines } from 'diff';
import { describe, expect, it } from 'vitest';
import { loadOptions } from '../src/options/load.js';
import { preparePlan } from '../src/pipeline.js';
import { Report } from '../src/report/report.js';
import { makeFolder } from './temp-folder.js';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Path below `generated/` to text. */
type Files = Readonly<Record<string, string>>;
type Schema = Record<string, unknown> & { properties: Record<string, Record<string, unknown>> };

/** What would be generated from this repository's schemas after a change of them. */
async function generate(change: (folder: string) => void = () => {}): Promise<Files> {
  const folder = makeFolder();
  fs.cpSync(path.join(root, 'schemas'), path.join(folder, 'schemas'), { recursive: true });
  fs.copyFileSync(path.join(root, 'package.json'), path.join(folder, 'package.json'));
  change(path.join(folder, 'schemas'));
  const { options } = await loadOptions({ root: folder, kind: 'caller', given: {} });
  const { plan } = await preparePlan(options, new Report(), { force: false });
  return Object.fromEntries(plan.files.map((file) => [file.path, file.wanted ?? '']));
}

const fileOf = (folder: string, type: string): string => path.join(folder, `${type}.schema.json`);

const edit = (type: string, change: (schema: Schema) => void) => (folder: string) => {
  const file = fileOf(folder, type);
  const schema = JSON.parse(fs.readFileSync(file, 'utf8')) as Schema;
  change(schema);
  fs.writeFileSync(file, JSON.stringify(schema, null, 2));
};

interface Changes {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** The lines of a diff, of all files together, without blank ones. */
function changesOf(before: Files, after: Files): Changes {
  const paths = new Set([...Object.keys(before), ...Object.keys(after)]);
  const parts = [...paths].flatMap((file) => diffLines(before[file] ?? '', after[file] ?? ''));
  const linesOf = (kind: 'added' | 'removed'): readonly string[] =>
    parts.filter((part) => part[kind]).flatMap(({ value }) => value.split('\n').filter((line) => line.trim() !== ''));
  return { added: linesOf('added'), removed: linesOf('removed') };
}

/** A message of its own shape, between others in the order of names. */
const NEW = {
  description: 'Prints a label.',
  type: 'object',
  properties: {
    labelId: { type: 'string', description: 'The label to print.' },
    copies: { type: 'integer', description: 'How often.', minimum: 1 },
    size: { type: 'object', properties: { width: { type: 'number' } }, required: ['width'] },
  },
  required: ['labelId'],
};
const NEW_TYPE = 'label-print-request';

const addMessage = (folder: string): void => fs.writeFileSync(fileOf(folder, NEW_TYPE), JSON.stringify(NEW));

describe('the diff of a pull request', () => {
  it('that adds a message has no line but new ones', async () => {
    const { added, removed } = changesOf(await generate(), await generate(addMessage));
    expect(removed).toEqual([]);
    expect(added.filter((line) => /label-?_?print/i.test(line)).length).toBeGreaterThan(10);
  });

  it('that removes a message has no line but old ones', async () => {
    const { added, removed } = changesOf(await generate(addMessage), await generate());
    expect(added).toEqual([]);
    expect(removed.filter((line) => /label-?_?print/i.test(line)).length).toBeGreaterThan(10);
  });

  it('that rewords a field has the lines with the words, old and new', async () => {
    const old = 'A description of the model.';
    const now = 'What the model is, in the words of its author.';
    const reword = edit('model-discovery-scan-found-event', ({ properties }) => {
      properties['description'] = { ...properties['description'], description: now };
    });
    const { added, removed } = changesOf(await generate(), await generate(reword));
    expect(removed.length).toBeGreaterThan(3);
    expect(removed.filter((line) => !line.includes(old))).toEqual([]);
    expect(added).toEqual(removed.map((line) => line.replace(old, now)));
  });

  it('that deprecates a field has the lines of its documentation', async () => {
    const words = 'The ID of the library to scan.';
    const deprecate = edit('model-discovery-scan-request', ({ properties }) => {
      properties['libraryId'] = { deprecated: true, ...properties['libraryId'] };
    });
    const { added, removed } = changesOf(await generate(), await generate(deprecate));
    expect(added.length).toBeGreaterThan(3);
    expect(added.filter((line) => !/deprecated/i.test(line))).toEqual([]);
    expect(removed.filter((line) => !line.includes(words))).toEqual([]);
  });
});
