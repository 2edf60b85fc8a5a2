/** Lets one run at a time write the output folder, and tells the next one what a run that died has left. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { type JournalLine, LOCK_FILE, pathFault } from './paths.js';
import { codeOf } from './standing.js';

const HEADING = '# A run of gen-worker-client is writing this folder. When it has died, the next one tidies up.\n';

/** A writer holds the folder for a moment; what is older was left by a process whose number another one has now. */
const OLD_AGE_MS = 60_000;
/** How long a lock may be without its owner's name: the time between two calls. */
const NAMELESS_MS = 1_000;
const PATIENCE_MS = 10_000;
const PAUSE_MS = 25;

/** The lock of a run that is at work, or of one that died. Lines are only ever added: the last owner has it. */
interface Lock {
  readonly isAlive: boolean;
  readonly mark: string;
  readonly journal: readonly JournalLine[];
}

/** Reads the journal of a run that died; `null` when there is none, or when the run is still at work. */
export async function readDeadJournal(out: string): Promise<readonly JournalLine[] | null> {
  for (;;) {
    const lock = readLock(path.join(out, LOCK_FILE));
    if (lock === undefined || !lock.isAlive) return lock?.journal ?? null;
    // Its owner writes its name now, or died before it could.
    if (lock.mark !== '') return null;
    await wait(PAUSE_MS);
  }
}

/** The right to write the folder. */
export interface Hold {
  /** What makes the names of this run's staged files its own. */
  readonly mark: string;
  /** The journal of a run that died; `null` when the folder was free. */
  readonly inherited: readonly JournalLine[] | null;
  /** Says which files are about to change. Must come before they do. */
  readonly record: (paths: readonly string[]) => void;
  /** Gives the folder back. Where work is left over, the next run goes on from the journal. */
  readonly release: (left: 'nothing' | 'work') => void;
}

/**
 * Waits for the folder.
 *
 * @param out - absolute path of a folder that is there
 * @returns the right to write, or `null` when another run did not let go
 */
export async function holdFolder(out: string): Promise<Hold | null> {
  const file = path.join(out, LOCK_FILE);
  const mark = process.pid.toString(36) + Math.random().toString(36).slice(2, 6);
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    if (takeFree(file, mark)) return holdOf({ file, mark, inherited: null });
    const inherited = await takeOver(file, mark);
    if (inherited !== null) return holdOf({ file, mark, inherited });
    if (Date.now() > deadline) return null;
    await wait(PAUSE_MS);
  }
}

function takeFree(file: string, mark: string): boolean {
  try {
    fs.writeFileSync(file, HEADING + ownerLine(mark), { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Takes the lock of a run that died, with its journal. Of several that try at once, the last to say so has it. */
async function takeOver(file: string, mark: string): Promise<readonly JournalLine[] | null> {
  const dead = readLock(file);
  if (dead === undefined || dead.isAlive || !append(file, ownerLine(mark))) return null;
  await wait(2 * PAUSE_MS);
  const now = readLock(file);
  return now?.mark === mark ? now.journal : null;
}

/** Adds to a file that is there; a call that adds less than a page is not cut in two. */
function append(file: string, text: string): boolean {
  try {
    const open = fs.openSync(file, fs.constants.O_APPEND | fs.constants.O_WRONLY);
    fs.writeFileSync(open, text);
    fs.closeSync(open);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

type Held = Pick<Hold, 'mark' | 'inherited'> & { readonly file: string };

function holdOf({ file, mark, inherited }: Held): Hold {
  const isMine = (): boolean => readLock(file)?.mark === mark;
  return {
    mark,
    inherited,
    record: (paths) => append(file, paths.map((inner) => `file ${mark} ${inner}\n`).join('')),
    release: (left) => {
      if (!isMine()) return;
      if (left === 'work') append(file, 'nobody\n');
      else fs.rmSync(file, { force: true });
    },
  };
}

const ownerLine = (mark: string): string => `owner ${mark} ${process.pid} ${os.hostname()}\n`;

function readLock(file: string): Lock | undefined {
  const text = readText(file);
  const stat = fs.lstatSync(file, { throwIfNoEntry: false });
  if (text === undefined || stat === undefined) return undefined;
  // A line without its end was cut off when the run died.
  const lines = text.split('\n').slice(0, -1);
  const owner = lines.findLast((line) => /^(owner |nobody$)/.test(line));
  const age = Date.now() - stat.mtimeMs;
  return {
    isAlive: owner === undefined ? age < NAMELESS_MS : age < OLD_AGE_MS && isRunning(owner),
    mark: owner?.split(' ')[1] ?? '',
    journal: lines.flatMap(parseLine),
  };
}

function parseLine(line: string): readonly JournalLine[] {
  const [, mark, file] = /^file ([a-z0-9]+) (.+)$/.exec(line) ?? [];
  return mark !== undefined && file !== undefined && pathFault(file) === undefined ? [{ mark, path: file }] : [];
}

/** Of a process on another machine, only the age of its lock tells. */
function isRunning(owner: string): boolean {
  const [, , pid, ...host] = owner.split(' ');
  if (pid === undefined) return false;
  if (host.join(' ') !== os.hostname()) return true;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function readText(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
