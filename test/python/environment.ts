/** The virtual environment that the tests of the Python target run in: made once, kept in `.venv/`, reused. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const requirements = path.join(root, 'test/python/requirements.txt');
const folder = path.join(root, '.venv');
const stamp = path.join(folder, '.requirements');
const lock = `${folder}.lock`;
const isWindows = process.platform === 'win32';
const LOCK_TIMEOUT = 300_000;

/** A program of the virtual environment: `python`, `ruff`, `mypy`. It has to be made first, see {@link findPython}. */
export const programOf = (name: string): string =>
  isWindows ? path.join(folder, 'Scripts', `${name}.exe`) : path.join(folder, 'bin', name);

/**
 * Finds the Python of the tests, and makes its virtual environment when there is none, or when the requirements have
 * changed.
 *
 * @returns path of its interpreter; `null`, with one line on stderr, where Python is missing and nobody insists on it
 */
export function findPython(): string | null {
  if (isUpToDate()) return programOf('python');
  const base = findBase();
  if (base === null) {
    const text =
      'Python 3.11 or newer with pip and venv is not installed: the tests of the Python target are left out.';
    if (process.env['CI']) throw new Error(text);
    console.warn(text);
    return null;
  }
  withLock(() => {
    if (isUpToDate()) return;
    fs.rmSync(folder, { recursive: true, force: true });
    run(base, ['-m', 'venv', folder]);
    run(programOf('python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]);
    fs.writeFileSync(stamp, wanted());
  });
  return programOf('python');
}

/** An interpreter that is new enough and can make virtual environments. */
function findBase(): string | null {
  const check = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))';
  const names = isWindows ? ['python'] : ['python3', 'python3.13', 'python3.12', 'python3.11'];
  return names.find((name) => spawnSync(name, ['-c', check], { stdio: 'ignore' }).status === 0) ?? null;
}

const wanted = (): string => createHash('sha256').update(fs.readFileSync(requirements)).digest('hex');
const isUpToDate = (): boolean => fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted();

/** Runs a program; its output is shown only when it fails. */
function run(program: string, args: readonly string[]): void {
  execFileSync(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
}

/** Test files run side by side, each in a process of its own: one makes the environment, the others wait for it. */
function withLock(work: () => void): void {
  const end = Date.now() + LOCK_TIMEOUT;
  while (!tryLock()) {
    if (Date.now() > end) throw new Error(`${lock} is held for too long`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
  try {
    work();
  } finally {
    fs.rmSync(lock, { force: true });
  }
}

/** The lock is a file with its owner's process number: that of a killed process counts for nothing. */
function tryLock(): boolean {
  try {
    fs.writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (fs.existsSync(lock) && !isRunning(Number(fs.readFileSync(lock, 'utf8')))) fs.rmSync(lock, { force: true });
    return false;
  }
}

function isRunning(pid: number): boolean {
  if (!(pid > 0)) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
