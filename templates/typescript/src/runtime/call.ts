/** One call: tries until there is an answer, or no reason to try again; whatever it throws knows the call. */
import type { RequestEvent, SendOptions } from './config.js';
import { type Cancellation, Deadline } from './deadline.js';
import { ConfigurationError, HttpError, type Phase, ResponseError, TimeoutError, WorkerClientError } from './errors.js';
import { type Failure, failureOfAnswer, failureOfTime, failureOfTransport, makeTimeoutError } from './failure.js';
import { checkApiKey } from './header-rules.js';
import { checkIdempotencyKey, hideKey, keepTrace, makeHeaders, makeIdempotencyKey } from './headers.js';
import { readNumber } from './limits.js';
import { type Observer, redactHeaders } from './observe.js';
import { findRedirect, MOST_REDIRECTS } from './redirect.js';
import { findWait, LONGEST_ASKED_MS, mayRepeat, type RetryBudget, type RetryContext } from './retry.js';
import type { Settings } from './settings.js';
import type { Slots } from './slots.js';
import {
  isSuccess,
  type Transport,
  type TransportAnswer,
  TransportFailure,
  type TransportRequest,
} from './transport.js';

/** What a call asks of the backend. */
export interface Question {
  readonly method: 'GET' | 'POST';
  /** Path below the base. */
  readonly path: string;
  readonly messageType?: string;
  readonly jobId?: string;
  readonly payload?: unknown;
  /** Prints the body, once for all tries. */
  readonly print?: () => string | Promise<string>;
}

/** What all calls of a client share. */
export interface Shared {
  readonly settings: Settings;
  readonly transport: Transport;
  readonly slots: Slots;
  readonly budget: RetryBudget;
  readonly userAgent: string | null;
  readonly observer: Observer;
}

/** What a wait or a batch has to do with its calls. */
export interface Frame {
  /** Ends the call together with itself. */
  readonly parent?: Cancellation;
  /** Hears how many milliseconds the backend asks to wait. */
  readonly onAsked?: (ms: number) => void;
}

export const findUrl = ({ base, prefix }: Settings, { path }: Question): string => base.origin + prefix + path;

const statusOf = (error: unknown): { readonly status?: number } =>
  error instanceof HttpError || error instanceof ResponseError ? { status: error.status } : {};

export class Call {
  readonly #shared: Shared;
  readonly #question: Question;
  readonly #options: SendOptions;
  readonly #frame: Frame;
  readonly #deadline: Deadline;
  readonly #maxRetries: number;
  readonly #idempotencyKey: string | null;
  readonly #context: RetryContext;
  readonly #isWatched: boolean;
  #body: string | undefined;
  #phase: Phase = 'connect';
  #attempts = 0;
  #retries = 0;
  #maybeEnqueued = false;
  #fresh = false;
  #key: string | null = null;
  #renewedKey = false;
  #trace: string | undefined;
  /** Of the last request. */
  #headers: Readonly<Record<string, string>> = {};
  /** Tokens of the retry budget that success gives back. */
  #refund = 1;

