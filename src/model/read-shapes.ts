/** Reads the shape of every named place; the same shape whichever place is asked for first. */
import { type References, targetsOf } from '../schemas/resolve.js';
import { isObject } from '../text/json.js';
import { components } from './components.js';
import type { Lookup } from './conforms.js';
import type { Examples } from './examples.js';
import type { Shape } from './model.js';
import { inPlaceSchemas, type NamedPlace, type Places, schemasWithin } from './places.js';
import { readShape } from './shape.js';

/**
 * @param places - all named places
 * @returns the shape of each name. While the shapes of a recursion are read, none of them is known to the others,
 *   so that it does not matter where the reading begins.
 */
export function readShapes(
  places: Places,
  references: References,
  { of: examplesOf }: Examples,
): ReadonlyMap<string, Shape> {
  const shapes = new Map<string, Shape>();
  const lookup: Lookup = (name) => shapes.get(name);
  const nameOf = (schema: NamedPlace['schema']): string | undefined => places.bySchema.get(schema)?.name;
  const leadsTo = (name: string): readonly string[] => namesWithin(places.byName.get(name), places, references);
  const cyclic = findInPlaceCycles(places, references);
  for (const component of components([...places.byName.keys()], leadsTo)) {
    const read = component.flatMap((name): (readonly [string, Shape])[] => {
      const place = places.byName.get(name);
      return place === undefined
        ? []
        : [
            [
              name,
              readShape(place.schema, place.file.dialect, {
                references,
                nameOf,
                examplesOf,
                lookup,
                blocked: cyclic.get(name) ?? NONE,
              }),
            ],
          ];
    });
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
    const within = [...inPlaceSchemas(place.schema)].flatMap((schema) => targetsOf(schema, references));
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
  if (place === undefined) return [];
  const names = new Set<string>();
  for (const schema of schemasWithin(place.schema, (inner) => places.bySchema.has(inner))) {
    const targets = targetsOf(schema, references).flatMap((spot) => (isObject(spot.schema) ? [spot.schema] : []));
    for (const inner of schema === place.schema ? targets : [schema, ...targets]) {
      const name = places.bySchema.get(inner)?.name;
      if (name !== undefined) names.add(name);
    }
  }
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
