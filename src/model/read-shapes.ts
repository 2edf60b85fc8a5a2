/** Reads the shape of every named place; the same shape whichever place is asked for first. */
import { type References, type Spot, targetsOf } from '../schemas/resolve.js';
import { isObject, type JsonValue } from '../text/json.js';
import { components } from './components.js';
import type { Lookup } from './conforms.js';
import type { Examples } from './examples.js';
import type { Shape } from './model.js';
import { type NamedPlace, type Places, visitInPlace, visitSchemas } from './places.js';
import { readShape } from './shape.js';

/** Enough for every honest schema, and for a whole run of them; webs of `allOf` and `anyOf` multiply. */
const MAX_JOINS = 100_000;
const MAX_JOINS_OF_RUN = 2_000_000;

/**
 * @param places - all named places
 * @param known - shapes of an earlier run that are still true
 * @returns the shape of each name. While the shapes of a recursion are read, none of them is known to the others,
 *   so that it does not matter where the reading begins.
 */
export function readShapes(
  places: Places,
  references: References,
  { of: examplesOf }: Examples,
  known: (place: NamedPlace) => Shape | undefined,
): ReadonlyMap<string, Shape> {
  const shapes = new Map<string, Shape>();
  const lookup: Lookup = (name) => shapes.get(name);
  const nameOf = (schema: NamedPlace['schema']): string | undefined => places.bySchema.get(schema)?.name;
  const leadsTo = (name: string): readonly string[] => namesWithin(places.byName.get(name), places, references);
  const cyclic = findInPlaceCycles(places, references);
  let left = MAX_JOINS_OF_RUN;
  const shapeOf = ({ name, schema, file }: NamedPlace): Shape => {
    const joins = { left: Math.min(MAX_JOINS, left) };
    const before = joins.left;
    const context = { references, nameOf, examplesOf, lookup, joins, blocked: cyclic.get(name) ?? NONE };
    const shape = readShape(schema, file.dialect, context);
    left -= before - Math.max(0, joins.left);
    return shape;
  };
  for (const component of components([...places.byName.keys()], leadsTo)) {
    const found = component.flatMap((name) => places.byName.get(name) ?? []);
    const read = found.map((place) => [place.name, known(place) ?? shapeOf(place)] as const);
    for (const [name, shape] of read) shapes.set(name, shape);
  }
  return shapes;
}

const NONE: ReadonlySet<string> = new Set();

/**
 * The names that lead back to one another without going into the value: `A` is `allOf` of `B`, and `B` of `A`. Such
 * a reference says nothing, and no type may be made of it.
 */
function findInPlaceCycles(places: Places, references: References): ReadonlyMap<string, ReadonlySet<string>> {
  const leadsTo = new Map<string, readonly string[]>();
  for (const [name, place] of places.byName) {
    const within: Spot[] = [];
    if (places.leading.has(place.file))
      visitInPlace(place.schema, (schema) => void within.push(...targetsOf(schema, references)));
    const names = within.flatMap(({ schema }) => (isObject(schema) ? (places.bySchema.get(schema)?.name ?? []) : []));
    leadsTo.set(name, names);
  }
  const groups = components([...leadsTo.keys()], (name) => leadsTo.get(name) ?? []);
  const isCyclic = (group: readonly string[]): boolean =>
    group.length > 1 || group.some((name) => leadsTo.get(name)?.includes(name) === true);
  return new Map(
    groups.filter(isCyclic).flatMap((group) => {
      const members = new Set(group);
      return group.map((name) => [name, members] as const);
    }),
  );
}

/** The names that a place leads to, by a reference or because a named place stands inside it. */
export function namesWithin(place: NamedPlace | undefined, places: Places, references: References): readonly string[] {
  if (place === undefined || !places.leading.has(place.file)) return [];
  const names = new Set<string>();
  const add = (schema: JsonValue): string | undefined => {
    const name = isObject(schema) ? places.bySchema.get(schema)?.name : undefined;
    if (name !== undefined) names.add(name);
    return name;
  };
  visitSchemas(place.schema, (schema) => {
    if (schema !== place.schema && add(schema) !== undefined) return false;
    for (const target of targetsOf(schema, references)) add(target.schema);
    return true;
  });
  return [...names];
}

/** All names that a name leads to. */
export function closures(leadsTo: (name: string) => readonly string[]): (name: string) => readonly string[] {
  const direct = new Map<string, readonly string[]>();
  const directOf = (name: string): readonly string[] => {
    const known = direct.get(name);
    if (known !== undefined) return known;
    const found = leadsTo(name);
    direct.set(name, found);
    return found;
  };
  return (name) => {
    const all = new Set(directOf(name));
    // The set grows while it is read.
    for (const inner of all) for (const next of directOf(inner)) all.add(next);
    return [...all];
  };
}
