/** Compares rendered files with the disk and says what writing would do. Pure. */
import type { Report } from '../report/report.js';
import { GIT_FILE, OWNERSHIP_FILE, printGitAttributes, printOwnership } from './ownership.js';
import { foldedPath, parentFolders, pathFault } from './paths.js';

/** One file of the output, whole; its path is relative to the output folder, with `/`. */
interface OutputFile {
  readonly path: string;
  readonly text: string;
}

/** What stands in the output folder, as far as a plan cares. Paths are relative to it, with `/`. */
export interface OutputFolder {
  /** What diagnostics put before a path, so that it is relative to the working directory: `generated/`. */
  readonly prefix: string;
  /** What the generator wrote earlier. */
  readonly owned: ReadonlySet<string>;
  /** Bytes of the files that stand at owned and at wanted paths. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Wanted path to the files that stand in its way: one in place of its folder, or all of a folder in its own place. */
  readonly blockers: ReadonlyMap<string, readonly string[]>;
  /** What a run that died has left: its lock and its staged files. */
  readonly leftovers: readonly string[];
}

export interface PlanRequest {
  readonly rendered: readonly OutputFile[];
  readonly onDisk: OutputFolder;
  /** Names of the targets that this run leaves out. What they own stays as it is. */
  readonly otherTargets: readonly string[];
  /** Paths of all targets that a reviewer wants to see. */
  readonly reviewed: readonly string[];
  /** Write over files that the generator does not own. */
  readonly force: boolean;
}

export interface PlannedFile {
  readonly path: string;
  readonly action: 'create' | 'update' | 'delete' | 'keep';
  /** What it is to hold; `null` when it is deleted, or known to hold it without having been rendered. */
  readonly wanted: string | null;
  /** What it holds; `null` when it is not there. */
  readonly before: Uint8Array | null;
}

export interface Plan {
  /** Every file of the selected targets, sorted by path. */
  readonly files: readonly PlannedFile[];
  /** Whether writing would do anything. */
  readonly hasWork: boolean;
  /** What the plan was made of: a writer makes it again when it holds the folder. */
  readonly request: PlanRequest;
}

/**
 * Plans the output.
 *
 * @param request - what was rendered, and what stands on the disk
 * @param report - takes `output/unsafe-path` and `output/not-owned`
 */
export function planOutput(request: PlanRequest, report: Report): Plan {
  const rendered = withoutUnsafe(request.rendered, report);
  const wanted = new Map(withOwnFiles(rendered, request).map(({ path, text }) => [path, text]));
  const orphans = orphansOf(wanted, request);
  reportNotOwned(wanted, { request, orphans, report });
  const files = [
    ...[...wanted].map(([path, text]) => plannedFile({ path, text }, { request, orphans })),
    ...[...orphans, ...request.onDisk.leftovers].map((path) => ({
      path,
      action: 'delete' as const,
      wanted: null,
      before: request.onDisk.files.get(path) ?? null,
    })),
  ].toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return { files, hasWork: files.some(({ action }) => action !== 'keep'), request };
}

function withoutUnsafe(rendered: readonly OutputFile[], report: Report): readonly OutputFile[] {
  const taken = new Map<string, string>([OWNERSHIP_FILE, GIT_FILE].map((path) => [foldedPath(path), path]));
  return rendered.filter(({ path }) => {
    const folded = foldedPath(path);
    const twin = taken.get(folded);
    const fault = pathFault(path) ?? (twin === undefined ? undefined : `is one file with ${twin} on some systems`);
    taken.set(folded, path);
    if (fault === undefined) return true;
    report.add('output/unsafe-path', {
      message: `the output path ${path} ${fault}`,
      help: 'rename the template that makes it',
    });
    return false;
  });
}

