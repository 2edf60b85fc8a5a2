import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder, writeFiles } from '../../temp-folder.js';
import { plan, read, readFiles, write } from './output.js';

const makeOut = (files: Readonly<Record<string, string>> = {}): string => path.join(makeFolder(files), 'generated');
const codes = ({ diagnostics }: { diagnostics: readonly { code: string }[] }): string[] =>
  diagnostics.map(({ code }) => code);

describe('writePlan', () => {
  it('makes the folder, the files, the list and the attributes', async () => {
    const out = makeOut();
    const { changes, diagnostics } = await write(out, {
      'typescript/src/types.ts': 'a\n',
      'typescript/README.md': 'b\n',
    });
    expect(diagnostics).toEqual([]);
    expect(changes).toEqual(['create typescript/README.md', 'create typescript/src/types.ts']);
    expect(read(out)).toEqual({
      '.gen-worker-client': '.gen-worker-client\n.gitattributes\ntypescript/README.md\ntypescript/src/types.ts\n',
      '.gitattributes': '* text=auto eol=lf\n* linguist-generated\n',
      'typescript/README.md': 'b\n',
      'typescript/src/types.ts': 'a\n',
    });
  });

  it('writes a file only when it differs', async () => {
    const out = makeOut();
    await write(out, { 'a.ts': '1\n', 'b.ts': '1\n' });
    const before = fs.statSync(path.join(out, 'a.ts'));
    expect((await write(out, { 'a.ts': '1\n', 'b.ts': '2\n' })).changes).toEqual(['update b.ts']);
    const after = fs.statSync(path.join(out, 'a.ts'));
    expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs]);
    expect((await write(out, { 'a.ts': '1\n', 'b.ts': '2\n' })).changes).toEqual([]);
  });

  it('deletes what it owned and no longer makes, and the folders that this empties', async () => {
    const out = makeOut();
    await write(out, { 'a.ts': '1\n', 'old/deep/b.ts': '1\n', 'mixed/c.ts': '1\n' });
    writeFiles(out, { 'mixed/mine.ts': 'mine\n' });
    fs.mkdirSync(path.join(out, 'empty'));
    expect((await write(out, { 'a.ts': '1\n' })).changes).toEqual(['delete mixed/c.ts', 'delete old/deep/b.ts']);
    expect(readFiles(out)).toEqual({ 'a.ts': '1\n', 'mixed/mine.ts': 'mine\n' });
    expect(fs.readdirSync(out).toSorted()).toEqual(['.gen-worker-client', '.gitattributes', 'a.ts', 'empty', 'mixed']);
  });

  it('says nothing of an orphan that somebody deleted already', async () => {
    const out = makeOut();
    await write(out, { 'a.ts': '1\n', 'b.ts': '1\n' });
    fs.rmSync(path.join(out, 'b.ts'));
    expect((await write(out, { 'a.ts': '1\n' })).changes).toEqual([]);
    expect(read(out)['.gen-worker-client']).not.toContain('b.ts');
  });

  it('writes again what somebody changed or deleted', async () => {
    const out = makeOut();
    await write(out, { 'a.ts': '1\n', 'b.ts': '1\n' });
    writeFiles(out, { 'a.ts': 'changed\n' });
    fs.rmSync(path.join(out, 'b.ts'));
    expect((await write(out, { 'a.ts': '1\n', 'b.ts': '1\n' })).changes).toEqual(['update a.ts', 'create b.ts']);
    expect(readFiles(out)).toEqual({ 'a.ts': '1\n', 'b.ts': '1\n' });
  });

  it('takes a checkout with CRLF for what it is: no change', async () => {
    const out = makeOut();
    await write(out, { 'a.ts': '1\n2\n' });
    for (const [file, text] of Object.entries(read(out))) writeFiles(out, { [file]: text.replaceAll('\n', '\r\n') });
    expect((await plan(out, { 'a.ts': '1\n2\n' })).plan.hasWork).toBe(false);
    writeFiles(out, { 'a.ts': '1\r\n2\n' });
    expect((await write(out, { 'a.ts': '1\n2\n' })).changes).toEqual(['update a.ts']);
  });

  it('keeps the mode of a file', async () => {
    const out = makeOut();
    await write(out, { 'a.sh': '1\n' });
    fs.chmodSync(path.join(out, 'a.sh'), 0o750);
    await write(out, { 'a.sh': '2\n' });
    expect(fs.statSync(path.join(out, 'a.sh')).mode & 0o777).toBe(0o750);
  });

  it('leaves the files of other targets alone, and in the list', async () => {
    const out = makeOut();
    const [ts, py] = ['typescript/src/types.ts', 'python/worker_client/types.py'];
    const reviewed = [ts, py];
    await write(out, { [ts]: '1\n', [py]: '1\n' }, { reviewed });
    const before = read(out);
    writeFiles(out, { [py]: 'drifted\n' });
    expect((await write(out, { [ts]: '2\n' }, { reviewed, otherTargets: ['python'] })).changes).toEqual([
      `update ${ts}`,
    ]);
    expect(read(out)).toEqual({ ...before, [ts]: '2\n', [py]: 'drifted\n' });
    expect(read(out)['.gitattributes']).toContain(`${py} -linguist-generated`);
  });

  it('makes way when a file becomes a folder, a folder a file, or a name changes its case', async () => {
    const out = makeOut();
    await write(out, { notes: '1\n', 'docs/a.md': '1\n', 'readme.md': '1\n' });
    fs.mkdirSync(path.join(out, 'docs/empty'));
    const next = { 'notes/a.md': '2\n', docs: '2\n', 'README.md': '1\n' };
    const { changes, diagnostics } = await write(out, next);
    expect(diagnostics).toEqual([]);
    expect(changes).toEqual([
      'create README.md',
      'create docs',
      'delete docs/a.md',
      'delete notes',
      'create notes/a.md',
      'delete readme.md',
    ]);
    expect(readFiles(out)).toEqual(next);
  });
});

