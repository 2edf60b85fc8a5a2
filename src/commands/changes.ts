/** Notices changes of files and folders, also of those that are not there yet, and gathers those of one save. */
import path from 'node:path';
import { type FSWatcher, watch as watchPaths } from 'chokidar';

/** Absolute paths; what is not there is noticed when it comes. */
export interface WatchedPlaces {
  readonly files: readonly string[];
  /** With everything in them whose name ends so. */
  readonly folders: readonly { readonly folder: string; readonly ending: string }[];
}

/** Changes cannot be noticed. */
export class WatchError extends Error {
  override readonly name = 'WatchError';
}

/** What changed in one go. */
export interface Change {
  /** Absolute, sorted. */
  readonly files: readonly string[];
  /** Whether the watcher is sure of it; if not, a look at the files is worth it, and no word. */
  readonly isSure: boolean;
}

export interface Changes {
  /** Watches other places from now on; says whether they are other ones. */
  follow(places: WatchedPlaces): Promise<boolean>;
  /** Waits for changes. */
  next(): Promise<Change>;
}

/** An editor writes a file in several steps; this is the pause that ends them. */
const PAUSE = 15;
/** Some empty a file before they write it anew. */
const PAUSE_WHEN_EMPTY = 100;
/** The watcher waits as long for a deleted file to come back; what it says in that time comes first. */
const PAUSE_WHEN_UNSURE = 120;
/** What editors leave beside a file for a moment. */
const PASSING = /(~|\.tmp|\.sw[a-z]|___jb_(old|tmp)___|\/4913|\/\.#[^/]*)$/;

/** Starts with nothing to watch. */
export function collectChanges(): Changes {
  let gathered: Change = { files: [], isSure: false };
  let timer: NodeJS.Timeout | undefined;
  let failure: WatchError | undefined;
  let wake = (): void => {};
  let breakOff = (): void => {};
  let followed = '';
  let watcher: FSWatcher | undefined;

  const wait = (pause: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = undefined;
      wake();
    }, pause);
  };
  const note: Note = (file, pause) => {
    const isSure = pause !== PAUSE_WHEN_UNSURE;
    gathered = {
      files: [...new Set([...gathered.files, file])].toSorted(),
      isSure: gathered.isSure || isSure,
    };
    if (isSure || timer === undefined) wait(pause);
  };
  const fail = (error: unknown): void => {
    failure ??= new WatchError(error instanceof Error ? error.message : String(error));
    breakOff();
  };
  const waitFor = async (start: (done: () => void) => void): Promise<void> => {
    await new Promise<void>((resolve) => {
      breakOff = resolve;
      if (failure === undefined) start(resolve);
      else resolve();
    });
    if (failure !== undefined) throw failure;
  };
  return {
    async follow(places) {
      if (JSON.stringify(places) === followed) return false;
      followed = JSON.stringify(places);
      await watcher?.close();
      const opened = openWatcher(places, note);
      watcher = opened.on('error', fail);
      await waitFor((done) => void opened.once('ready', done));
      return true;
    },
    async next() {
      await waitFor((done) => {
        wake = done;
        if (gathered.files.length > 0 && timer === undefined) wait(PAUSE);
      });
      const change = gathered;
      gathered = { files: [], isSure: false };
      return change;
    },
  };
}

type Note = (file: string, pause: number) => void;

function openWatcher(places: WatchedPlaces, note: Note): FSWatcher {
  const isInside = (file: string): boolean => places.folders.some(({ folder }) => isWithin(folder, file));
  const isFile = (file: string): boolean =>
    !PASSING.test(file) &&
    (places.files.includes(file) ||
      places.folders.some(({ folder, ending }) => isWithin(folder, file) && file.endsWith(ending)));
  const all = [...places.files, ...places.folders.map(({ folder }) => folder)];
  const leadsThere = (folder: string): boolean => all.some((place) => isWithin(folder, place));
  const watcher = watchPaths([...new Set(all.map((place) => path.dirname(place)))], {
    ignoreInitial: true,
    // What cannot be read is reported by those who read it.
    ignorePermissionErrors: true,
    ignored: (file) => !isInside(file) && !places.files.includes(file) && !leadsThere(file),
  });
  const onChange = (file: string, stats?: { readonly size: number }): void => {
    if (isFile(file)) note(file, stats?.size === 0 ? PAUSE_WHEN_EMPTY : PAUSE);
  };
  watcher.on('all', (event, file, stats) => {
    if (!event.endsWith('Dir')) onChange(file, stats);
    else if (isInside(file)) note(file, PAUSE);
  });
  // A second change within the watcher's own pause comes only this way.
  watcher.on('raw', (event, name, details) => {
    const watched = watchedPathOf(details);
    const file = path.basename(watched) === name ? watched : path.join(watched, name);
    if (event === 'change' && isFile(file)) note(file, PAUSE_WHEN_UNSURE);
  });
  return watcher;
}

/** The file or folder whose watcher saw it. */
const watchedPathOf = (details: unknown): string =>
  typeof details === 'object' && details !== null && 'watchedPath' in details ? String(details.watchedPath) : '';

const isWithin = (folder: string, inner: string): boolean =>
  inner === folder || inner.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep);
