/** Stands in for `node:util` where there is none. */

export const inspect = (value: unknown): string =>
  value instanceof Error ? `${String(value)} ${JSON.stringify(value)}` : String(JSON.stringify(value));
