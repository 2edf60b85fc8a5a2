/** Which names lead back to one another. */
import { expect, it } from 'vitest';
import { components } from '../../../src/model/components.js';

const of = (graph: Readonly<Record<string, readonly string[]>>): (readonly string[])[] =>
  components(Object.keys(graph), (name) => graph[name] ?? []).map((group) => group.toSorted());

it('gives each name of a graph without recursion a group of its own, what is led to first', () => {
  expect(of({ a: ['b', 'c'], b: ['c'], c: [] })).toEqual([['c'], ['b'], ['a']]);
});
it('puts names that lead to one another into one group', () => {
  expect(of({ a: ['b'], b: ['c', 'd'], c: ['a'], d: ['d'] })).toEqual([['d'], ['a', 'b', 'c']]);
});
it('follows chains of any length', () => {
  const chain = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`n${index}`, [`n${index + 1}`]]));
  expect(of({ ...chain, n100000: ['n0'] })).toHaveLength(1);
});
