/** Every error that the client throws: one tree under `WorkerClientError`, told apart by class, `name` or `code`. */
import type { JobResponse, JobStatus } from './responses.js';

/** Marks our errors across copies of this package, where `instanceof` fails. */
const BRAND = Symbol.for('gen-worker-client.error');

/** Facts that can hold payload values: readable, but in no log, copy or JSON. */
const PRIVATE_FACTS = ['headers', 'body', 'problem', 'snippet', 'job', 'lastStatus', 'results'];

export class WorkerClientError<Facts extends object = object> extends Error {
  /** Stable name of what went wrong. */
  declare readonly code: string;
  /** The backend may have the job although the call failed: sending it again can enqueue it twice. */
  declare readonly maybeEnqueued: boolean;
  /** Tries that the call made. */
  declare readonly attempts?: number;
  declare readonly elapsedMs?: number;
  declare readonly method?: string;
  /** Without query and credentials. */
  declare readonly url?: string;

  static {
    name(this, 'WorkerClientError');
    Object.defineProperty(this.prototype, BRAND, { value: true });
  }

  constructor(message: string, facts?: Facts) {
    super(message);
    Object.assign(this, { code: this.code, maybeEnqueued: false }, facts);
    for (const fact of ['cause', ...PRIVATE_FACTS]) {
      if (facts && fact in facts) Object.defineProperty(this, fact, { enumerable: false });
    }
  }

  /** Facts only: no payload, header, body or secret. */
  toJSON(): object {
    const { name, message } = this;
    return { ...this, name, message };
  }
}

/** Whether a value is an error of this client, also one of another copy of the package. */
export const isWorkerClientError = (value: unknown): value is WorkerClientError =>
  typeof value === 'object' && value !== null && BRAND in value;

/** The client cannot work, or cannot make this call, with what it was given. Code `CLOSED` after `close()`. */
export class ConfigurationError extends WorkerClientError {
  static {
    name(this, 'ConfigurationError');
  }
}

/** One fault of a payload. Never holds a value of the payload. */
export interface PayloadIssue {
  /** JSON pointer into the payload; `''` is the payload itself. */
  readonly path: string;
  /** What was violated, in the words of the schema: `required`, `maxLength`. */
  readonly keyword: string;
  readonly message: string;
}

/** The payload is not what its schema says; nothing was sent. */
export class PayloadValidationError extends WorkerClientError<{
  readonly messageType: string;
  readonly issues: readonly PayloadIssue[];
}> {
  declare readonly messageType: string;
  declare readonly issues: readonly PayloadIssue[];

  static {
    name(this, 'PayloadValidationError');
  }
}

/** How far a call had come: `retry-wait` is between two tries. */
export type Phase = 'connect' | 'send' | 'headers' | 'body' | 'retry-wait';

export interface TransportFacts {
  readonly phase: Phase;
  readonly errno?: string | undefined;
  readonly maybeEnqueued?: boolean;
  readonly cause?: unknown;
}

/** No usable answer came: refused, reset, cut off. */
export class TransportError<Facts extends TransportFacts = TransportFacts> extends WorkerClientError<Facts> {
  /** How far the last try had come. */
  declare readonly phase: Phase;
  /** The system's name of the failure: `ECONNREFUSED`. */
  declare readonly errno?: string;

  static {
    name(this, 'TransportError');
  }
}

/** The time of the call was up. */
export class TimeoutError extends TransportError<TransportFacts & { readonly timeoutMs: number }> {
  declare readonly timeoutMs: number;

  static {
    name(this, 'TimeoutError');
  }
}

/** Problem details of the answer, RFC 9457. */
export interface ProblemDetails {
  readonly type?: string;
  readonly title?: string;
  readonly status?: number;
  readonly detail?: string;
  readonly instance?: string;
  readonly [extension: string]: unknown;
}

export interface HttpFacts {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly requestId?: string | undefined;
  readonly problem?: ProblemDetails | undefined;
  readonly retryAfter?: number | undefined;
  readonly location?: string | undefined;
  readonly maybeEnqueued?: boolean;
}

/** The backend, or something before it, answered with a status that is no success. */
export class HttpError extends WorkerClientError<HttpFacts> {
  declare readonly status: number;
  /** Headers of the answer, names in lower case. */
  declare readonly headers: Readonly<Record<string, string>>;
  /** The answer as JSON, or the beginning of its text. */
  declare readonly body: unknown;
  /** The backend's name for this request, for a report to its operators. */
  declare readonly requestId?: string;
  declare readonly problem?: ProblemDetails;
  /** Seconds that the backend asks to wait. */
  declare readonly retryAfter?: number;