describe('files of others', () => {
  it('are never written over', async () => {
    const out = makeOut({ 'generated/a.ts': 'mine\n', 'generated/b.ts': 'mine\n' });
    const result = await write(out, { 'a.ts': '1\n', 'b.ts': '1\n', 'c.ts': '1\n' });
    expect(result.diagnostics).toEqual([
      expect.objectContaining({
        code: 'output/not-owned',
        places: [{ file: 'generated/a.ts' }, { file: 'generated/b.ts' }],
        help: expect.stringContaining('--force'),
      }),
    ]);
    expect(read(out)).toEqual({ 'a.ts': 'mine\n', 'b.ts': 'mine\n' });
  });

  it('are written over with --force, and only where a file has to stand', async () => {
    const out = makeOut({ 'generated/a.ts': 'mine\n', 'generated/other.ts': 'mine\n' });
    expect(codes(await write(out, { 'a.ts': '1\n' }, { force: true }))).toEqual([]);
    expect(readFiles(out)).toEqual({ 'a.ts': '1\n', 'other.ts': 'mine\n' });
  });

  it('are taken over when they hold what they are to hold', async () => {
    const out = makeOut({ 'generated/a.ts': '1\n' });
    expect(await write(out, { 'a.ts': '1\n' })).toEqual({ changes: [], diagnostics: [] });
    expect((await write(out, {})).changes).toEqual(['delete a.ts']);
  });

  it('stay when they stand in place of a folder, or are a folder, even with --force', async () => {
    const out = makeOut({ 'generated/src': 'mine\n', 'generated/a.ts/mine.ts': 'mine\n' });
    const result = await write(out, { 'src/b.ts': '1\n', 'a.ts': '1\n' }, { force: true });
    expect(result.diagnostics.map(({ code, places }) => [code, places.map(({ file }) => file)])).toEqual([
      ['output/not-owned', ['generated/a.ts/mine.ts', 'generated/src']],
    ]);
    expect(read(out)).toEqual({ src: 'mine\n', 'a.ts/mine.ts': 'mine\n' });
  });
});

describe('paths that are not safe', () => {
  it.each([
    '../outside.ts',
    '/outside.ts',
    'a/../../outside.ts',
    'nul',
    'a\0b',
    '.git/hooks/pre-commit',
    '.gitattributes',
  ])('are refused: %j', async (file) => {
    const out = makeOut();
    expect(codes(await write(out, { [file]: '1\n' }, { force: true }))).toEqual(['output/unsafe-path']);
    expect(fs.existsSync(out)).toBe(false);
  });

  it('are refused when two are one on a careless file system', async () => {
    const { diagnostics } = await write(makeOut(), { 'a/README.md': '1\n', 'a/Readme.md': '2\n' });
    expect(diagnostics[0]?.message).toBe('the output path a/Readme.md is one file with a/README.md on some systems');
  });
});

