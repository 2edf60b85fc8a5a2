/** The named types that the payloads lead to, file by file. */
import type { Path, SchemaFile } from '../schemas/schema-file.js';
import { isArray, isObject, type JsonObject, type JsonValue, ownValue } from '../text/json.js';
import type { Examples } from './examples.js';
import { readDoc, readFacts } from './facts.js';
import type { KeptFiles } from './kept.js';
import type { NamedType, Shape } from './model.js';
import { payloadTypeOf } from './names.js';
import type { NamedPlace, Places } from './places.js';

export interface NamingContext {
  /** By message type. */
  readonly files: ReadonlyMap<string, SchemaFile>;
  readonly places: Places;
  readonly shapes: ReadonlyMap<string, Shape>;
  readonly examples: Examples;
  readonly kept: KeptFiles;
}

/** The named types of each file that some payload refers to, in the order in which they stand in the file. */
export function buildTypes(context: NamingContext): ReadonlyMap<SchemaFile, readonly NamedType[]> {
  const byFile = new Map<SchemaFile, NamedPlace[]>();
  for (const name of usedNames(context)) {
    const place = context.places.byName.get(name);
    if (place === undefined || (place.file.isMessage && place.path.length === 0)) continue;
    const ofFile = byFile.get(place.file);
    if (ofFile === undefined) byFile.set(place.file, [place]);
    else ofFile.push(place);
  }
  const positionOf = positions();
  return new Map(
    [...byFile].map(([file, ofFile]) => {
      const placed = ofFile.map((place) => ({ place, position: positionOf(file.schema, place.path) }));
      const sorted = placed.toSorted((a, b) => comparePositions(a.position, b.position));
      return [file, sorted.map(({ place }) => buildType(place, context))];
    }),
  );
}

const buildType = (place: NamedPlace, { shapes, examples, kept }: NamingContext): NamedType =>
  kept.of(place.file)?.types.get(place.name) ?? {
    name: place.name,
    doc: readDoc(place.schema),
    facts: readFacts(place.schema, examples.of(place.schema)),
    shape: shapes.get(place.name) ?? { kind: 'unknown' },
    file: place.file.path,
  };

/** Every name that the payload of a message leads to, through other names, too. */
function usedNames({ files, shapes }: NamingContext): ReadonlySet<string> {
  const used = new Set<string>([...files.keys()].map(payloadTypeOf));
  // The set grows while it is read.
  for (const name of used) {
    const shape = shapes.get(name);
    if (shape !== undefined) for (const inner of referencesOf(shape)) used.add(inner);
  }
  return used;
}

/** The names that a shape says itself. */
export function referencesOf(shape: Shape): readonly string[] {
  switch (shape.kind) {
    case 'reference':
      return [shape.name];
    case 'array':
      return referencesOf(shape.items);
    case 'tuple':
      return [...shape.items, ...(shape.rest === false ? [] : [shape.rest])].flatMap(referencesOf);
    case 'union':
    case 'intersection':
      return shape.members.flatMap(referencesOf);
    case 'object':
      return [
        ...shape.fields.flatMap((field) => referencesOf(field.shape)),
        ...(typeof shape.additional === 'object' ? referencesOf(shape.additional) : []),
      ];
    default:
      return [];
  }
}

/** Where a path stands in a value: at each step, the how many-th key or item it is. */
function positions(): (schema: JsonValue, path: Path) => readonly number[] {
  const known = new Map<JsonObject, ReadonlyMap<string, number>>();
  const keysOf = (object: JsonObject): ReadonlyMap<string, number> => {
    const before = known.get(object);
    if (before !== undefined) return before;
    const found = new Map(Object.keys(object).map((key, index) => [key, index]));
    known.set(object, found);
    return found;
  };
  return (schema, path) => {
    let value: JsonValue | undefined = schema;
    return path.map((step) => {
      const position = isObject(value) ? keysOf(value).get(step) : Number(step);
      value = isArray(value) ? value[Number(step)] : isObject(value) ? ownValue(value, step) : undefined;
      return position ?? 0;
    });
  };
}

function comparePositions(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((position, at) => position !== b[at]);
  return index === -1 || b[index] === undefined ? a.length - b.length : (a[index] ?? 0) - b[index];
}
