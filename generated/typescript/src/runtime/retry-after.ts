/** How long an answer asks to wait. */

type Headers = Readonly<Record<string, string>>;

/** Milliseconds, or `undefined` where the answer says nothing, rubbish, or a time that has passed. */
export function readRetryAfter(headers: Headers, now = Date.now()): number | undefined {
  const milliseconds = readNumber(headers['retry-after-ms']);
  if (milliseconds !== undefined) return milliseconds;
  const value = headers['retry-after'];
  const seconds = readNumber(value);
  if (seconds !== undefined) return seconds * 1000;
  // Dates have the day's name in front; without one, `Date.parse` would take nearly anything.
  if (value === undefined || !/^\s*[A-Z][a-z]+,? /.test(value)) return undefined;
  const wait = Date.parse(value) - now;
  return wait > 0 ? wait : undefined;
}

const readNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
