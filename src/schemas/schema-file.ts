/** What a parsed schema file is, and what a place in it is called. */
import type { JsonValue } from '../text/json.js';
import type { Place } from '../report/diagnostic.js';

export type Dialect = '2020-12' | 'draft-07';

/** The steps from a file's root to a value: property names and array indexes as text. */
export type Path = readonly string[];

/** A file of the schemas folder as it stands on the disk. */
export interface SchemaText {
  /** Relative to the working directory, with `/`. */
  readonly path: string;
  /** Relative to the schemas folder, with `/`: `shared/storage-location.schema.json`. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface SchemaFile {
  readonly path: string;
  readonly name: string;
  /** File name without `.schema.json`; of a message its message type. */
  readonly stem: string;
  readonly isMessage: boolean;
  readonly dialect: Dialect;
  readonly schema: JsonValue;
  /** Whether nothing but its name is known, because what is wrong with it was reported; its schema is `true`. */
  readonly isBroken: boolean;
  /**
   * Where a value stands in the file.
   *
   * @param path - from the root; a path that is not there gives its nearest ancestor
   * @param part - the value itself, or the key in front of it
   */
  place(path: Path, part?: 'key' | 'value'): Place;
}

/** A JSON pointer in fragment form: `#/properties/a~1b`. */
export const pointerOf = (path: Path): string =>
  `#${path.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')}`;
