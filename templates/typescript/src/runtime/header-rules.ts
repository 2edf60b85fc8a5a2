/** What may stand in a header: nothing that breaks a request apart, and no value that an error would show. */
import type { HeaderValues } from './config.js';
import { ConfigurationError } from './errors.js';

/** They frame the request; a wrong one would hide the next. */
const FRAMING = /^(connection|content-length|expect|host|keep-alive|te|trailer|transfer-encoding|upgrade)$/i;

/** Lays values over headers, whatever the case of their names; `null` takes one away. */
export function layHeaders(headers: Record<string, string>, values: HeaderValues): void {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue;
    if (!/^[!#$%&'*+.^`|~\w-]+$/.test(name)) throw new ConfigurationError('a header has a name that is none');
    if (FRAMING.test(name)) throw new ConfigurationError(`the header ${name} is not for callers to set`);
    for (const other of Object.keys(headers)) {
      if (other.toLowerCase() === name.toLowerCase()) delete headers[other];
    }
    if (value === null) continue;
    if (typeof value !== 'string' || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
      throw new ConfigurationError(`the header ${name} has a value that no header can carry`);
    }
    headers[name] = value;
  }
}

/** Blanks around a key are cut; without anything else there is no key. */
export function checkApiKey(given: unknown, name = 'apiKey'): string | null {
  if (given === undefined || given === null) return null;
  const key = typeof given === 'string' ? given.trim() : '\n';
  if (!/^[\x21-\x7e]*$/.test(key)) throw new ConfigurationError(`${name} is nothing that a header can carry`);
  return key || null;
}
