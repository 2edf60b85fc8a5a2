/** What a diagnostic is: one finding for the user, with its place and the way out. */
import type { Code } from './codes.js';

export type Severity = 'error' | 'warning';

/** A place in an input file. Lines and columns count from 1, columns in UTF-16 code units. */
export interface Place {
  /** Path relative to the working directory, with `/`. */
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** JSON pointer in fragment form, `#/properties/storageLocation`. */
  readonly pointer?: string;
  /** The text of `line`, shown as the code frame. */
  readonly sourceLine?: string;
}

export interface Diagnostic {
  readonly severity: Severity;
  /** Stable name, `area/what-is-wrong`. */
  readonly code: Code;
  /** What is wrong, in the user's words, one line. */
  readonly message: string;
  /** Where; the first place is the one that sorts and that JSON output names. */
  readonly places: readonly Place[];
  /** Lines printed below the places: the files of a drift, the members of a collision. */
  readonly details?: readonly string[];
  /** An action that repairs it. */
  readonly help?: string;
}
