/** Makes the changes of a plan: everything is staged beside its place first, then each file appears whole. */
import fs from 'node:fs';
import path from 'node:path';
import type { Hold } from './lock.js';
import { OWNERSHIP_FILE } from './ownership.js';
import { LOCK_FILE, parentFolders, stagedPath } from './paths.js';
import { makesWay, type Plan, type PlannedFile } from './plan.js';
import { codeOf } from './standing.js';

export interface Application {
  /** Absolute path of the output folder. */
  readonly out: string;
  /** Given back in the end. */
  readonly hold: Hold;
}

/** The file that stopped the work, and what happened there. */
export interface Failure {
  readonly file: string;
  readonly problem: string;
}

/** One change on the disk. */
interface Step {
  readonly file: string;
  readonly verb: 'written' | 'deleted';
  readonly run: () => void;
}

/**
 * Carries out a plan.
 *
 * @returns what stopped it: before the first file changed, the folder is as it was; later, the journal stays
 */
export function applyPlan(plan: Plan, { out, hold }: Application): Failure | undefined {
  const isFirst = makesWay(plan);
  const written = plan.files.filter(({ action }) => action === 'create' || action === 'update');
  const deleted = plan.files.filter(({ action, path: file }) => action === 'delete' && file !== LOCK_FILE);
  const first = deleted.filter(({ path: file }) => isFirst(file));
  const made: string[] = [];
  const failure =
    runSteps([recordStep(hold, { written, deleted }), ...first.map((file) => deleteStep(out, file))]) ??
    runSteps(written.map((file) => stageStep(out, { file, mark: hold.mark, made })));
  if (failure !== undefined) {
    unstage(out, { written, mark: hold.mark, made });
    hold.release(first.length > 0 || hold.inherited !== null ? 'work' : 'nothing');
    return failure;
  }
  const late = deleted.filter(({ path: file }) => !isFirst(file));
  const stopped = runSteps([
    // Until the list stands, what was created has its owner in the journal alone.
    ...written
      .toSorted((a, b) => Number(a.path === OWNERSHIP_FILE) - Number(b.path === OWNERSHIP_FILE))
      .map((file) => placeStep(out, { file, mark: hold.mark })),
    ...late.map((file) => deleteStep(out, file)),
  ]);
  hold.release(stopped === undefined ? 'nothing' : 'work');
  return stopped;
}

function runSteps(steps: readonly Step[]): Failure | undefined {
  for (const { file, verb, run } of steps) {
    try {
      run();
    } catch (error) {
      return { file, problem: `cannot be ${verb}: ${codeOf(error)}` };
    }
  }
  return undefined;
}

interface Changed {
  readonly written: readonly PlannedFile[];
  readonly deleted: readonly PlannedFile[];
}

const recordStep = (hold: Hold, { written, deleted }: Changed): Step => ({
  file: LOCK_FILE,
  verb: 'written',
  run: () => hold.record([...written, ...deleted].map((file) => file.path)),
});

interface Staging {
  readonly file: PlannedFile;
  readonly mark: string;
}

function stageStep(out: string, { file, mark, made }: Staging & { readonly made: string[] }): Step {
  const full = path.join(out, file.path);
  const run = (): void => {
    const folder = makeFolder(path.dirname(full));
    if (folder !== undefined) made.push(folder);
    const staged = path.join(out, stagedPath({ mark, path: file.path }));
    fs.writeFileSync(staged, file.wanted ?? '', { flag: 'wx' });
    // An executable or a private file stays one; a new one has what the system gives.
    if (file.action === 'update') fs.chmodSync(staged, fs.statSync(full).mode & 0o777);
    else removeEmpty(full);
  };
  return { file: file.path, verb: 'written', run };
}

/** Takes away what was staged, and the folders that were made for it. */
function unstage(
  out: string,
  { written, mark, made }: Omit<Staging, 'file'> & { written: readonly PlannedFile[]; made: readonly string[] },
): void {
  for (const file of written) fs.rmSync(path.join(out, stagedPath({ mark, path: file.path })), { force: true });
  for (const folder of made.toReversed()) removeEmpty(folder);
}

function placeStep(out: string, { file, mark }: Staging): Step {
  const staged = path.join(out, stagedPath({ mark, path: file.path }));
  return { file: file.path, verb: 'written', run: () => fs.renameSync(staged, path.join(out, file.path)) };
}

function deleteStep(out: string, { path: file }: PlannedFile): Step {
  const run = (): void => {
    fs.rmSync(path.join(out, file), { force: true });
    for (const folder of parentFolders(file)) if (!removeIfEmpty(path.join(out, folder))) break;
  };
  return { file, verb: 'deleted', run };
}

/**
 * Makes a folder and those that it stands in. Node's own recursion does not end where no folder can be made, as in `/proc`.
 *
 * @returns the outermost folder that was made, or `undefined` when all were there
 */
export function makeFolder(full: string): string | undefined {
  if (fs.existsSync(full)) return undefined;
  const outer = makeFolder(path.dirname(full));
  try {
    fs.mkdirSync(full);
  } catch (error) {
    // Another run made it a moment ago.
    if (codeOf(error) !== 'EEXIST') throw error;
  }
  return outer ?? full;
}

/** Removes a folder, and the folders in it, if it is one and holds no file. */
function removeEmpty(full: string): void {
  if (!isFolder(full)) return;
  for (const name of fs.readdirSync(full)) removeEmpty(path.join(full, name));
  removeIfEmpty(full);
}

function removeIfEmpty(full: string): boolean {
  if (!isFolder(full) || fs.readdirSync(full).length > 0) return false;
  fs.rmdirSync(full);
  return true;
}

const isFolder = (full: string): boolean => fs.lstatSync(full, { throwIfNoEntry: false })?.isDirectory() ?? false;