  constructor(shared: Shared, question: Question, options: SendOptions, frame: Frame = {}) {
    const { method } = question;
    const { idempotency, retryOn, apiKey } = shared.settings;
    const timeout = readNumber(options, 'timeout', shared.settings.timeout);
    const ownKey = options.idempotencyKey === undefined ? null : checkIdempotencyKey(options.idempotencyKey);
    const isSend = method === 'POST';
    this.#shared = shared;
    this.#question = question;
    this.#options = options;
    this.#frame = frame;
    this.#maxRetries = readNumber(options, 'maxRetries', shared.settings.maxRetries);
    this.#idempotencyKey = ownKey ?? (isSend && idempotency !== 'off' ? makeIdempotencyKey() : null);
    this.#context = {
      method,
      keyInForce: isSend && (ownKey !== null || idempotency === 'server'),
      mayRenewKey: typeof apiKey === 'function',
      retryOn,
    };
    this.#isWatched = shared.observer.isAwake;
    this.#deadline = new Deadline(timeout, options.signal, frame.parent);
  }

  /** Rejects with an error of the tree, or with the reason of the caller's signal. */
  async run<T>(read: (answer: TransportAnswer) => T): Promise<T> {
    try {
      await this.#prepare();
      for (;;) {
        this.#attempts += 1;
        const result = await this.#try();
        if (!('error' in result)) {
          const value = this.#read(result, read);
          this.#shared.budget.earn(this.#refund);
          return value;
        }
        await this.#waitForRetry(result);
      }
    } catch (thrown) {
      const error = this.#explain(thrown);
      if (this.#isWatched) this.#shared.observer.error({ ...this.#describe(this.#headers), ...statusOf(error), error });
      throw error;
    } finally {
      this.#deadline.dispose();
    }
  }

  async #prepare(): Promise<void> {
    if (this.#deadline.ending) throw this.#deadline.ending;
    const body = this.#question.print?.();
    this.#body = typeof body === 'object' ? await this.#deadline.race(body) : body;
  }

  async #try(): Promise<TransportAnswer | Failure> {
    this.#phase = 'connect';
    const { settings, slots, observer } = this.#shared;
    const headers = await this.#makeHeaders();
    await slots.take(this.#deadline);
    const { attemptTimeout } = settings;
    const attempt = attemptTimeout === null ? this.#deadline : new Deadline(attemptTimeout, undefined, this.#deadline);
    try {
      const answer = await this.#exchange(headers, attempt);
      if (this.#isWatched) observer.response({ ...this.#describe(answer.headers), status: answer.status });
      return isSuccess(answer.status) ? answer : failureOfAnswer(this.#hideKey(answer), this.#context);
    } catch (error) {
      if (!(error instanceof TransportFailure)) throw error;
      this.#phase = error.phase;
      if (this.#deadline.ending) throw error;
      return attempt.ending ? failureOfTime(error.phase, attempt.timeoutMs) : failureOfTransport(error);
    } finally {
      slots.give();
      if (attempt !== this.#deadline) attempt.dispose();
    }
  }

  /** One request and its answer, redirects followed. */
  async #exchange(headers: Record<string, string>, attempt: Deadline): Promise<TransportAnswer> {
    const { settings, transport } = this.#shared;
    const { method, path } = this.#question;
    let request: TransportRequest = {
      method,
      origin: settings.base,
      path: settings.prefix + path,
      headers,
      body: this.#body,
      fresh: this.#fresh,
      maxBytes: settings.maxResponseBytes,
    };
    for (let redirects = 0; ; redirects += 1) {
      if (attempt.ending) throw attempt.ending;
      const answer = await transport.send(request, attempt);
      const target = redirects < MOST_REDIRECTS ? findRedirect(answer, request) : undefined;
      if (!target) return answer;
      request = { ...request, origin: target, path: target.pathname + target.search };
    }
  }

  async #makeHeaders(): Promise<Record<string, string>> {
    const { settings, userAgent, observer } = this.#shared;
    const { apiKey } = settings;
    this.#key = typeof apiKey === 'function' ? await this.#askForKey(apiKey) : apiKey;
    const headers = makeHeaders({
      settings,
      userAgent,
      key: this.#key,
      idempotencyKey: this.#idempotencyKey,
      hasBody: this.#body !== undefined,
      repeats: this.#attempts - 1,
      options: this.#options,
    });
    if (this.#isWatched) await this.#deadline.race(observer.request(this.#describe(headers), headers));
    this.#trace = keepTrace(headers, this.#trace);
    this.#headers = headers;
    return headers;
  }

  async #askForKey(ask: () => unknown): Promise<string | null> {
    try {
      return checkApiKey(await this.#deadline.race(Promise.resolve(ask())));
    } catch (cause) {
      if (this.#deadline.ending || cause instanceof ConfigurationError) throw cause;
      throw new ConfigurationError('the apiKey function failed', { cause });
    }
  }

  #read<T>(answer: TransportAnswer, read: (answer: TransportAnswer) => T): T {
    try {
      return read(answer);
    } catch {
      // Fails again, and says why without the key.
      return read(this.#hideKey(answer));
    }
  }

  #hideKey(answer: TransportAnswer): TransportAnswer {
    return { ...answer, headers: redactHeaders(answer.headers, this.#key), text: hideKey(answer.text, this.#key) };
  }

  /** Throws the error when there is no other try. */
  async #waitForRetry({ error, failureClass: found, asked }: Failure): Promise<void> {
    const { budget } = this.#shared;
    if (asked !== undefined && asked <= LONGEST_ASKED_MS) this.#frame.onAsked?.(asked);
    // What happens again was no accident of a kept connection.
    const failureClass = found === 'stale' && this.#fresh ? 'maybe-applied' : found;
    if (failureClass === 'maybe-applied') this.#maybeEnqueued = true;
    if (failureClass === 'stale') {
      this.#fresh = true;
      return this.#tellOfRetry(error, 0);
    }
    if (failureClass === 'denied' && !this.#renewedKey) {
      this.#renewedKey = true;
      return this.#tellOfRetry(error, 0);
    }
    if (!mayRepeat(failureClass, this.#context) || this.#retries >= this.#maxRetries) throw error;
    const { remainingMs } = this.#deadline;
    const wait = findWait({ retries: this.#retries, asked, remainingMs });
    if (wait === undefined) throw error;
    const cost = error instanceof TimeoutError ? 10 : 5;
    if (!budget.spend(cost)) {
      error.message += ' (not tried again: the retry budget is spent)';
      throw error;
    }
    this.#refund = cost;
    this.#retries += 1;
    this.#phase = 'retry-wait';
    this.#tellOfRetry(error, wait);
    await this.#deadline.sleep(wait);
  }

  #tellOfRetry(error: WorkerClientError, waitMs: number): void {
    if (this.#isWatched)
      this.#shared.observer.retry({ ...this.#describe(this.#headers), ...statusOf(error), error, waitMs });
  }

  get #url(): string {
    return findUrl(this.#shared.settings, this.#question);
  }

  #describe(headers: Readonly<Record<string, string>>): RequestEvent {
    const { method, messageType, jobId, payload } = this.#question;
    return {
      method,
      url: this.#url,
      ...(messageType !== undefined && { messageType }),
      ...(jobId !== undefined && { jobId }),
      attempt: this.#attempts,
      headers: redactHeaders(headers, this.#key),
      durationMs: Math.round(this.#deadline.elapsedMs),
      ...(this.#shared.settings.logBodies && payload !== undefined && { payload }),
    };
  }

  /** What the caller gets: the reason of an abort as it is, everything else with the facts of the call. */
  #explain(thrown: unknown): unknown {
    const { ending, timeoutMs, elapsedMs } = this.#deadline;
    if (ending?.kind === 'abort') return ending.reason;
    const isLate = thrown === ending || thrown instanceof TransportFailure;
    const error = isLate ? makeTimeoutError(this.#phase, timeoutMs) : thrown;
    if (!(error instanceof WorkerClientError)) return error;
    const { method } = this.#question;
    return Object.assign(error, {
      attempts: this.#attempts,
      elapsedMs: Math.round(elapsedMs),
      method,
      url: this.#url,
      maybeEnqueued: method === 'POST' && (error.maybeEnqueued || this.#maybeEnqueued),
    });
  }
}
