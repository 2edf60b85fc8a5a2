/** The two files that the output room writes itself: which files are the generator's, and what git makes of them. Pure. */
import { pathFault } from './paths.js';

export const OWNERSHIP_FILE = '.gen-worker-client';
export const GIT_FILE = '.gitattributes';

/** What git leaves in a file whose two sides it could not join. The list is the union of both. */
const CONFLICT_MARKER = /^(<{7}|={7}|>{7}|\|{7})( |$)/;

/** Prints the list: paths only, sorted; it names itself. */
export const printOwnership = (paths: Iterable<string>): string => `${[...paths].toSorted().join('\n')}\n`;

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
  const paths: string[] = [];
  for (const [index, path] of lines.entries()) {
    if (path === '' || CONFLICT_MARKER.test(path)) continue;
    const fault = pathFault(path);
    if (fault !== undefined) return { line: index + 1, sourceLine: path, message: `a path in the list ${fault}` };
    paths.push(path);
  }
  // A list that was cut short, or is no list at all, must not let owned files pass for somebody else's.
  if (paths.includes(OWNERSHIP_FILE)) return paths;
  return { line: 1, sourceLine: lines[0] ?? '', message: 'the list of owned files does not name itself' };
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
