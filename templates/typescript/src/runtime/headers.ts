/** Headers of a request: ours, then the caller's over them. */
import type { JobOptions, SendOptions } from './config.js';
import { ConfigurationError } from './errors.js';
import { layHeaders } from './header-rules.js';
import { isPage } from './platform.js';
import type { Settings } from './settings.js';

interface HeaderParts {
  readonly settings: Settings;
  readonly userAgent: string | null;
  readonly key: string | null;
  readonly idempotencyKey: string | null;
  readonly hasBody: boolean;
  /** Tries before this one. */
  readonly repeats: number;
  readonly options: SendOptions;
}

/** All headers of one try. */
export function makeHeaders(parts: HeaderParts): Record<string, string> {
  const { settings, options } = parts;
  const headers: Record<string, string> = {};
  if (parts.hasBody) headers['Content-Type'] = 'application/json';
  if (parts.key !== null) headers['Authorization'] = `Bearer ${parts.key}`;
  headers['Accept'] = 'application/json';
  if (parts.userAgent !== null) headers['User-Agent'] = parts.userAgent;
  if (parts.idempotencyKey !== null) headers['Idempotency-Key'] = parts.idempotencyKey;
  if (options.jobOptions) headers['X-Job-Options'] = printJobOptions(options.jobOptions);
  if (options.traceparent !== undefined) headers['traceparent'] = checkTraceparent(options.traceparent);
  layHeaders(headers, { tracestate: options.tracestate });
  layHeaders(headers, settings.headers);
  layHeaders(headers, options.headers ?? {});
  if (parts.repeats > 0 && !isPage) headers['X-Retry-Attempt'] = String(parts.repeats);
  return headers;
}

/** JSON in ASCII, which is all that a header can carry. */
const printJobOptions = (options: JobOptions): string =>
  JSON.stringify(options).replace(
    /[\u0080-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** The key of the client, taken out of a text of others. Short ones are no secrets, and would tear words apart. */
export const hideKey = (text: string, key: string | null): string =>
  key !== null && key.length >= 8 ? text.replaceAll(key, '***') : text;

/** W3C trace context: version, trace, parent, flags; zeros and version `ff` mean nothing. */
function checkTraceparent(value: string): string {
  if (/^(?!ff)[\da-f]{2}-(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-[\da-f]{2}$/.test(value)) return value;
  throw new ConfigurationError('traceparent is no W3C trace context');
}

/** Checks the trace that a request carries, and gives back the one that holds on every try. */
export function keepTrace(headers: Record<string, string>, known: string | undefined): string | undefined {
  const [name, value] = Object.entries(headers).find(([name]) => name.toLowerCase() === 'traceparent') ?? [];
  if (name === undefined || value === undefined) return known;
  const given = checkTraceparent(value);
  if (known === undefined) return given;
  // Version and trace; what stands behind names the single try.
  if (given.slice(0, 35) !== known.slice(0, 35)) headers[name] = known;
  return known;
}

/** Pages that did not come over https have no `randomUUID`. */
export const makeIdempotencyKey = (): string =>
  crypto.randomUUID?.() ?? crypto.getRandomValues(new Uint32Array(4)).join('-');

/** The caller's name for a job. */
export function checkIdempotencyKey(key: unknown): string {
  if (typeof key === 'string' && /^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw new ConfigurationError('idempotencyKey is not 1 to 255 visible ASCII characters');
}