  static {
    name(this, 'HttpError');
  }
}

/** 400 */
export class BadRequestError extends HttpError {
  static {
    name(this, 'BadRequestError');
  }
}

/** 401: no API key, or one that the backend does not know. */
export class AuthenticationError extends HttpError {
  static {
    name(this, 'AuthenticationError');
  }
}

/** 403 */
export class PermissionDeniedError extends HttpError {
  static {
    name(this, 'PermissionDeniedError');
  }
}

/** 404 */
export class NotFoundError extends HttpError {
  static {
    name(this, 'NotFoundError');
  }
}

/** The backend has no job of this id, or has it no longer. */
export class JobNotFoundError extends NotFoundError {
  static {
    name(this, 'JobNotFoundError');
  }
}

/** 409 */
export class ConflictError extends HttpError {
  static {
    name(this, 'ConflictError');
  }
}

/** 413 */
export class PayloadTooLargeError extends HttpError {
  static {
    name(this, 'PayloadTooLargeError');
  }
}

/** 422 */
export class UnprocessableEntityError extends HttpError {
  static {
    name(this, 'UnprocessableEntityError');
  }
}

/** 429 */
export class RateLimitError extends HttpError {
  static {
    name(this, 'RateLimitError');
  }
}

/** 500 and above. */
export class ServerError extends HttpError {
  static {
    name(this, 'ServerError');
  }
}

/** A redirect that would lose the job or give the key away; it was not followed. */
export class RedirectError extends HttpError {
  /** Where the answer points, as it says it. */
  declare readonly location?: string;

  static {
    name(this, 'RedirectError');
  }
}

export interface ResponseFacts {
  readonly status: number;
  readonly contentType: string;
  readonly snippet: string;
  readonly maybeEnqueued?: boolean;
}

/** A success that is none: the answer cannot be what the backend says. */
export class ResponseError extends WorkerClientError<ResponseFacts> {
  declare readonly status: number;
  declare readonly contentType: string;
  /** The beginning of the answer. */
  declare readonly snippet: string;

  static {
    name(this, 'ResponseError');
  }
}

/** The backend answered `success: false`. */
export class JobRejectedError extends ResponseError {
  static {
    name(this, 'JobRejectedError');
  }
}

/** The job that was waited for has failed for good. */
export class JobFailedError extends WorkerClientError<{ readonly job: JobStatus; readonly failedReason: string }> {
  declare readonly job: JobStatus;
  declare readonly failedReason: string;

  static {
    name(this, 'JobFailedError');
  }
}

/** The job was not finished when the time to wait for it was up. */
export class WaitTimeoutError extends WorkerClientError<{
  readonly lastStatus?: JobStatus | undefined;
  readonly timeoutMs: number;
  readonly cause?: unknown;
}> {
  /** What the backend said last; absent when it never said anything. */
  declare readonly lastStatus?: JobStatus;
  declare readonly timeoutMs: number;

  static {
    name(this, 'WaitTimeoutError');
  }
}

/** What became of one item of a batch; results come in the order of the items. */
export type BatchResult<T extends string = string> =
  | { readonly index: number; readonly ok: true; readonly job: JobResponse<T> }
  | { readonly index: number; readonly ok: false; readonly error: unknown };

/** A batch could not go on: its items could not be read, or it was aborted. */
export class BatchError extends WorkerClientError<{
  readonly results: readonly BatchResult[];
  readonly code?: string;
  readonly cause?: unknown;
}> {
  /** What is known of the items so far. */
  declare readonly results: readonly BatchResult[];

  static {
    name(this, 'BatchError');
  }
}

/** Name and code stand on the prototype, so that stack traces begin with the name, and minifiers leave both alone. */
function name(target: { readonly prototype: WorkerClientError }, className: string): void {
  // JobNotFoundError: JOB_NOT_FOUND
  const code = className
    .slice(0, -'Error'.length)
    .replace(/\B[A-Z]/g, '_$&')
    .toUpperCase();
  for (const [key, value] of Object.entries({ name: className, code })) {
    Object.defineProperty(target.prototype, key, { value, configurable: true, writable: true });
  }
}
