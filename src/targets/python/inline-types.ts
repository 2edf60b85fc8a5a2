/** Finds the objects that have no name in the types of one group, and names them. */
import type { Facts, Shape } from '../../model/model.js';
import { annotate, type Annotating } from './annotations.js';
import { extending, type InnerPath, intoField, joined, keyOf, nameInlineTypes, pathOf } from './inline-names.js';
import { type Declared, declaredOf, type Lookup, mergedOf } from './objects.js';

/** A type with a name of its own. */
export interface Root {
  readonly name: string;
  readonly doc: string;
  readonly facts: Facts;
  readonly shape: Shape;
}

export type Side = 'before' | 'within' | 'behind';

/** What a group knows of the others. */
export interface Printing {
  readonly lookup: Lookup;
  /** Where a name is declared: before the group, in it, or behind it; `undefined`: nowhere. */
  readonly sideOf: (name: string) => Side | undefined;
  readonly openObjects: boolean;
}

/**
 * Names every object within the types of a group. One that stands at the place of a type with a name, and says the
 * same, is that type.
 *
 * @returns names by `keyOf`
 */
export function nameInlines(group: readonly Root[], printing: Printing): ReadonlyMap<string, string> {
  const { lookup, sideOf } = printing;
  const paths = new Map<string, InnerPath>();
  const names = new Map<string, string>();
  const context: Annotating = {
    ...printing,
    declare(object, path) {
      const key = keyOf(path);
      if (paths.has(key) || names.has(key)) return '';
      const named = lookup(joined(path));
      if (named !== undefined && JSON.stringify(named) === JSON.stringify(object.shape)) names.set(key, joined(path));
      else {
        paths.set(key, path);
        walk(object, path);
      }
      return '';
    },
  };
  const walk = (object: Declared, path: InnerPath): void => {
    for (const field of mergedOf(object, lookup).fields)
      if (mayHold(field.shape)) annotate(field.shape, intoField(extending(path, object.bases), field), context);
  };
  for (const { name, shape } of group) {
    const declared = declaredOf(shape, lookup);
    if (declared !== undefined) walk(declared, pathOf(name));
    else annotate(shape, pathOf(name), context);
  }
  return new Map([...names, ...nameInlineTypes([...paths.values()], { has: (name) => sideOf(name) !== undefined })]);
}

const HOLDERS: ReadonlySet<Shape['kind']> = new Set(['array', 'intersection', 'object', 'tuple', 'union']);

/** Whether an object can stand in a shape. */
const mayHold = (shape: Shape): boolean =>
  HOLDERS.has(shape.kind) || (shape.kind === 'literal' && shape.values.some((value) => typeof value === 'object'));