/** The rendered files and the two that say what they are. */
function withOwnFiles(rendered: readonly OutputFile[], request: PlanRequest): readonly OutputFile[] {
  const owned = new Set([
    ...rendered.map(({ path }) => path),
    ...[...request.onDisk.owned].filter((path) => isOfOtherTarget(path, request)),
    OWNERSHIP_FILE,
    GIT_FILE,
  ]);
  const reviewed = request.reviewed.filter((path) => owned.has(path));
  return [
    ...rendered,
    { path: OWNERSHIP_FILE, text: printOwnership(owned) },
    { path: GIT_FILE, text: printGitAttributes(reviewed) },
  ];
}

const isOfOtherTarget = (path: string, { otherTargets }: PlanRequest): boolean =>
  otherTargets.some((name) => path.startsWith(`${name}/`));

const orphansOf = (wanted: ReadonlyMap<string, string>, request: PlanRequest): readonly string[] =>
  [...request.onDisk.owned].filter(
    (path) => !wanted.has(path) && request.onDisk.files.has(path) && !isOfOtherTarget(path, request),
  );

interface Orphans {
  readonly request: PlanRequest;
  readonly orphans: readonly string[];
}

/** A file whose name only changes its case is deleted and made anew: on some systems the two are one. */
function plannedFile({ path, text }: OutputFile, { request, orphans }: Orphans): PlannedFile {
  const hasTwin = orphans.some((orphan) => foldedPath(orphan) === foldedPath(path));
  const before = (hasTwin ? undefined : request.onDisk.files.get(path)) ?? null;
  const action = before === null ? 'create' : isSame(before, text) ? 'keep' : 'update';
  return { path, action, wanted: text, before };
}

/** A checkout that turned every line end into CRLF changed nothing. */
function isSame(bytes: Uint8Array, text: string): boolean {
  const wanted = Buffer.from(text);
  if (wanted.equals(bytes)) return true;
  return bytes.length > wanted.length && Buffer.from(text.replaceAll('\n', '\r\n')).equals(bytes);
}

/** Files of others that writing would destroy. One that holds what it is to hold loses nothing. */
function reportNotOwned(
  wanted: ReadonlyMap<string, string>,
  { request, orphans, report }: Orphans & { report: Report },
): void {
  const { onDisk, force } = request;
  const isOwned = (path: string): boolean => onDisk.owned.has(path) || path === OWNERSHIP_FILE;
  const replaced = [...wanted].flatMap(([path, text]) => {
    const before = onDisk.files.get(path);
    return before === undefined || isOwned(path) || isSame(before, text) ? [] : [path];
  });
  const blocking = new Set([...onDisk.blockers.values()].flat().filter((path) => !orphans.includes(path)));
  if (replaced.length > 0 && !force) {
    addNotOwned(replaced, { help: 'move them away, or write over them with --force', onDisk, report });
  }
  if (blocking.size > 0) addNotOwned([...blocking], { help: 'move them away', onDisk, report });
}

interface NotOwned {
  readonly help: string;
  readonly onDisk: OutputFolder;
  readonly report: Report;
}

function addNotOwned(paths: readonly string[], { help, onDisk, report }: NotOwned): void {
  const subject =
    paths.length === 1
      ? 'a file that the generator does not own stands'
      : `${paths.length} files that the generator does not own stand`;
  report.add('output/not-owned', {
    message: `${subject} where it would write`,
    at: paths.toSorted().map((path) => ({ file: onDisk.prefix + path })),
    help: paths.length === 1 ? help.replaceAll('them', 'it') : help,
  });
}

/** Whether a file has to go before others can be staged: it is one of their folders, or their twin, or stands in their place. */
export function makesWay({ files }: Plan): (path: string) => boolean {
  const wanted = files.filter(({ action }) => action !== 'delete').map(({ path }) => path);
  const places = new Set(wanted.flatMap((path) => [path, ...parentFolders(path)].map(foldedPath)));
  const own = new Set(wanted.map(foldedPath));
  return (path) => places.has(foldedPath(path)) || parentFolders(path).some((folder) => own.has(foldedPath(folder)));
}
