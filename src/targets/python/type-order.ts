/** The order of types in a file: what a type needs stands before it, and a new type moves no other. */
import { components } from '../../model/components.js';
import { referencesOf } from '../../model/named-types.js';
import type { Shape } from '../../model/model.js';

interface Named {
  readonly name: string;
  readonly shape: Shape;
}

/**
 * Sorts by the longest way down to a type that needs no other, then as given. Types that need one another stand
 * together.
 */
export function orderTypes<T extends Named>(types: readonly T[]): readonly T[] {
  const needs = new Map(types.map(({ name, shape }) => [name, referencesOf(shape)]));
  const needsOf = (name: string): readonly string[] => (needs.get(name) ?? []).filter((other) => needs.has(other));
  const levels = new Map<string, number>();
  for (const group of components([...needs.keys()], needsOf)) {
    const below = group.flatMap(needsOf).map((name) => levels.get(name) ?? -1);
    const level = Math.max(-1, ...below) + 1;
    for (const name of group) levels.set(name, level);
  }
  return types.toSorted((a, b) => (levels.get(a.name) ?? 0) - (levels.get(b.name) ?? 0));
}
