/** Whether a text matches a pattern of a schema, in bounded time whatever the pattern is. */
import vm from 'node:vm';

/** A text that a repeated group may look at from so many sides is not tried without a clock. */
const SHORT_TEXT = 12;
const LONG_TEXT = 4096;
/** Longer patterns are reported, and left out. */
const MAX_LENGTH = 10_000;
/** How long one match may take, and all matches of a process that ran out of time together. */
const MATCH_MS = 100;
const LOST_MS = 2000;

let lostMs = 0;

/**
 * @param pattern - as the schema has it; it matches anywhere in the text
 * @returns `undefined` where the pattern is no regular expression, or takes too long
 */
export function matchesPattern(pattern: string, text: string): boolean | undefined {
  const compiled = compilePattern(pattern);
  if (compiled === undefined) return undefined;
  try {
    if (text.length <= SHORT_TEXT || (text.length <= LONG_TEXT && isSimple(pattern))) return compiled.test(text);
  } catch {
    // Some patterns turn out to be too large when they are used.
    return undefined;
  }
  return matchWithin(compiled, text);
}

const known = new Map<string, RegExp | undefined>();

/** Patterns are Unicode patterns; those that only the older syntax takes mean what they mean there. */
export function compilePattern(pattern: string): RegExp | undefined {
  if (pattern.length > MAX_LENGTH) return undefined;
  if (!known.has(pattern)) known.set(pattern, compileWith(pattern, 'u') ?? compileWith(pattern, ''));
  return known.get(pattern);
}

function compileWith(pattern: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return undefined;
  }
}

/** No group is repeated, nothing refers back, and one thing at most has no bound: the match takes no longer than the text. */
const isSimple = (pattern: string): boolean =>
  !/\)[*+{]|\\[1-9k]/.test(pattern) && (pattern.match(/[*+]|,\}/g) ?? []).length <= 1;

const script = new vm.Script('pattern.test(text)');

function matchWithin(pattern: RegExp, text: string): boolean | undefined {
  if (lostMs >= LOST_MS) return undefined;
  try {
    const found: unknown = script.runInNewContext({ pattern, text }, { timeout: MATCH_MS });
    return found === true;
  } catch {
    lostMs += MATCH_MS;
    return undefined;
  }
}
