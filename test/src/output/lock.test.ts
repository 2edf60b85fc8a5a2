import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { holdFolder, readDeadJournal } from '../../../src/output/lock.js';
import { LOCK_FILE, stagedPath } from '../../../src/output/paths.js';
import { makeFolder } from '../../temp-folder.js';
import { read, readFiles, startWriter, versions, write } from './output.js';

const DEAD_PID = 2 ** 22 + 1;
const host = os.hostname();
const lockText = (...lines: readonly string[]): string => ['# A run', ...lines, ''].join('\n');

/** Makes a file look as if it was written some seconds ago. */
const age = (file: string, seconds: number): void => {
  const time = Date.now() / 1000 - seconds;
  fs.utimesSync(file, time, time);
};

describe('holdFolder', () => {
  it('lets one in after the other', async () => {
    const out = makeFolder();
    const first = await holdFolder(out);
    const second = holdFolder(out);
    const winner = await Promise.race([second, wait(100, 'nobody')]);
    expect(winner).toBe('nobody');
    first?.release('nothing');
    expect((await second)?.inherited).toBeNull();
  });

  it('lets in one of many that wait for a run that died', async () => {
    const out = makeFolder({ [LOCK_FILE]: lockText(`owner dead ${DEAD_PID} ${host}`, 'file dead a.ts') });
    let inside = 0;
    const most: number[] = [];
    const enter = async (): Promise<void> => {
      const hold = await holdFolder(out);
      inside += 1;
      most.push(inside);
      await wait(5);
      inside -= 1;
      hold?.release('nothing');
    };
    await Promise.all(Array.from({ length: 8 }, enter));
    expect(Math.max(...most)).toBe(1);
    expect(fs.readdirSync(out)).toEqual([]);
  });

  it('does not wait for ever', async () => {
    const out = makeFolder({ [LOCK_FILE]: lockText(`owner other ${process.pid} ${host}`) });
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const hold = holdFolder(out);
      vi.setSystemTime(Date.now() + 11_000);
      expect(await hold).toBeNull();
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('a lock', () => {
  it.each([
    ['of a process that is gone', `owner x ${DEAD_PID} ${host}`, 0, true],
    ['of a process that is there', `owner x ${process.pid} ${host}`, 0, false],
    ['of a process that has another one’s number by now', `owner x ${process.pid} ${host}`, 90, true],
    ['of another machine', `owner x ${DEAD_PID} another-${host}`, 0, false],
    ['of another machine, long ago', `owner x ${DEAD_PID} another-${host}`, 90, true],
    ['that was given back unfinished', `owner x ${process.pid} ${host}\nnobody`, 0, true],
    ['that never had an owner', '', 5, true],
  ])('%s: %j', async (_, owner, seconds, isDead) => {
    const out = makeFolder({ [LOCK_FILE]: owner === '' ? '' : lockText(owner, 'file x src/a.ts') });
    age(path.join(out, LOCK_FILE), seconds);
    const journal = owner === '' ? [] : [{ mark: 'x', path: 'src/a.ts' }];
    expect(await readDeadJournal(out)).toEqual(isDead ? journal : null);
  });

  it('that has just been made is waited for, until it has an owner or is too old', async () => {
    const out = makeFolder({ [LOCK_FILE]: '' });
    const started = Date.now();
    expect(await readDeadJournal(out)).toEqual([]);
    expect(Date.now() - started).toBeGreaterThan(900);
    fs.writeFileSync(path.join(out, LOCK_FILE), '');
    const found = readDeadJournal(out);
    fs.writeFileSync(path.join(out, LOCK_FILE), lockText(`owner x ${process.pid} ${host}`));
    expect(await found).toBeNull();
  });

  it('is not believed where a line was cut off, or leads out', async () => {
    const out = makeFolder({ [LOCK_FILE]: '# A run\nnobody\nfile x ../a.ts\nfile x b.ts\nfile x src/ty' });
    expect(await readDeadJournal(out)).toEqual([{ mark: 'x', path: 'b.ts' }]);
  });
});

describe('a run that died', () => {
  const died = (files: Readonly<Record<string, string>>): string =>
    makeFolder({ ...files, [LOCK_FILE]: lockText(`owner x ${DEAD_PID} ${host}`, 'file x a.ts', 'file x src/b.ts') });

  it('is finished by the next one, which says so', async () => {
    const out = died({ 'a.ts': 'new\n', [stagedPath({ mark: 'x', path: 'src/b.ts' })]: 'ne' });
    const { changes, diagnostics } = await write(out, { 'c.ts': '1\n' });
    expect(changes).toEqual([
      'delete .gen-worker-client.lock',
      'delete a.ts',
      'create c.ts',
      'delete src/.b.ts.x.gen-worker-client',
    ]);
    expect(diagnostics.map(({ code }) => code)).toEqual(['output/healed']);
    expect(readFiles(out)).toEqual({ 'c.ts': '1\n' });
    expect(await write(out, { 'c.ts': '1\n' })).toEqual({ changes: [], diagnostics: [] });
  });

  it('owns what it wrote, though its list was not there yet', async () => {
    const out = died({ 'a.ts': 'new\n' });
    expect((await write(out, { 'a.ts': 'newer\n' })).diagnostics.map(({ code }) => code)).toEqual(['output/healed']);
    expect(readFiles(out)).toEqual({ 'a.ts': 'newer\n' });
  });

  it('is still unfinished when the next one fails', async () => {
    const out = died({ 'a.ts': 'new\n', 'c.ts': 'mine\n' });
    const before = read(out);
    expect((await write(out, { 'c.ts': '1\n' })).diagnostics.map(({ code }) => code)).toEqual(['output/not-owned']);
    expect(read(out)).toEqual(before);
  });
});

/** Makes one call of a function fail. */
function failAt(name: 'writeFileSync' | 'renameSync', call: number, code: string): void {
  const original: (...args: never[]) => void = fs[name];
  let calls = 0;
  vi.spyOn(fs, name).mockImplementation((...args: unknown[]) => {
    calls += 1;
    if (calls === call) throw Object.assign(new Error(code), { code });
    original(...(args as never[]));
  });
}

describe('a failure', () => {
  it('of staging leaves everything as it was', async () => {
    const out = makeFolder();
    await write(out, { 'a.ts': '1\n' });
    const before = read(out);
    failAt('writeFileSync', 5, 'ENOSPC');
    const { diagnostics } = await write(out, { 'a.ts': '2\n', 'deep/er/b.ts': '1\n' });
    vi.restoreAllMocks();
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ['output/not-writable', 'a file of the output cannot be written: ENOSPC'],
    ]);
    expect(read(out)).toEqual(before);
    expect(fs.readdirSync(out).toSorted()).toEqual(['.gen-worker-client', '.gitattributes', 'a.ts']);
  });

  it('in the middle is finished by the next run', async () => {
    const out = makeFolder();
    await write(out, { 'a.ts': '1\n', 'b.ts': '1\n' });
    failAt('renameSync', 2, 'EBUSY');
    const { diagnostics } = await write(out, { 'a.ts': '2\n', 'b.ts': '2\n' });
    vi.restoreAllMocks();
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ['output/not-writable', 'a file of the output cannot be written: EBUSY'],
    ]);
    expect(readFiles(out)).toMatchObject({ 'a.ts': '2\n', 'b.ts': '1\n' });
    const next = await write(out, { 'a.ts': '2\n', 'b.ts': '2\n' });
    expect(next.diagnostics.map(({ code }) => code)).toEqual(['output/healed']);
    expect(readFiles(out)).toEqual({ 'a.ts': '2\n', 'b.ts': '2\n' });
  });
});

