/** The name that a misspelt one was probably meant to be. */
import { distance } from 'fastest-levenshtein';

/**
 * Finds the candidate that a word was probably meant to be: at most a third of its letters differ.
 *
 * @param word - what was written
 * @param candidates - what could have been meant, in any order
 * @returns the nearest one, the first by code point where several are equally near, or `undefined`
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: Found | undefined;
  for (const name of candidates) {
    const found = { name, distance: distanceOf(word.toLowerCase(), name.toLowerCase()) };
    const isNear = found.distance <= Math.max(1, Math.floor(Math.max(word.length, name.length) / 3));
    if (isNear && (best === undefined || isBetter(found, best))) best = found;
  }
  return best?.name;
}

interface Found {
  readonly name: string;
  readonly distance: number;
}

const isBetter = (a: Found, b: Found): boolean =>
  a.distance < b.distance || (a.distance === b.distance && a.name < b.name);

/** Two swapped neighbours are one slip, not two. */
const distanceOf = (a: string, b: string): number => (isSwapped(a, b) ? 1 : distance(a, b));

function isSwapped(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  const at = a.split('').findIndex((letter, index) => letter !== b[index]);
  return at !== -1 && a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}
