/** What no message needs and what would keep a run busy for long: the limits of one schema file. */

export const LIMITS = {
  bytes: 16 * 1024 * 1024,
  /** Every later stage walks the schema by recursion. */
  depth: 200,
  /** Of JSON: objects, lists, texts, numbers. */
  values: 400_000,
  /** Letters of a key. */
  name: 10_000,
  /** Letters of a regular expression. */
  pattern: 10_000,
  /** Values of one `enum`. */
  enumeration: 10_000,
  /** Findings in one file; nobody reads more. */
  findings: 1_000,
} as const;