describe('processes', () => {
  it('killed at fifty random moments tear no file, and the next run heals', async () => {
    const out = makeFolder({ 'mine.ts': 'mine\n' });
    const [first = {}, second = {}] = versions;
    const isWhole = ([file, text]: [string, string]): boolean =>
      [first[file], second[file], 'mine\n'].includes(text) || path.basename(file).startsWith('.');
    let healed = 0;
    for (let kill = 0; kill < 50; kill += 1) {
      const child = startWriter(out);
      await once(child.stdout ?? child, 'data');
      await wait(Math.random() * 40);
      child.kill('SIGKILL');
      await once(child, 'exit');
      expect(Object.entries(readFiles(out)).filter((entry) => !isWhole(entry))).toEqual([]);
      const { diagnostics } = await write(out, first);
      expect(diagnostics.filter(({ code }) => code !== 'output/healed')).toEqual([]);
      healed += diagnostics.length;
      expect(readFiles(out)).toEqual({ ...first, 'mine.ts': 'mine\n' });
    }
    expect(healed).toBeGreaterThan(10);
  });

  it('that write at once end as one', async () => {
    const out = makeFolder();
    const children = ['20', '21', '20', '21'].map((turns) => startWriter(out, turns));
    const ends = await Promise.all(children.map((child) => once(child, 'exit')));
    expect(ends.map(([code]) => code)).toEqual([0, 0, 0, 0]);
    expect(versions).toContainEqual(readFiles(out));
  });
});