describe('symbolic links', () => {
  it('are followed when the output folder itself is one', async () => {
    const root = makeFolder();
    fs.mkdirSync(path.join(root, 'real'));
    fs.symlinkSync('real', path.join(root, 'generated'));
    expect(codes(await write(path.join(root, 'generated'), { 'a.ts': '1\n' }))).toEqual([]);
    expect(readFiles(path.join(root, 'real'))).toEqual({ 'a.ts': '1\n' });
  });

  it.each([
    ['a folder', 'src', '../outside', 'generated/src'],
    ['a file', 'src/a.ts', '../../outside/a.ts', 'generated/src/a.ts'],
    ['nothing', 'src', '../nowhere', 'generated/src'],
  ])('are refused when they lead out, to %s', async (_, link, target, file) => {
    const root = makeFolder({ 'outside/a.ts': 'mine\n', 'generated/x.ts': '1\n' });
    const full = path.join(root, 'generated', link);
    fs.mkdirSync(path.dirname(full), { recursive: true });
    fs.symlinkSync(target, full);
    const result = await write(path.join(root, 'generated'), { 'src/a.ts': '1\n' }, { force: true });
    expect(result.diagnostics.map(({ code, places }) => [code, places[0]?.file])).toEqual([
      ['output/symbolic-link', file],
    ]);
    expect(readFiles(path.join(root, 'outside'))).toEqual({ 'a.ts': 'mine\n' });
  });

  it('do not let a deletion out', async () => {
    const root = makeFolder({ 'outside/a.ts': 'mine\n' });
    const out = path.join(root, 'generated');
    await write(out, { 'src/a.ts': '1\n', 'b.ts': '1\n' });
    fs.rmSync(path.join(out, 'src'), { recursive: true });
    fs.symlinkSync('../outside', path.join(out, 'src'));
    expect(codes(await write(out, { 'b.ts': '1\n' }))).toEqual(['output/symbolic-link']);
    expect(readFiles(path.join(root, 'outside'))).toEqual({ 'a.ts': 'mine\n' });
  });

  it('are replaced, not followed, when they stay inside', async () => {
    const out = makeOut();
    await write(out, { 'a.ts': '1\n', 'b.ts': '2\n' });
    fs.rmSync(path.join(out, 'a.ts'));
    fs.symlinkSync('b.ts', path.join(out, 'a.ts'));
    expect((await write(out, { 'a.ts': '1\n', 'b.ts': '2\n' })).changes).toEqual(['update a.ts']);
    expect(readFiles(out)).toEqual({ 'a.ts': '1\n', 'b.ts': '2\n' });
  });
});

describe('an output that cannot be used', () => {
  it.each([
    ['a file', 'generated', 'the output path is not a folder'],
    ['below a file', 'generated/inner', 'the output path cannot be used: ENOTDIR'],
  ])('is %s', async (_, out, message) => {
    const root = makeFolder({ generated: 'mine\n' });
    const { diagnostics } = await write(path.join(root, out), { 'a.ts': '1\n' });
    expect(diagnostics).toEqual([expect.objectContaining({ code: 'output/not-a-folder', message })]);
    expect(read(root)).toEqual({ generated: 'mine\n' });
  });

  it('is a link that leads nowhere', async () => {
    const root = makeFolder();
    fs.symlinkSync('nowhere', path.join(root, 'generated'));
    expect(codes(await write(path.join(root, 'generated'), { 'a.ts': '1\n' }))).toEqual(['output/not-a-folder']);
  });

  it('is where no folder can be made', async () => {
    expect(codes(await write('/proc/generated', { 'a.ts': '1\n' }))).toEqual(['output/not-writable']);
  });

  it('has a damaged list, and nothing is written then', async () => {
    const out = makeOut({ 'generated/.gen-worker-client': '# Files\n../../etc/passwd\n' });
    const { diagnostics } = await write(out, { 'a.ts': '1\n' });
    expect(diagnostics).toEqual([
      expect.objectContaining({
        code: 'output/ownership',
        places: [{ file: 'generated/.gen-worker-client', line: 2, sourceLine: '../../etc/passwd' }],
      }),
    ]);
    expect(Object.keys(read(out))).toEqual(['.gen-worker-client']);
  });
});
