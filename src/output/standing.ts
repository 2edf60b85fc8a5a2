/** What stands at a path of the output folder. Symbolic links are followed inside the folder, and never out of it. */
import fs from 'node:fs';
import path from 'node:path';

/** Where the output is: absolute paths. */
export interface OutputPlace {
  readonly out: string;
  /** Paths in diagnostics are relative to it. */
  readonly root: string;
}

/**
 * `blocked`: a file stands where a folder of the path should be, or a folder where the file should be;
 * `by` names the files that are in the way. `outside`: the link at `link` leads out of the folder, or nowhere.
 */
export type Standing =
  | { readonly kind: 'absent' | 'file' | 'folder' }
  | { readonly kind: 'blocked'; readonly by: readonly string[] }
  | { readonly kind: 'outside'; readonly link: string };

const ABSENT: Standing = { kind: 'absent' };
const FILE: Standing = { kind: 'file' };
const FOLDER: Standing = { kind: 'folder' };

/**
 * Makes a function that tells what stands at a path where a file should be. It remembers folders, so it is for one look only.
 *
 * @param out - absolute path of the output folder; a link there is followed
 */
export function standingIn(out: string): (file: string) => Standing {
  const home = realPath(out);
  const folders = new Map<string, Standing>([['', home === undefined ? ABSENT : FOLDER]]);

  function folderAt(inner: string): Standing {
    const known = folders.get(inner);
    if (known !== undefined) return known;
    const found = lookAt(inner);
    const standing: Standing = found.kind === 'file' ? { kind: 'blocked', by: [inner] } : found;
    folders.set(inner, standing);
    return standing;
  }

  function lookAt(inner: string): Standing {
    const parent = folderAt(inner.slice(0, Math.max(0, inner.lastIndexOf('/'))));
    if (parent.kind !== 'folder') return parent;
    const full = `${out}${path.sep}${inner}`;
    const stat = fs.lstatSync(full, { throwIfNoEntry: false });
    if (stat === undefined) return ABSENT;
    if (!stat.isSymbolicLink()) return stat.isDirectory() ? FOLDER : FILE;
    const real = realPath(full);
    if (real === undefined || home === undefined || !real.startsWith(home + path.sep)) {
      return { kind: 'outside', link: inner };
    }
    return fs.statSync(real).isDirectory() ? FOLDER : FILE;
  }

  return (file) => {
    const standing = lookAt(file);
    return standing.kind === 'folder' ? { kind: 'blocked', by: filesUnder({ out, inner: file }) } : standing;
  };
}

/** Every file below a folder, relative to the output folder. Links count as files. */
function filesUnder({ out, inner }: { readonly out: string; readonly inner: string }): readonly string[] {
  return fs.readdirSync(path.join(out, inner), { withFileTypes: true }).flatMap((entry) => {
    const name = `${inner}/${entry.name}`;
    return entry.isDirectory() ? filesUnder({ out, inner: name }) : [name];
  });
}

function realPath(full: string): string | undefined {
  try {
    return fs.realpathSync(full);
  } catch {
    return undefined;
  }
}

/** A path as diagnostics show it: relative to the working directory, with `/`. */
export const shownPath = (root: string, full: string): string =>
  path.relative(root, full).split(path.sep).join('/') || '.';

/** The system's word for what went wrong: `ENOENT`. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);
