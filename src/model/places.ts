/** Which schemas get a type of their own: messages, shared files, and whatever a reference leads to. */
import { type References, type ResolvedSchemas, type Spot, targetsOf } from '../schemas/resolve.js';
import type { Path, SchemaFile } from '../schemas/schema-file.js';
import { subschemasOf } from '../schemas/subschemas.js';
import { isObject, type JsonObject, type JsonValue, ownValue } from '../text/json.js';
import { distinctTypeName, innerTypeName, payloadTypeOf, sharedTypeOf } from './names.js';

/** A schema with a type name. */
export interface NamedPlace extends Spot {
  readonly name: string;
  readonly schema: JsonObject;
}

export interface Places {
  /** Every place that a message leads to, by its schema object; messages first, each before what it leads to. */
  readonly bySchema: ReadonlyMap<JsonObject, NamedPlace>;
  /** The same by name. Of two with one name, the first; `collisions.ts` reports the other. */
  readonly byName: ReadonlyMap<string, NamedPlace>;
  /** Files of which a place may lead to another: they refer to something, or are referred to somewhere inside. */
  readonly leading: ReadonlySet<SchemaFile>;
}

/** The name of a file's root type. */
export const rootTypeOf = ({ isMessage, stem }: SchemaFile): string =>
  isMessage ? payloadTypeOf(stem) : sharedTypeOf(stem);

/** Finds the places and names them. */
export function findPlaces(resolved: ResolvedSchemas): Places {
  const referring = filesWithReferences(resolved);
  const spots = reachableSpots(resolved, referring);
  const bySchema = new Map<JsonObject, NamedPlace>();
  const byName = new Map<string, NamedPlace>();
  const byFile = new Map<SchemaFile, ObjectSpot[]>();
  for (const spot of spots) {
    const ofFile = byFile.get(spot.file);
    if (ofFile === undefined) byFile.set(spot.file, [spot]);
    else ofFile.push(spot);
  }
  for (const [file, ofFile] of byFile) {
    for (const place of nameSpots(file, ofFile)) {
      bySchema.set(place.schema, place);
      if (!byName.has(place.name)) byName.set(place.name, place);
    }
  }
  const leading = new Set(referring);
  for (const { file, path } of spots) if (path.length > 0) leading.add(file);
  return { bySchema, byName, leading };
}

interface ObjectSpot extends Spot {
  readonly schema: JsonObject;
}

const hasObject = (spot: Spot): spot is ObjectSpot => isObject(spot.schema);

/** The messages, and every target of a reference that is found from them. */
function reachableSpots(resolved: ResolvedSchemas, referring: ReadonlySet<SchemaFile>): readonly ObjectSpot[] {
  const roots = resolved.files
    .filter(({ isMessage }) => isMessage)
    .map((file): Spot => ({ file, path: [], schema: file.schema }));
  const spots = roots.filter(hasObject);
  const known = new Set<JsonObject>(spots.map(({ schema }) => schema));
  const walked = new Set<JsonObject>();
  // The list grows while it is read.
  for (const spot of spots) {
    if (!referring.has(spot.file)) continue;
    visitSchemas(spot.schema, (schema) => {
      if (walked.has(schema)) return false;
      walked.add(schema);
      for (const target of targetsOf(schema, resolved)) {
        if (!hasObject(target) || known.has(target.schema)) continue;
        known.add(target.schema);
        spots.push(target);
      }
      return true;
    });
  }
  return spots;
}

/**
 * Visits a schema and every schema in it that takes part in its meaning: definitions only do when they are referred
 * to.
 *
 * @param visit - answers whether to go on inside
 */
export function visitSchemas(schema: JsonObject, visit: (inner: JsonObject) => boolean): void {
  if (!visit(schema)) return;
  for (const { value, steps } of subschemasOf(schema)) {
    if (steps[0] !== '$defs' && steps[0] !== 'definitions' && isObject(value)) visitSchemas(value, visit);
  }
}

/** The files that refer to anything. */
function filesWithReferences({ schemas, targets, dynamicTargets }: References): ReadonlySet<SchemaFile> {
  const referring = [...targets.keys(), ...dynamicTargets.keys()];
  return new Set(referring.flatMap((schema) => schemas.get(schema)?.file ?? []));
}

const IN_PLACE = new Set(['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentSchemas', 'dependencies']);

/** Visits a schema and every schema in it that asks about the same value. */
export function visitInPlace(schema: JsonObject, visit: (inner: JsonObject) => void): void {
  visit(schema);
  for (const { value, steps } of subschemasOf(schema)) {
    if (IN_PLACE.has(steps[0] ?? '') && isObject(value)) visitInPlace(value, visit);
  }
}

/**
 * Names the places of one file. A definition has its key's name; where two keys come to one name, and for places
 * that are no definition and meet such a name, the path tells them apart.
 */
function nameSpots(file: SchemaFile, spots: readonly ObjectSpot[]): NamedPlace[] {
  const owner = rootTypeOf(file);
  const definitions = countNames(definitionPaths(file.schema), owner);
  const others = countNames(
    spots.filter((spot) => !isDefinition(spot)).map(({ path }) => path),
    owner,
  );
  return spots.map((spot): NamedPlace => {
    if (spot.path.length === 0) return { ...spot, name: owner };
    const name = innerTypeName(owner, spot.path);
    const isAlone = isDefinition(spot) ? definitions.get(name) === 1 : !definitions.has(name) && others.get(name) === 1;
    return { ...spot, name: isAlone ? name : distinctTypeName(name, spot.path) };
  });
}

function countNames(paths: readonly Path[], owner: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const path of paths) {
    const name = innerTypeName(owner, path);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

/** Of all definitions, also of those that nothing refers to: using one more must not rename another. */
const definitionPaths = (schema: JsonValue): Path[] =>
  ['$defs', 'definitions'].flatMap((container) => {
    const definitions = isObject(schema) ? ownValue(schema, container) : undefined;
    return isObject(definitions) ? Object.keys(definitions).map((key) => [container, key]) : [];
  });

const isDefinition = ({ path }: Spot): boolean =>
  path.length === 2 && (path[0] === '$defs' || path[0] === 'definitions');
