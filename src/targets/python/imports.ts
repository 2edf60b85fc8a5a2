/** Import lines and lists of names, in the order that `ruff` sorts them to. */

/** `from module import (…)` with a line for each name, so that one more name changes no line of another. */
export const importLines = (module: string, names: Iterable<string>): string =>
  `from ${module} import (\n${sortNames(names)
    .map((name) => `    ${name},\n`)
    .join('')})\n`;

/** As names stand in an import: constants, then classes, then the rest; numbers in names by their value. */
export const sortNames = (names: Iterable<string>): readonly string[] =>
  [...new Set(names)].toSorted(
    (a, b) => kindOf(a) - kindOf(b) || compareNatural(a.toLowerCase(), b.toLowerCase()) || compareNatural(a, b),
  );

/** As names stand in `__all__`: the same, but capitals come before small letters. */
export const sortExports = (names: Iterable<string>): readonly string[] =>
  [...new Set(names)].toSorted((a, b) => kindOf(a) - kindOf(b) || compareNatural(a, b));

const kindOf = (name: string): number => (/^[A-Z0-9_]{2,}$/.test(name) ? 0 : /^[A-Z]/.test(name) ? 1 : 2);

function compareNatural(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  for (const [index, part] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    const order = compareParts(part, other);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

const partsOf = (name: string): readonly string[] => name.match(/\d+|\D/g) ?? [];

/** Numbers with a zero in front are read as decimals. */
function compareParts(a: string, b: string): number {
  const areNumbers = /^\d/.test(a) && /^\d/.test(b);
  if (areNumbers && !a.startsWith('0') && !b.startsWith('0') && a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}
