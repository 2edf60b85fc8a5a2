/** Which paths the output may have: safe on every system, and never outside the folder. Pure. */

/** Stands in the folder while a run writes it. */
export const LOCK_FILE = '.gen-worker-client.lock';

/** A file that a run was going to write or delete, and the mark in the name of its staged text. */
export interface JournalLine {
  readonly mark: string;
  readonly path: string;
}

/** Where the text of a file waits until the whole set is there: beside it, hidden from whoever looks for sources. */
export function stagedPath({ mark, path }: JournalLine): string {
  const start = path.lastIndexOf('/') + 1;
  return `${path.slice(0, start)}.${path.slice(start)}.${mark}.gen-worker-client`;
}

const MAX_NAME_BYTES = 200;
const FORBIDDEN = /[\p{Cc}\p{Cs}\\:<>"|?*]/u;
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])(\.|$)/i;

/**
 * Says why a file cannot have a path.
 *
 * @param path - relative to the output folder, with `/`
 * @returns the reason, to stand behind the path, or `undefined` when all is well
 */
export function pathFault(path: string): string | undefined {
  if (path === '') return 'is empty';
  if (path.startsWith('/')) return 'is absolute';
  if (FORBIDDEN.test(path)) return 'has a sign that file names cannot have everywhere';
  for (const name of path.split('/')) {
    const fault = nameFault(name);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function nameFault(name: string): string | undefined {
  if (name === '' || name === '.') return 'has an empty step';
  if (name === '..') return 'leads out of the output folder';
  if (/[. ]$/.test(name)) return 'has a name that ends in a dot or a blank';
  if (DEVICE.test(name)) return 'has the name of a device of Windows';
  // Short names of Windows lead there as well.
  if (/^(\.git|git~\d+)$/i.test(name)) return 'belongs to git';
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) return 'has a name that is too long';
  return undefined;
}

/** A path as the most careless file system sees it: paths that fold to one text are one file there. */
export const foldedPath = (path: string): string => path.normalize('NFC').toUpperCase().toLowerCase();

/** The folders that a file stands in, the innermost first: `a/b`, `a` of `a/b/c`. */
export function parentFolders(path: string): readonly string[] {
  const steps = path.split('/').slice(0, -1);
  return steps.map((_, index) => steps.slice(0, steps.length - index).join('/'));
}
