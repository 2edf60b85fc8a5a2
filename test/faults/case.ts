/** What a case of the fault table says: a backend, a client, one call, and what must come of it, in no language's words. */
import type { Script } from './script.js';

/** `{base}`, `{port}`, `{refused}` in texts stand for the run's address, the server's port, and a port without a server. */
export interface CaseConfig {
  /** Default: `{base}`; `null` is left out. */
  readonly baseUrl?: string | null;
  readonly apiKey?: string;
  /** The key is a function that gives these, one a call. */
  readonly apiKeys?: readonly string[];
  /** Default: 1000. A text is a number that JSON has no word for: `NaN`, `Infinity`. */
  readonly timeoutMs?: number | string;
  readonly attemptTimeoutMs?: number;
  readonly maxRetries?: number;
  readonly retryOn?: readonly number[];
  readonly idempotency?: 'auto' | 'server' | 'off';
  readonly maxResponseBytes?: number;
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly environment?: Readonly<Record<string, string>>;
}

export type CaseCall = {
  readonly timeoutMs?: number;
  readonly maxRetries?: number;
  readonly headers?: Readonly<Record<string, string | null>>;
  /** Gives the call up after so many milliseconds; 0 is before it starts. */
  readonly abortAfterMs?: number;
} & (
  | {
      readonly send: string;
      readonly payload?: unknown;
      readonly idempotencyKey?: string;
      readonly traceparent?: string;
    }
  | { readonly status: string }
);

/** Facts of an error by their TypeScript names; a fact that is not named is not asked. */
export interface ExpectedError {
  readonly type: string;
  readonly code?: string;
  readonly status?: number;
  readonly phase?: string;
  readonly maybeEnqueued?: boolean;
  readonly requestId?: string;
  /** Seconds. */
  readonly retryAfter?: number;
  readonly problem?: Readonly<Record<string, unknown>>;
  readonly location?: string;
  readonly contentType?: string;
  readonly attempts?: number;
  readonly method?: string;
  /** The message, or texts that it has in it. */
  readonly message?: string;
  readonly says?: readonly string[];
  /** Texts that stand nowhere: message, fields, JSON, a printed copy. */
  readonly hides?: readonly string[];
}

export interface Expected {
  /** Fields that the result has. */
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: ExpectedError;
  /** Rejects with the reason of the caller, whatever it is. */
  readonly aborted?: true;
  /** The client cannot be made; `error` says how. */
  readonly refused?: true;
  /** Requests at the server, and at the other one, which default to 0 there. */
  readonly requests?: number;
  readonly otherRequests?: number;
  readonly paths?: readonly string[];
  readonly bodies?: readonly string[];
  /** Per request: values of headers; `null` is absent, `*` is present. */
  readonly headers?: readonly Readonly<Record<string, string | null>>[];
  /** Headers that have one value over all requests. */
  readonly constant?: readonly string[];
  readonly connections?: number;
  readonly elapsedMs?: readonly [least: number, most: number];
}

export interface Case {
  /** A sentence in kebab-case; part of the address. */
  readonly name: string;
  /** Row of the fault table that it shows. */
  readonly row?: number;
  readonly script: Script;
  readonly config?: CaseConfig;
  /** Calls that come before and succeed. */
  readonly before?: readonly CaseCall[];
  readonly call?: CaseCall;
  readonly expected: Expected;
}

export const SEND: CaseCall = { send: 'file-download-request', payload: { modelId: 'm' } };
export const ASK: CaseCall = { status: 'job-1' };
