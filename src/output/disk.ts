/** Reads and writes the output folder; the only writer. */
import fs from 'node:fs';
import path from 'node:path';
import { Report } from '../report/report.js';
import type { Hold } from './lock.js';
import { GIT_FILE, isFault, OWNERSHIP_FILE, parseOwnership } from './ownership.js';
import { type JournalLine, LOCK_FILE, pathFault, stagedPath } from './paths.js';
import type { OutputFolder, Plan } from './plan.js';
import { codeOf, type OutputPlace, shownPath, standingIn } from './standing.js';

/**
 * Reads what stands in the output folder at owned and at wanted paths, and nothing else there.
 *
 * @param place - the output folder, and the working directory
 * @param paths - the wanted paths: those of the rendered files
 * @param report - takes `output/*` findings
 */
export async function readOutput(place: OutputPlace, paths: readonly string[], report: Report): Promise<OutputFolder> {
  if (isFolder(place, report)) return readFolder(place, { paths, journal: await readJournal(place.out), report });
  return { prefix: prefixOf(place), owned: new Set(), files: new Map(), blockers: new Map(), leftovers: [] };
}

/** A run with nothing to do asks for no lock, and does not load it. */
async function readJournal(out: string): Promise<readonly JournalLine[] | null> {
  if (!fs.existsSync(path.join(out, LOCK_FILE))) return null;
  const { readDeadJournal } = await import('./lock.js');
  return readDeadJournal(out);
}

/**
 * Writes a plan: every file appears whole, the whole set is staged before the first one changes, and a run that dies
 * leaves a journal from which the next one goes on. Waits for another run that is at it.
 *
 * @param plan - made again from what stands there once the folder is held
 * @param report - takes `output/*` findings; nothing was written when it has an error of staging or before
 * @returns the plan that was carried out
 */
export async function writePlan(plan: Plan, place: OutputPlace, report: Report): Promise<Plan> {
  if (!plan.hasWork) return plan;
  const { applyPlan } = await import('./apply.js');
  const hold = await openFolder(place, report);
  if (hold === null) return plan;
  const found = new Report();
  const now = await planAgain(plan, { place, hold, report: found });
  report.addAll(found.diagnostics);
  if (found.hasErrors) {
    hold.release(hold.inherited === null ? 'nothing' : 'work');
    return plan;
  }
  const failure = applyPlan(now, { out: place.out, hold });
  if (failure !== undefined) addNotWritable({ place, ...failure }, report);
  else if (hold.inherited !== null) {
    report.add('output/healed', { message: 'an earlier run did not finish; this one finished its work' });
  }
  return now;
}

async function planAgain(
  { request }: Plan,
  { place, hold, report }: { place: OutputPlace; hold: Hold; report: Report },
): Promise<Plan> {
  const paths = request.rendered.map((file) => file.path);
  const onDisk = readFolder(place, { paths, journal: hold.inherited, report });
  const { planOutput } = await import('./plan.js');
  return planOutput({ ...request, onDisk }, report);
}

/** Makes the folder where it is not there yet, and holds it. */
async function openFolder(place: OutputPlace, report: Report): Promise<Hold | null> {
  const at = { file: shownPath(place.root, place.out) };
  try {
    const { makeFolder } = await import('./apply.js');
    const { holdFolder } = await import('./lock.js');
    makeFolder(place.out);
    const hold = await holdFolder(place.out);
    if (hold !== null) return hold;
    report.add('output/busy', {
      message: 'another run is writing the output and does not end',
      at,
      help: `let it end, or stop it; when there is none, delete ${shownPath(place.root, path.join(place.out, LOCK_FILE))}`,
    });
  } catch (error) {
    report.add('output/not-writable', {
      message: `the output folder cannot be written: ${codeOf(error)}`,
      at,
      help: 'check its permissions, or name another folder with --out DIR',
    });
  }
  return null;
}

