/** The types of the message model: what every target reads, in JSON's own terms. No code. */
import type { JsonObject, JsonValue } from '../text/json.js';

export type { JsonObject, JsonValue };

/** All messages of a schemas folder, language-free and frozen. */
export interface Model {
  /** Sorted by `type`, by code point. */
  readonly messages: readonly Message[];
  /** Types of `schemas/shared/`, each printed once, sorted by `name`. Those that no message uses are not here. */
  readonly sharedTypes: readonly NamedType[];
  /** The message whose example opens the READMEs. */
  readonly exampleMessage: Message;
}

export interface Message {
  /** Wire name, from the file name: `file-download-request`. */
  readonly type: string;
  /** `['file', 'download', 'request']`: targets join the words in their own case. */
  readonly words: readonly string[];
  /** Schema `description`, else `title`, or `''`. Raw text: escaping is the printer's work. */
  readonly doc: string;
  readonly deprecated: boolean;
  /** `FileDownloadRequestMessage`, the same in every target. */
  readonly payloadType: string;
  /** `FILE_DOWNLOAD_REQUEST`, the same in every target. */
  readonly constant: string;
  /** Queue name of `x-queue`, or `null`. */
  readonly queue: string | null;
  /** Message type of `x-result`, or `null`. */
  readonly result: string | null;
  /** The payload as a tree of shapes. */
  readonly payload: Shape;
  /** Facts of the payload's root: its examples, constraints, sensitivity. */
  readonly facts: Facts;
  /** Valid payloads: the schema's own examples, else one that is made. Empty only where no payload is valid. */
  readonly examples: readonly JsonValue[];
  /** Named types that belong to this message (`$defs`), in the order of their keys in the file. */
  readonly types: readonly NamedType[];
  /** The schema, self-contained: every reference leads into its own `$defs`. */
  readonly schema: JsonObject | boolean;
  /** Path of the schema file, relative to the working directory, with `/`. */
  readonly file: string;
}

/** A type with a name of its own that is no message: a shared file, or an entry of a message's `$defs`. */
export interface NamedType {
  /** `StorageLocation`, or `FileDownloadRequestMessageOptions` for one that belongs to a message. */
  readonly name: string;
  readonly doc: string;
  readonly facts: Facts;
  readonly shape: Shape;
  readonly file: string;
}

/** What a schema says beside its shape. Every field is always there; empty means unsaid. */
export interface Facts {
  readonly deprecated: boolean;
  /** `x-sensitive`: the value is a secret and belongs in no log. */
  readonly sensitive: boolean;
  readonly readOnly: boolean;
  readonly writeOnly: boolean;
  /** In a list of none or one, because `null` is a value. */
  readonly defaultValue: readonly JsonValue[];
  readonly examples: readonly JsonValue[];
  /** Constraints that no type can say, in the order of `CONSTRAINTS`: `['minimum', 0]`, `['format', 'uuid']`. */
  readonly constraints: readonly Constraint[];
  /** What the schema says of each item of a list, and of each value of a map. */
  readonly items: InnerFacts;
  readonly values: InnerFacts;
}

/** Facts of a part that has no doc comment of its own. */
export interface InnerFacts {
  /** Raw text, or `''`. */
  readonly doc: string;
  readonly constraints: readonly Constraint[];
}

export type Constraint = readonly [keyword: string, value: JsonValue];

export interface Field {
  /** Payload key, as the schema has it. */
  readonly key: string;
  readonly required: boolean;
  readonly doc: string;
  readonly facts: Facts;
  readonly shape: Shape;
}

/**
 * One payload type, language-free. A closed union on `kind`: every switch over it ends in a `never` check.
 *
 * `object.additional`: what other keys may hold. `'undeclared'`: the schema says nothing (open, but a typo is
 * worth catching); `false`: no other key; a shape: a map of such values. `tuple.required` counts the leading
 * items that must be there; `tuple.rest` is what follows them, or `false`.
 */
export type Shape =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'never' }
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'number'; readonly integer: boolean }
  | { readonly kind: 'string' }
  | { readonly kind: 'literal'; readonly values: readonly JsonValue[] }
  | { readonly kind: 'array'; readonly items: Shape }
  | {
      readonly kind: 'tuple';
      readonly items: readonly Shape[];
      readonly required: number;
      readonly rest: Shape | false;
    }
  | { readonly kind: 'object'; readonly fields: readonly Field[]; readonly additional: Shape | false | 'undeclared' }
  | { readonly kind: 'union'; readonly members: readonly Shape[] }
  | { readonly kind: 'intersection'; readonly members: readonly Shape[] }
  | { readonly kind: 'reference'; readonly name: string };
