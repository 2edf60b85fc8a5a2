/** The two files that the output room writes itself: which files are the generator's, and what git makes of them. Pure. */
import { pathFault } from './paths.js';

export const OWNERSHIP_FILE = '.gen-worker-client';
export const GIT_FILE = '.gitattributes';

const HEADER = '# Files that gen-worker-client owns: it rewrites them, and deletes those that it no longer makes.';
/** What git leaves in a file whose two sides it could not join. The list is the union of both. */
const CONFLICT_MARKER = /^(<{7}|={7}|>{7}|\|{7})( |$)/;

/** Prints the list: paths only, sorted. */
export const printOwnership = (paths: Iterable<string>): string => `${[HEADER, ...[...paths].toSorted()].join('\n')}\n`;

/** A line of the list that cannot be true. */
export interface OwnershipFault {
  readonly line: number;
  readonly sourceLine: string;
  readonly message: string;
}

/**
 * Reads the list, whatever its line ends, its order, and the conflict markers in it.
 *
 * @returns the paths, or the first line that makes the list untrustworthy
 */
export function parseOwnership(text: string): readonly string[] | OwnershipFault {
  const lines = text.split(/\r?\n/);
  const first = lines[0] ?? '';
  if (!first.startsWith('# ') && !CONFLICT_MARKER.test(first)) {
    return { line: 1, sourceLine: first, message: 'the list of owned files does not begin with its heading' };
  }
  const paths: string[] = [];
  for (const [index, path] of lines.entries()) {
    if (path === '' || path.startsWith('#') || CONFLICT_MARKER.test(path)) continue;
    const fault = pathFault(path);
    if (fault !== undefined) return { line: index + 1, sourceLine: path, message: `a path in the list ${fault}` };
    paths.push(path);
  }
  return paths;
}

/** Whether a list was read, or a fault was found. */
export const isFault = (parsed: readonly string[] | OwnershipFault): parsed is OwnershipFault => 'line' in parsed;

/**
 * Prints the attributes: line ends that no checkout changes, and files that reviews fold, but for those they are about.
 *
 * @param reviewed - paths that a pull request shows open
 */
export const printGitAttributes = (reviewed: Iterable<string>): string =>
  [
    '* text=auto eol=lf',
    '* linguist-generated',
    ...[...reviewed].toSorted().map((path) => `${path} -linguist-generated`),
    '',
  ].join('\n');
