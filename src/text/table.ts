/** Looks a text up in a table, whatever the text is: `constructor` is no row unless somebody wrote one. */

/** The value of an own key, or `undefined`. */
export const rowOf = <Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;
