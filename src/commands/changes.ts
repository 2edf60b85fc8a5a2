/** Notices changes of files and folders, also of those that are not there yet, and gathers those of one save. */
import path from 'node:path';
import { type FSWatcher, watch as watchPaths } from 'chokidar';

/** Absolute paths; what is not there is noticed when it comes. */
export interface WatchedPlaces {
  readonly files: readonly string[];
  /** With everything in them. */
  readonly folders: readonly string[];
}

/** Changes cannot be noticed. */
export class WatchError extends Error {
  override readonly name = 'WatchError';
}

export interface Changes {
  /** Watches other places from now on; says whether they are other ones. */
  follow(places: WatchedPlaces): Promise<boolean>;
  /** Waits for changes. Gives the paths, sorted. */
  next(): Promise<readonly string[]>;
}

/** An editor writes a file in several steps; this is the pause that ends them. */
const PAUSE = 15;
/** Some empty a file before they write it anew. */
const PAUSE_WHEN_EMPTY = 100;
/** What editors leave beside a file for a moment. */
const PASSING = /(~|\.tmp|\.sw[a-z]|___jb_(old|tmp)___|\/4913|\/\.#[^/]*)$/;

/** Starts with nothing to watch. */
export function collectChanges(): Changes {
  const gathered = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let wake = { done: (): void => {}, failed: (_error: Error): void => {} };
  let followed = '';
  let watcher: FSWatcher | undefined;

  const note = (file: string, pause = PAUSE): void => {
    gathered.add(file);
    clearTimeout(timer);
    timer = setTimeout(() => wake.done(), pause);
  };
  return {
    async follow(places) {
      if (JSON.stringify(places) === followed) return false;
      followed = JSON.stringify(places);
      await watcher?.close();
      watcher = await openWatcher(places, note);
      watcher.on('error', (error) => wake.failed(watchError(error)));
      return true;
    },
    async next() {
      await new Promise<void>((resolve, reject) => {
        wake = { done: resolve, failed: reject };
        if (gathered.size > 0) note([...gathered][0] ?? '');
      });
      const files = [...gathered].toSorted();
      gathered.clear();
      return files;
    },
  };
}

type Note = (file: string, pause?: number) => void;

async function openWatcher(places: WatchedPlaces, note: Note): Promise<FSWatcher> {
  const isWanted = (file: string): boolean =>
    !PASSING.test(file) && (places.files.includes(file) || places.folders.some((folder) => isWithin(folder, file)));
  const leadsThere = (folder: string): boolean =>
    [...places.files, ...places.folders].some((place) => isWithin(folder, place));
  const bases = [...places.files, ...places.folders].map((place) => path.dirname(place));
  const watcher = watchPaths([...new Set(bases)], {
    ignoreInitial: true,
    ignored: (file) => !isWanted(file) && !leadsThere(file),
  });
  const onChange = (file: string, stats?: { readonly size: number }): void => {
    if (isWanted(file)) note(file, stats?.size === 0 ? PAUSE_WHEN_EMPTY : PAUSE);
  };
  watcher.on('all', (_event, file, stats) => onChange(file, stats));
  // A second change within the watcher's own pause comes only this way.
  watcher.on('raw', (event, name, details) => {
    const watched = watchedPathOf(details);
    if (event === 'change') onChange(path.basename(watched) === name ? watched : path.join(watched, name));
  });
  await new Promise<void>((resolve, reject) => {
    watcher.once('ready', resolve);
    watcher.once('error', (error) => reject(watchError(error)));
  });
  return watcher;
}

/** The file or folder whose watcher saw it. */
const watchedPathOf = (details: unknown): string =>
  typeof details === 'object' && details !== null && 'watchedPath' in details ? String(details.watchedPath) : '';

const isWithin = (folder: string, inner: string): boolean =>
  inner === folder || inner.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep);

const watchError = (error: unknown): WatchError =>
  new WatchError(error instanceof Error ? error.message : String(error));
