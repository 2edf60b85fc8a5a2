/** Which transport carries a request: a given `fetch`, else a mocked one, else the platform's best. */
import { createTransport } from '#transport';
import { ConfigurationError } from './errors.js';
import type { Settings } from './settings.js';
import type { Transport } from './transport.js';
import { createFetchTransport, createTransport as createForeignTransport } from './transport-fetch.js';

const nativeFetch = globalThis.fetch;

/** A test may replace the global at any time, also before this file was loaded. */
function isReplaced(fetch: unknown): boolean {
  return typeof fetch === 'function' && (fetch !== nativeFetch || fetch.name !== 'fetch' || 'mock' in fetch);
}

export function chooseTransport({ fetch, transport, maxConnections, idleTimeout }: Settings): Transport {
  if (fetch) return createFetchTransport(() => fetch);
  const overFetch = createFetchTransport(() => globalThis.fetch);
  if (transport === 'fetch') return overFetch;
  const native = createTransport({ maxConnections, idleTimeout });
  if (transport === 'node') {
    if (createTransport === createForeignTransport)
      throw new ConfigurationError('transport is node, and this is not Node.js');
    return native;
  }
  return {
    send: (request, cancellation) => (isReplaced(globalThis.fetch) ? overFetch : native).send(request, cancellation),
    close: () => native.close(),
  };
}
