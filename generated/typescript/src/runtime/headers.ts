/** Headers of a request: ours, then the caller's over them; nothing in them can break a request apart. */
import type { HeaderValues } from './config.js';
import { ConfigurationError } from './errors.js';

/** They frame the request; a wrong one would hide the next. */
const FRAMING = /^(connection|content-length|expect|host|keep-alive|te|trailer|transfer-encoding|upgrade)$/i;

/** Lays values over headers, whatever the case of their names; `null` takes one away. Values are never shown. */
export function layHeaders(headers: Record<string, string>, values: HeaderValues): void {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue;
    if (!/^[!#$%&'*+.^`|~\w-]+$/.test(name)) throw new ConfigurationError('a header has a name that is none');
    if (FRAMING.test(name)) throw new ConfigurationError(`the header ${name} is not for callers to set`);
    const lower = name.toLowerCase();
    for (const other of Object.keys(headers)) if (other.toLowerCase() === lower) delete headers[other];
    if (value === null) continue;
    if (typeof value !== 'string' || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
      throw new ConfigurationError(`the header ${name} has a value that no header can carry`);
    }
    headers[name] = value;
  }
}

/** The key of the client, taken out of a text of others. Short ones are no secrets, and would tear words apart. */
export const hideKey = (text: string, key: string | null): string =>
  key !== null && key.length >= 8 ? text.replaceAll(key, '***') : text;

/** W3C trace context: version, trace, parent, flags; zeros and version `ff` mean nothing. */
export function checkTraceparent(value: string): string {
  if (/^(?!ff)[\da-f]{2}-(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-[\da-f]{2}$/.test(value)) return value;
  throw new ConfigurationError('traceparent is no W3C trace context');
}

/** The caller's name for a job. */
export function checkIdempotencyKey(key: unknown): string {
  if (typeof key === 'string' && /^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw new ConfigurationError('idempotencyKey is not 1 to 255 visible ASCII characters');
}