function isFolder({ out, root }: OutputPlace, report: Report): boolean {
  const message = notAFolder(out);
  if (message === undefined) return fs.existsSync(out);
  report.add('output/not-a-folder', {
    message,
    at: { file: shownPath(root, out) },
    help: 'name a folder with --out DIR',
  });
  return false;
}

function notAFolder(out: string): string | undefined {
  try {
    const stat = fs.statSync(out, { throwIfNoEntry: false });
    if (stat !== undefined) return stat.isDirectory() ? undefined : 'the output path is not a folder';
    const isLink = fs.lstatSync(out, { throwIfNoEntry: false }) !== undefined;
    return isLink ? 'the output path is a symbolic link that leads nowhere' : undefined;
  } catch (error) {
    return `the output path cannot be used: ${codeOf(error)}`;
  }
}

interface Reading {
  readonly paths: readonly string[];
  /** Of a run that died: its files are the generator's, listed or not. */
  readonly journal: readonly JournalLine[] | null;
  readonly report: Report;
}

function readFolder(place: OutputPlace, { paths, journal, report }: Reading): OutputFolder {
  const wanted = new Set([...paths.filter((file) => pathFault(file) === undefined), OWNERSHIP_FILE, GIT_FILE]);
  const owned = new Set([...readOwned(place, report), ...(journal ?? []).map((line) => line.path)]);
  const { files, blocked } = readFiles(new Set([...owned, ...wanted]), { place, report });
  const staged = readFiles(new Set(journal?.map(stagedPath)), { place, report: new Report() }).files;
  return {
    prefix: prefixOf(place),
    owned,
    files,
    blockers: new Map([...blocked].filter(([file]) => wanted.has(file))),
    leftovers: journal === null ? [] : [...staged.keys(), LOCK_FILE],
  };
}

const prefixOf = ({ out, root }: OutputPlace): string => (out === root ? '' : `${shownPath(root, out)}/`);

/** The ownership list; empty where there is none yet. */
function readOwned(place: OutputPlace, report: Report): readonly string[] {
  const bytes = readFiles(new Set([OWNERSHIP_FILE]), { place, report: new Report() }).files.get(OWNERSHIP_FILE);
  if (bytes === undefined) return [];
  const parsed = parseOwnership(Buffer.from(bytes).toString('utf8'));
  if (!isFault(parsed)) return parsed;
  const { message, line, sourceLine } = parsed;
  report.add('output/ownership', {
    message,
    at: { file: shownPath(place.root, path.join(place.out, OWNERSHIP_FILE)), line, sourceLine },
    help: 'bring it back from version control, or delete it and run gen-worker-client --force',
  });
  return [];
}

interface Found {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly blocked: ReadonlyMap<string, readonly string[]>;
}

function readFiles(paths: ReadonlySet<string>, { place, report }: { place: OutputPlace; report: Report }): Found {
  const standing = standingIn(place.out);
  const files = new Map<string, Uint8Array>();
  const blocked = new Map<string, readonly string[]>();
  const links = new Set<string>();
  for (const file of paths) {
    try {
      const found = standing(file);
      if (found.kind === 'file') files.set(file, fs.readFileSync(path.join(place.out, file)));
      else if (found.kind === 'blocked') blocked.set(file, found.by);
      else if (found.kind === 'outside') links.add(found.link);
    } catch (error) {
      addNotWritable({ place, file, problem: `cannot be read: ${codeOf(error)}` }, report);
    }
  }
  for (const link of links) {
    report.add('output/symbolic-link', {
      message: 'a symbolic link in the output leads out of it, or nowhere',
      at: { file: shownPath(place.root, path.join(place.out, link)) },
      help: 'put the file or folder itself in its place, or delete the link',
    });
  }
  return { files, blocked };
}

interface FileProblem {
  readonly place: OutputPlace;
  readonly file: string;
  readonly problem: string;
}

function addNotWritable({ place, file, problem }: FileProblem, report: Report): void {
  report.add('output/not-writable', {
    message: `a file of the output ${problem}`,
    at: { file: shownPath(place.root, path.join(place.out, file)) },
    help: 'check the permissions there, and that no other program holds the file',
  });
}
