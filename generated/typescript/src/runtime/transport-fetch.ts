/** The transport over `fetch`: for everything that is not Node.js, and for a `fetch` that the caller gives or mocks. */
import type { Cancellation } from './deadline.js';
import type { Phase } from './errors.js';
import type { Fetch, FetchResponse } from './fetch.js';
import { isPage } from './platform.js';
import {
  ERROR_BODY_MS,
  isSuccess,
  MAX_ERROR_BYTES,
  takeStart,
  type Transport,
  type TransportAnswer,
  TransportFailure,
  type TransportRequest,
} from './transport.js';

/** Over the platform's own `fetch`. */
export const createTransport = (): Transport => createFetchTransport(() => globalThis.fetch);

/** Nothing can be said of a platform that nothing is known of; a page must not name itself. */
export const describeClient = (packageName: string): string | null =>
  isPage ? null : `${packageName} (gen-worker-client)`;

/** Over a `fetch` that is looked up for every request. */
export const createFetchTransport = (findFetch: () => Fetch): Transport => ({
  send: (request, cancellation) => exchange(findFetch(), request, cancellation),
  close() {},
});

async function exchange(fetch: Fetch, request: TransportRequest, cancellation: Cancellation): Promise<TransportAnswer> {
  const controller = new AbortController();
  let release = (): void => undefined;
  const cancelled = new Promise<never>((_, reject) => {
    release = cancellation.subscribe((ending) => {
      reject(ending);
      controller.abort();
    });
  });
  // Between two races nobody listens.
  cancelled.catch(() => undefined);
  let phase: Phase = 'headers';
  try {
    const response = await Promise.race([fetch(...fetchArguments(request, controller.signal)), cancelled]);
    phase = 'body';
    return await readAnswer(response, request.maxBytes, cancelled);
  } catch (cause) {
    if (phase === 'headers' && wasNotSent(cause)) phase = 'connect';
    throw new TransportFailure({ phase, stale: phase === 'headers' && wasReused(cause), cause });
  } finally {
    release();
  }
}

function fetchArguments(request: TransportRequest, signal: AbortSignal): Parameters<Fetch> {
  const { method, headers, body } = request;
  const init = { method, headers: { ...headers }, redirect: 'manual', signal } as const;
  return [request.origin.origin + request.path, body === undefined ? init : { ...init, body }];
}

async function readAnswer(
  response: FetchResponse,
  maxBytes: number,
  cancelled: Promise<never>,
): Promise<TransportAnswer> {
  const headers: Record<string, string> = {};
  response.headers?.forEach((value, name) => (headers[name.toLowerCase()] = value));
  // A browser shows of a redirect only that there was one.
  const status = response.type === 'opaqueredirect' ? 302 : response.status;
  const head = { status, statusText: response.statusText ?? '', headers };
  if (isSuccess(status)) return { ...head, ...(await readBody(response, maxBytes, cancelled)) };
  return { ...head, ...(await readErrorBody(response, cancelled)) };
}

type Body = Pick<TransportAnswer, 'text' | 'whole'>;

/** Of an answer that is no success, the beginning says enough. */
async function readErrorBody(response: FetchResponse, cancelled: Promise<never>): Promise<Body> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(reject, ERROR_BODY_MS);
  });
  const chunks: Uint8Array[] = [];
  try {
    return await readBody(response, MAX_ERROR_BYTES, Promise.race([cancelled, late]), chunks);
  } catch {
    return cutBody(chunks);
  } finally {
    clearTimeout(timer);
  }
}

/** Reads a body up to a limit; `chunks` has what came of it, also when the rest fails. */
async function readBody(
  response: FetchResponse,
  maxBytes: number,
  cancelled: Promise<never>,
  chunks: Uint8Array[] = [],
): Promise<Body> {
  if (!response.body) return { text: await Promise.race([readMock(response), cancelled]), whole: true };
  const reader = response.body.getReader();
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), cancelled]);
      if (done || !value) return { text: decode(chunks), whole: true };
      size += value.length;
      if (size > maxBytes) return cutBody(chunks);
      chunks.push(value);
    }
  } finally {
    // Closes the connection when there is more to come.
    reader.cancel().catch(() => undefined);
  }
}

function decode(chunks: readonly Uint8Array[]): string {
  const decoder = new TextDecoder();
  return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('') + decoder.decode();
}

const cutBody = (chunks: readonly Uint8Array[]): Body => ({ text: decode(takeStart(chunks)), whole: false });

async function readMock(response: FetchResponse): Promise<string> {
  if (response.text) return response.text();
  return response.json ? JSON.stringify(await response.json()) : '';
}

const NOT_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused|FailedToOpenSocket|DEPTH_|SELF_|UNABLE_|CERT_|ERR_TLS_|ERR_SSL_|EPROTO)/;

/** Whether the cause of a failed fetch says that no connection was made. */
function wasNotSent(error: unknown): boolean {
  for (let link = error; link instanceof Error; link = link.cause) {
    if ('code' in link && NOT_SENT.test(String(link.code))) return true;
    if ('syscall' in link && link.syscall === 'connect') return true;
    if (/client error \(Connect\)|before secure TLS/.test(link.message)) return true;
  }
  return false;
}

/** Whether the connection that closed had served before: undici tells by the bytes that it had received. */
function wasReused(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  if (!(cause instanceof Error) || !('socket' in cause)) return false;
  const { socket } = cause;
  return typeof socket === 'object' && socket !== null && 'bytesRead' in socket && Number(socket.bytesRead) > 0;
}
