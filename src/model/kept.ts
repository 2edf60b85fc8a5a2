/** What was made of a file in an earlier run of this process, as long as nothing that it leads to has changed. */
import type { References } from '../schemas/resolve.js';
import type { SchemaFile } from '../schemas/schema-file.js';
import type { JsonObject } from '../text/json.js';
import type { Message, NamedType, Shape } from './model.js';
import type { Places } from './places.js';

/** By type name; those of the file's own places. */
export interface KeptFile {
  readonly shapes: ReadonlyMap<string, Shape>;
  readonly types: ReadonlyMap<string, NamedType>;
  /** A message of which there was nothing to report. */
  readonly message: Message | undefined;
}

export interface KeptFiles {
  readonly of: (file: SchemaFile) => KeptFile | undefined;
  /** Keeps what this run made, for the next one. */
  readonly keep: (made: Made) => void;
}

/** What a run made of all files. */
export interface Made {
  readonly shapes: ReadonlyMap<string, Shape>;
  readonly types: ReadonlyMap<SchemaFile, readonly NamedType[]>;
  /** Those of which there was nothing to report. */
  readonly messages: ReadonlyMap<SchemaFile, Message>;
}

/** What it was made of. Files are parsed once, so the same file is the same object. */
interface Origin {
  readonly closure: ReadonlySet<SchemaFile>;
  readonly names: ReadonlyMap<JsonObject, string>;
}

const NOTHING: ReadonlyMap<JsonObject, string> = new Map();
const kept = new WeakMap<SchemaFile, Origin & { readonly made: KeptFile }>();

/** Looks at what this run is made of. */
export function openKept(places: Places, references: References): KeptFiles {
  // A dynamic reference leads where the files say that lead to it.
  if (references.dynamicTargets.size > 0) return { of: () => undefined, keep: () => {} };
  const leadsTo = filesLedTo(references);
  const names = namesByFile(places);
  const closures = new Map<SchemaFile, ReadonlySet<SchemaFile>>();
  const closureOf = (file: SchemaFile): ReadonlySet<SchemaFile> => {
    const found = closures.get(file) ?? closureFrom(file, leadsTo);
    closures.set(file, found);
    return found;
  };
  const namesOf = (file: SchemaFile): ReadonlyMap<JsonObject, string> => names.get(file) ?? NOTHING;
  const hasSameNames = (file: SchemaFile): boolean => isSameMap(kept.get(file)?.names ?? NOTHING, namesOf(file));
  return {
    of: (file) => {
      const before = kept.get(file);
      if (before === undefined || !isSameSet(before.closure, closureOf(file))) return undefined;
      return [...before.closure].every(hasSameNames) ? before.made : undefined;
    },
    keep: ({ shapes, types, messages }) => {
      for (const [file, ofFile] of names) {
        const made = {
          shapes: new Map([...ofFile.values()].flatMap((name) => entryOf(shapes, name))),
          types: new Map((types.get(file) ?? []).map((type) => [type.name, type])),
          message: messages.get(file),
        };
        kept.set(file, { closure: closureOf(file), names: ofFile, made });
      }
    },
  };
}

const entryOf = <K, V>(map: ReadonlyMap<K, V>, key: K): readonly (readonly [K, V])[] => {
  const value = map.get(key);
  return value === undefined ? [] : [[key, value]];
};

function filesLedTo({ schemas, targets }: References): ReadonlyMap<SchemaFile, ReadonlySet<SchemaFile>> {
  const leadsTo = new Map<SchemaFile, Set<SchemaFile>>();
  for (const [schema, { file }] of targets) {
    const from = schemas.get(schema)?.file ?? file;
    leadsTo.set(from, (leadsTo.get(from) ?? new Set()).add(file));
  }
  return leadsTo;
}

function closureFrom(
  file: SchemaFile,
  leadsTo: ReadonlyMap<SchemaFile, ReadonlySet<SchemaFile>>,
): ReadonlySet<SchemaFile> {
  const found = new Set([file]);
  // The set grows while it is read.
  for (const inner of found) for (const next of leadsTo.get(inner) ?? []) found.add(next);
  return found;
}

function namesByFile({ bySchema }: Places): ReadonlyMap<SchemaFile, ReadonlyMap<JsonObject, string>> {
  const names = new Map<SchemaFile, Map<JsonObject, string>>();
  for (const [schema, { file, name }] of bySchema) {
    const ofFile = names.get(file) ?? new Map<JsonObject, string>();
    names.set(file, ofFile.set(schema, name));
  }
  return names;
}

const isSameSet = <T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean =>
  a.size === b.size && [...a].every((item) => b.has(item));

const isSameMap = <K, V>(a: ReadonlyMap<K, V>, b: ReadonlyMap<K, V>): boolean =>
  a.size === b.size && [...a].every(([key, value]) => b.get(key) === value);
