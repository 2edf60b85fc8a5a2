/** The named types that the payloads lead to, file by file. */
import type { SchemaFile } from '../schemas/schema-file.js';
import { isArray, isObject, type JsonObject, type JsonValue, ownValue } from '../text/json.js';
import type { Examples } from './examples.js';
import { readDoc, readFacts } from './facts.js';
import type { NamedType, Shape } from './model.js';
import { payloadTypeOf } from './names.js';
import type { NamedPlace, Places } from './places.js';

export interface NamingContext {
  /** By message type. */
  readonly files: ReadonlyMap<string, SchemaFile>;
  readonly places: Places;
  readonly shapes: ReadonlyMap<string, Shape>;
  readonly examples: Examples;
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
  return new Map(
    [...byFile].map(([file, ofFile]) => [
      file,
      ofFile.toSorted((a, b) => compareInFile(file.schema, a.path, b.path)).map((place) => buildType(place, context)),
    ]),
  );
}

const buildType = (place: NamedPlace, { shapes, examples }: NamingContext): NamedType => ({
  name: place.name,
  doc: readDoc(place.schema),
  facts: readFacts(place.schema, examples.of(place.schema)),
  shape: shapes.get(place.name) ?? { kind: 'unknown' },
  file: place.file.path,
});

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

/** Which of two paths stands first in a value, by the order of keys. */
function compareInFile(schema: JsonValue, a: readonly string[], b: readonly string[]): number {
  let value: JsonValue | undefined = schema;
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    const [left = '', right = ''] = [a[index], b[index]];
    if (left !== right) {
      if (!isObject(value)) return Number(left) - Number(right);
      const keys = Object.keys(value);
      return keys.indexOf(left) - keys.indexOf(right);
    }
    value = isArray(value) ? value[Number(left)] : ownValue(value as JsonObject, left);
  }
  return a.length - b.length;
}
