/** What a transport promises: one request on the wire and its answer read to the end, or a failure that says how far it came. */
import type { Cancellation } from './deadline.js';
import type { Phase } from './errors.js';

export interface TransportRequest {
  readonly method: 'GET' | 'POST';
  readonly origin: URL;
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** Asks for a connection that no request went over before. */
  readonly fresh: boolean;
  /** Most bytes that are read of a success, after decoding. */
  readonly maxBytes: number;
}

export interface TransportAnswer {
  readonly status: number;
  readonly statusText: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** Whether `text` is all of the body. */
  readonly whole: boolean;
}

export interface Transport {
  /** Rejects with a `TransportFailure` and nothing else. */
  send(request: TransportRequest, cancellation: Cancellation): Promise<TransportAnswer>;
  /** Closes what idles; a request that runs is left alone. */
  close(): void;
}

export interface TransportOptions {
  readonly maxConnections: number;
  readonly idleTimeout: number;
}

/** Most bytes that are read of an answer that is no success: enough for problem details. */
export const MAX_ERROR_BYTES = 65_536;

/** How long the rest of an answer that is no success is waited for. */
export const ERROR_BODY_MS = 2_000;

/** The beginning of a body that is not read to its end: as much as an error can use. */
export function takeStart<Chunk extends { readonly length: number }>(chunks: readonly Chunk[]): readonly Chunk[] {
  let size = 0;
  return chunks.filter((chunk) => (size += chunk.length) <= MAX_ERROR_BYTES || size === chunk.length);
}

/** Whether a status is a success. */
export const isSuccess = (status: number): boolean => status >= 200 && status < 300;

interface FailureFacts {
  readonly phase: Phase;
  /** The connection had served a request before, and closed before the first byte of this answer. */
  readonly stale?: boolean;
  readonly cause: unknown;
}

/** Why no answer came. Internal: callers see a `TransportError`. */
export class TransportFailure extends Error {
  readonly phase: Phase;
  readonly stale: boolean;

  constructor({ phase, stale = false, cause }: FailureFacts) {
    super('the request failed', { cause });
    this.phase = phase;
    this.stale = stale;
  }
}
