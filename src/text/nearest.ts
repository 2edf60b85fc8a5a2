/** The name that a misspelt one was probably meant to be. */

/** Nobody misspells longer words, and nobody waits for more comparisons. */
const MAX_LENGTH = 200;
const MAX_CANDIDATES = 5_000;

/**
 * Finds the candidate that a word was probably meant to be: at most a third of its letters differ.
 *
 * @param word - what was written
 * @param candidates - what could have been meant, in any order
 * @returns the nearest one, the first by code point where several are equally near, or `undefined`
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > MAX_LENGTH) return undefined;
  let best: Found | undefined;
  let looked = 0;
  for (const name of candidates) {
    if (Math.abs(name.length - word.length) > farthest(name, word)) continue;
    looked += 1;
    if (looked > MAX_CANDIDATES) break;
    const found = { name, distance: distanceOf(word.toLowerCase(), name.toLowerCase()) };
    if (found.distance <= farthest(name, word) && (best === undefined || isBetter(found, best))) best = found;
  }
  return best?.name;
}

const farthest = (a: string, b: string): number => Math.max(1, Math.floor(Math.max(a.length, b.length) / 3));

interface Found {
  readonly name: string;
  readonly distance: number;
}

const isBetter = (a: Found, b: Found): boolean =>
  a.distance < b.distance || (a.distance === b.distance && a.name < b.name);

/** How many slips apart two words are: a letter too many, too few, a wrong one, or two swapped neighbours. */
function distanceOf(a: string, b: string): number {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const step = Math.min(at(row, j), at(next, j - 1)) + 1;
      const turn = at(row, j - 1) + Number(a[i - 1] !== b[j - 1]);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next.push(Math.min(step, turn, isSwap ? at(before, j - 2) + 1 : Infinity));
    }
    [before, row] = [row, next];
  }
  return at(row, b.length);
}

const at = (row: readonly number[], index: number): number => row[index] ?? Infinity;
