/** What `generate` says and does, and what it leaves alone. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder, writeFiles } from '../temp-folder.js';
import { SCHEMA, TYPES } from './generated-project.js';
import { runCli, schemaText } from './run-cli.js';

const project = (files: Readonly<Record<string, string>> = {}): string =>
  makeFolder({ [SCHEMA]: schemaText(), ...files });

/** Every file of a folder with its text and the time of its last change. */
function snapshot(folder: string): Readonly<Record<string, string>> {
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();
  const files = names.filter((name) => fs.statSync(path.join(folder, name)).isFile());
  return Object.fromEntries(
    files.map((name) => {
      const full = path.join(folder, name);
      return [name, `${fs.statSync(full).mtimeMs} ${fs.readFileSync(full, 'utf8')}`];
    }),
  );
}

describe('generate', () => {
  it('names each file that it creates, and sums up; the second time nothing changes', () => {
    const cwd = project();
    const first = runCli([], { cwd });
    expect([first.code, first.stderr]).toEqual([0, '']);
    const lines = first.stdout.trimEnd().split('\n');
    const created = lines.slice(0, -1).map((line) => line.replace(/^created {2}/, ''));
    const there = Object.keys(snapshot(cwd)).filter((name) => name.startsWith('generated/'));
    expect(created).toEqual(there);
    expect(lines.at(-1)).toBe(`generated: ${there.length} created`);

    const before = snapshot(cwd);
    const second = runCli(['generate'], { cwd });
    expect(second).toEqual({
      code: 0,
      stdout: `generated is up to date: ${there.length} files, nothing changed\n`,
      stderr: '',
    });
    expect(snapshot(cwd)).toEqual(before);
  });

  it('names each file that it updates and deletes', () => {
    const cwd = project({ 'templates/typescript/NOTES.md': 'Notes.\n' });
    const config = (text: string): void => writeFiles(cwd, { 'gen-worker-client.config.json': text });
    config('{"templates": "templates"}');
    expect(runCli([], { cwd }).code).toBe(0);
    config('{}');
    writeFiles(cwd, { [SCHEMA]: schemaText('fileId') });
    const { stdout } = runCli([], { cwd });
    expect(stdout).toContain(`\nupdated  ${TYPES}\n`);
    expect(stdout).toContain('\ndeleted  generated/typescript/NOTES.md\n');
    expect(stdout).toMatch(/\ngenerated: \d+ updated, 1 deleted, \d+ unchanged\n$/);
    expect(fs.existsSync(path.join(cwd, 'generated/typescript/NOTES.md'))).toBe(false);
  });

  it('writes nothing in a dry run, and says what it would do', () => {
    const cwd = project();
    const { code, stdout, stderr } = runCli(['--dry-run'], { cwd });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`created  ${TYPES}\n`);
    expect(stdout).toMatch(/\ngenerated \(dry run, nothing written\): \d+ created\n$/);
    expect(fs.readdirSync(cwd)).toEqual(['schemas']);
  });

  it('writes nothing when a schema is wrong, and shows every problem', () => {
    const cwd = project({ 'schemas/a.schema.json': '{', 'schemas/b.schema.json': '{"type": "strng"}' });
    const { code, stdout, stderr } = runCli([], { cwd });
    expect([code, stdout]).toEqual([2, '']);
    const codes = stderr.match(/^error \S+/gm);
    expect(codes).toEqual(['error json/syntax', 'error schema/unknown-type']);
    expect(stderr).toContain('\n  schemas/b.schema.json:1:10  #/type\n');
    expect(fs.readdirSync(cwd)).toEqual(['schemas']);
  });

  it('shows warnings before its answer', () => {
    const cwd = project({ [SCHEMA]: schemaText('modelId', { descriptionn: 'x' }) });
    const { code, stdout, stderr } = runCli([], { cwd });
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^warning schema\/unknown-keyword/)]);
    expect(stdout).toMatch(/created\n$/);
  });

  it('leaves a file of somebody else alone, unless it is forced', () => {
    const cwd = project({ [TYPES]: 'export const mine = 1;\n', 'generated/typescript/notes.txt': 'mine\n' });
    const first = runCli([], { cwd });
    expect([first.code, first.stdout]).toEqual([2, '']);
    expect(`\n${first.stderr}`).toMatchInlineSnapshot(`
      "
      error output/not-owned  a file that the generator does not own stands where it would write
        generated/typescript/src/types.ts
        help: move it away, or write over it with --force
      "
    `);
    expect(fs.readFileSync(path.join(cwd, TYPES), 'utf8')).toBe('export const mine = 1;\n');

    expect(runCli(['--force'], { cwd }).stdout).toContain(`updated  ${TYPES}\n`);
    expect(fs.readFileSync(path.join(cwd, 'generated/typescript/notes.txt'), 'utf8')).toBe('mine\n');
  });

  it('says that the output is a file', () => {
    const { code, stderr } = runCli([], { cwd: project({ generated: 'a file' }) });
    expect(code).toBe(2);
    expect(`\n${stderr}`).toMatchInlineSnapshot(`
      "
      error output/not-a-folder  the output path is not a folder
        generated
        help: name a folder with --out DIR
      "
    `);
  });

  it('says that the output cannot be written', () => {
    const cwd = project({ 'generated/typescript/src/runtime': 'a file in place of a folder' });
    const { code, stdout, stderr } = runCli([], { cwd });
    expect([code, stdout]).toEqual([2, '']);
    expect(`\n${stderr}`).toMatchInlineSnapshot(`
      "
      error output/not-owned  a file that the generator does not own stands where it would write
        generated/typescript/src/runtime
        help: move it away
      "
    `);
    expect(fs.readdirSync(path.join(cwd, 'generated/typescript'))).toEqual(['src']);
  });

  it('misses the schemas folder, and finds the one that was meant', () => {
    const { code, stderr } = runCli(['--schemas', 'schema'], { cwd: project() });
    expect(code).toBe(2);
    expect(`\n${stderr}`).toMatchInlineSnapshot(`
      "
      error input/no-folder  the schemas folder is not there
        schema
        help: did you mean schemas?
      "
    `);
  });

  it('misses a message in the schemas folder', () => {
    const { code, stderr } = runCli([], { cwd: makeFolder({ 'schemas/readme.txt': '' }) });
    expect(code).toBe(2);
    expect(`\n${stderr}`).toMatchInlineSnapshot(`
      "
      error input/no-schemas  schemas holds no message schema
        help: add a file <message-type>.schema.json, or name the folder with --schemas DIR
      "
    `);
  });

  it('takes folders from anywhere', () => {
    const cwd = project({ 'inner/place/x': '' });
    const inner = path.join(cwd, 'inner/place');
    const { code, stdout } = runCli(['--schemas', '../../schemas', '--out', '../../out'], { cwd: inner });
    expect(code).toBe(0);
    expect(stdout).toContain('created  ../../out/typescript/src/types.ts\n');
  });

  it('does not write over an input', () => {
    const { code, stderr } = runCli(['--out', 'schemas/out'], { cwd: project() });
    expect(code).toBe(2);
    expect(`\n${stderr}`).toMatchInlineSnapshot(`
      "
      error usage/value  --out must not lie in a folder that is read
        help: name another folder
      "
    `);
  });
});
