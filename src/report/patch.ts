/** Old and new text as a unified diff, for people and for `git apply`. */
import { FILE_HEADERS_ONLY, formatPatch, structuredPatch } from 'diff';

export interface ChangedText {
  /** Relative to the working directory, with `/`. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** Where two texts differ in more lines than this, a diff says less than the fact. */
const MAX_EDITS = 1500;

/** One diff for all files. */
export const printPatch = (files: readonly ChangedText[]): string => files.map(printFilePatch).join('');

function printFilePatch({ path, before, after }: ChangedText): string {
  const [oldName, newName] = [`a/${path}`, `b/${path}`];
  const patch = structuredPatch(oldName, newName, before, after, undefined, undefined, {
    context: 3,
    maxEditLength: MAX_EDITS,
    // A checkout may have changed every line end.
    stripTrailingCr: true,
  });
  if (patch === undefined) return `--- ${oldName}\n+++ ${newName}\nmore than ${MAX_EDITS} lines differ\n`;
  return formatPatch(patch, FILE_HEADERS_ONLY);
}
