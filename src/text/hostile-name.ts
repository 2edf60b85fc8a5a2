/** Names that no language can hold: in a key, and wherever a schema lists names. */

/** Control characters and halves of surrogate pairs, but for the white space that every language has an escape for. */
const HOSTILE = /[^\P{Cc}\t\n\f\r]|[\p{Cs}\u2028\u2029]/u;

export const isHostileName = (name: string): boolean => HOSTILE.test(name);
