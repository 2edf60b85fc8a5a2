/** What no message needs and what would keep a run busy for long: the limits of one schema file. */

export const LIMITS = {
  bytes: 6 * 1024 * 1024,
  /** Every later stage walks the schema by recursion. */
  depth: 200,
  /** Of JSON: objects, lists, texts, numbers. */
  values: 100_000,
  subschemas: 20_000,
  /** Letters of a name: a key, or an item of `required`. */
  name: 10_000,
  /** Letters of all names together. */
  names: 2_000_000,
  /** References that lead from one straight to the next. */
  chain: 500,
  /** Letters of a regular expression. */
  pattern: 10_000,
  /** Letters of any other text. */
  text: 1_000_000,
  /** Values inside of one `const`, `default` or `examples`. */
  data: 10_000,
  /** Schemas of one `allOf`, `anyOf`, `oneOf` or `prefixItems`. */
  branches: 5_000,
  /** Values of one `enum`, names of one `required`. */
  list: 10_000,
  /** Findings in one file; nobody reads more. */
  findings: 1_000,
} as const;
