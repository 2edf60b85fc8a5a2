/** What a client can be told: once, in its configuration, and with each call. */
import type { AbortSignalLike } from './deadline.js';
import type { BatchResult } from './errors.js';
import type { Fetch } from './fetch.js';
import type { JobStatus } from './responses.js';
import type { Validation } from './validate.js';

export type ApiKey = string | (() => string | null | undefined | Promise<string | null | undefined>);

/** Values by header name; `null` takes a header away. */
export type HeaderValues = Readonly<Record<string, string | null | undefined>>;

/**
 * Whether a send carries an `Idempotency-Key`, and whether the backend honours it: `auto` sends one and does not
 * rely on it, `server` repeats sends that may have arrived, `off` sends none.
 */
export type Idempotency = 'auto' | 'server' | 'off';

export interface WorkerClientConfig {
  /** Where the backend is: `https://backend.example.com`. Default: `WORKER_BACKEND_URL`. */
  readonly baseUrl?: string | undefined;
  /** Sent as a bearer token; a function is asked before every try. Default: `WORKER_BACKEND_API_KEY`. */
  readonly apiKey?: ApiKey | null | undefined;
  /** Milliseconds that a call may take in all. Default: `WORKER_BACKEND_TIMEOUT` in seconds, else 30000. */
  readonly timeout?: number | undefined;
  /** Milliseconds that one try may take. Default: as long as the call. */
  readonly attemptTimeout?: number | undefined;
  /** How often a call is tried again, 0 to 10. Default: 2. */
  readonly maxRetries?: number | undefined;
  readonly idempotency?: Idempotency | undefined;
  /** `auto` is `node:http` on Node.js and `fetch` elsewhere. */
  readonly transport?: 'auto' | 'node' | 'fetch' | undefined;
  /** Used instead of every transport of ours. */
  readonly fetch?: Fetch | undefined;
  /** Most requests at one time; further ones wait. Default: 64. */
  readonly maxConnections?: number | undefined;
  /** Milliseconds after which an unused connection is closed. Default: 4000. */
  readonly idleTimeout?: number | undefined;
  /** Most bytes of an answer. Default: 16 MiB. */
  readonly maxResponseBytes?: number | undefined;
  /** Sent with every request. */
  readonly headers?: HeaderValues | undefined;
  /** Statuses after which a call may be tried again. Default: 408, 425, 429, 500, 502, 503, 504. */
  readonly retryOn?: readonly number[] | undefined;
  /** Payloads are checked before they are sent: a schema, or how to load one, by message type. */
  readonly validate?: Validation | undefined;
  readonly hooks?: Hooks | undefined;
  /** Default: the console. */
  readonly logger?: Logger | undefined;
  /** Default: `WORKER_BACKEND_LOG`, else `warn`. */
  readonly logLevel?: LogLevel | undefined;
  /** Payloads are shown to hooks and, at level `debug`, to the logger. */
  readonly logBodies?: boolean | undefined;
  /** Your application, named behind ours in the `User-Agent`. */
  readonly appInfo?: AppInfo | undefined;
}

export interface AppInfo {
  readonly name: string;
  readonly version?: string | undefined;
}

/** What can be said of one call. */
export interface CallOptions {
  /** Ends the call; it rejects with the signal's reason. */
  readonly signal?: AbortSignalLike | undefined;
  readonly timeout?: number | undefined;
  readonly maxRetries?: number | undefined;
  readonly headers?: HeaderValues | undefined;
  /** W3C trace context of the caller, the same on every try. */
  readonly traceparent?: string | undefined;
  readonly tracestate?: string | undefined;
}

export interface SendOptions extends CallOptions {
  /** A name for this job, the same whenever it is sent: 1 to 255 visible ASCII characters. */
  readonly idempotencyKey?: string | undefined;
  /** Checks this payload in place of what the client has; `false` does not check it. */
  readonly validate?: Validation | boolean | undefined;
  /** How the backend is to queue the job; a `ConfigurationError` where it does not take such wishes. */
  readonly jobOptions?: JobOptions | undefined;
}

/** Wishes that travel beside the payload; the words are BullMQ's. */
export interface JobOptions {
  /** Milliseconds. */
  readonly delay?: number;
  /** 1 is served before 2; 0 to 2097151. */
  readonly priority?: number;
  readonly attempts?: number;
  readonly backoff?: number | { readonly type: string; readonly delay?: number; readonly jitter?: number };
  readonly lifo?: boolean;
  readonly deduplication?: { readonly id: string; readonly ttl?: number };
  readonly removeOnComplete?: boolean | number | { readonly age?: number; readonly count?: number };
  readonly removeOnFail?: boolean | number | { readonly age?: number; readonly count?: number };
}

/** `timeout` is for the whole wait. Default: 300000. */
export interface WaitOptions<Status = JobStatus> extends Omit<CallOptions, 'maxRetries'> {
  /** Milliseconds between two questions. Default: from 100, half as much longer each time, up to 5000. */
  readonly interval?: number | undefined;
  /** Called when state or progress has changed; what it throws ends the wait. */
  readonly onUpdate?: ((status: Status) => unknown) | undefined;
}

/** One message of a batch. */
export type BatchItem<Payloads> = {
  [T in keyof Payloads & string]: {
    readonly type: T;
    readonly payload: Payloads[T];
    readonly options?: SendOptions | undefined;
  };
}[keyof Payloads & string];

export interface BatchOptions {
  /** Most messages that are under way at one time. Default: 16. */
  readonly concurrency?: number | undefined;
  /** The first item that fails stops the batch; what was not sent has the code `NOT_SENT`. */
  readonly stopOnError?: boolean | undefined;
  /** Ends the batch; it rejects with a `BatchError` that knows what became of the items. */
  readonly signal?: AbortSignalLike | undefined;
  /** Called for each item as soon as its outcome is known; what it throws ends the batch. */
  readonly onResult?: ((result: BatchResult) => unknown) | undefined;
}

export type Items<Item> = Iterable<Item> | AsyncIterable<Item>;

export type LogLevel = 'off' | 'error' | 'warn' | 'info' | 'debug';

/** The console is one, and so is every logger of its kind. */
export type Logger = { readonly [level in Exclude<LogLevel, 'off'>]: (message: string, facts?: object) => void };

export interface RequestEvent {
  readonly method: string;
  /** Without query and credentials. */
  readonly url: string;
  readonly messageType?: string;
  readonly jobId?: string;
  /** 1 is the first try. */
  readonly attempt: number;
  /** What `onRequest` changes here is sent; secrets are not shown. */
  readonly headers: Record<string, string>;
  /** Milliseconds since the call began. */
  readonly durationMs: number;
  /** Of the answer. */
  readonly status?: number;
  /** Only with `logBodies`. */
  readonly payload?: unknown;
}

export interface Hooks {
  /** Before each try; may change the headers, for example to add a trace. What it throws fails the call. */
  onRequest?(event: RequestEvent): unknown;
  /** Before the wait for another try. */
  onRetry?(event: RequestEvent & { readonly error: unknown; readonly waitMs: number }): unknown;
  /** After each answer, whatever its status. */
  onResponse?(event: RequestEvent): unknown;
  /** When the call fails for good. */
  onError?(event: RequestEvent & { readonly error: unknown }): unknown;
}

/** What the generated package says of itself. */
export interface ClientInfo {
  readonly packageName: string;
  /** `server`: the backend honours `Idempotency-Key`, so every send may be repeated. */
  readonly idempotency: 'auto' | 'server';
  /** The backend takes `X-Job-Options`. */
  readonly jobOptions?: boolean;
}
