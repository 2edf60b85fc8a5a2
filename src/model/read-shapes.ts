/** Reads the shape of every named place; the same shape whichever place is asked for first. */
import type { ResolvedSchemas } from '../schemas/resolve.js';
import { isObject } from '../text/json.js';
import { components } from './components.js';
import type { Lookup } from './conforms.js';
import type { Shape } from './model.js';
import { type NamedPlace, type Places, schemasWithin } from './places.js';
import { readShape } from './shape.js';

/**
 * @param places - all named places
 * @returns the shape of each name. While the shapes of a recursion are read, none of them is known to the others,
 *   so that it does not matter where the reading begins.
 */
export function readShapes(places: Places, targets: ResolvedSchemas['targets']): ReadonlyMap<string, Shape> {
  const shapes = new Map<string, Shape>();
  const lookup: Lookup = (name) => shapes.get(name);
  const nameOf = (schema: NamedPlace['schema']): string | undefined => places.bySchema.get(schema)?.name;
  const leadsTo = (name: string): readonly string[] => namesWithin(places.byName.get(name), places, targets);
  for (const component of components([...places.byName.keys()], leadsTo)) {
    const read = component.flatMap((name): (readonly [string, Shape])[] => {
      const place = places.byName.get(name);
      return place === undefined
        ? []
        : [[name, readShape(place.schema, place.file.dialect, { targets, nameOf, lookup })]];
    });
    for (const [name, shape] of read) shapes.set(name, shape);
  }
  return shapes;
}

/** The names that a place leads to, by a reference or because a named place stands inside it. */
export function namesWithin(
  place: NamedPlace | undefined,
  places: Places,
  targets: ResolvedSchemas['targets'],
): readonly string[] {
  if (place === undefined) return [];
  const names = new Set<string>();
  for (const schema of schemasWithin(place.schema, (inner) => places.bySchema.has(inner))) {
    const target = targets.get(schema)?.schema;
    const found = [schema === place.schema ? undefined : schema, isObject(target) ? target : undefined];
    for (const item of found) {
      const name = item === undefined ? undefined : places.bySchema.get(item)?.name;
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
