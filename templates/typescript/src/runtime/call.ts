/** One call: tries until there is an answer, or no reason to try again; whatever it throws knows the call. */
import { checkApiKey, readCallLimits, type SendOptions, type Settings } from './config.js';
import { Deadline } from './deadline.js';
import { ConfigurationError, TimeoutError, WorkerClientError } from './errors.js';
import { type Failure, failureOfAnswer, failureOfTime, failureOfTransport, makeTimeoutError } from './failure.js';
import { checkIdempotencyKey, checkTraceparent, hideKey, layHeaders } from './headers.js';
import { findRedirect, MOST_REDIRECTS } from './redirect.js';
import { findWait, mayRepeat, type RetryBudget, type RetryContext } from './retry.js';
import type { Slots } from './slots.js';
import {
  isSuccess,
  type Phase,
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
  readonly body?: string;
}

/** What all calls of a client share. */
export interface Shared {
  readonly settings: Settings;
  readonly transport: Transport;
  readonly slots: Slots;
  readonly budget: RetryBudget;
  readonly userAgent: string | null;
}

export class Call {
  readonly #shared: Shared;
  readonly #question: Question;
  readonly #options: SendOptions;
  readonly #deadline: Deadline;
  readonly #maxRetries: number;
  readonly #idempotencyKey: string | null;
  readonly #context: RetryContext;
  #phase: Phase = 'connect';
  #attempts = 0;
  #retries = 0;
  #maybeEnqueued = false;
  #fresh = false;
  #key: string | null = null;
  #renewedKey = false;
  /** Tokens of the retry budget that success gives back. */
  #refund = 1;

  constructor(shared: Shared, question: Question, options: SendOptions) {
    const { method } = question;
    const { idempotency } = shared.settings;
    const { timeout, maxRetries } = readCallLimits(options, shared.settings);
    const ownKey = options.idempotencyKey === undefined ? null : checkIdempotencyKey(options.idempotencyKey);
    const isSend = method === 'POST';
    this.#shared = shared;
    this.#question = question;
    this.#options = options;
    this.#maxRetries = maxRetries;
    this.#idempotencyKey = ownKey ?? (isSend && idempotency !== 'off' ? crypto.randomUUID() : null);
    this.#context = { method, keyInForce: isSend && (ownKey !== null || idempotency === 'server') };
    this.#deadline = new Deadline(timeout, options.signal);
  }

  /** Rejects with an error of the tree, or with the reason of the caller's signal. */
  async run<T>(read: (answer: TransportAnswer) => T): Promise<T> {
    try {
      for (;;) {
        this.#attempts += 1;
        const result = await this.#try();
        if (!('error' in result)) {
          const value = this.#read(result, read);
          this.#shared.budget.earn(this.#refund);
          return value;
        }
        await this.#prepareRetry(result);
      }
    } catch (error) {
      throw this.#explain(error);
    } finally {
      this.#deadline.dispose();
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
    return { ...answer, text: hideKey(answer.text, this.#key) };
  }

  async #try(): Promise<TransportAnswer | Failure> {
    this.#phase = 'connect';
    const { slots, settings } = this.#shared;
    const { attemptTimeout } = settings;
    const headers = await this.#makeHeaders();
    const attempt = attemptTimeout === null ? this.#deadline : new Deadline(attemptTimeout, this.#deadline);
    try {
      await slots.take(attempt);
      const answer = await this.#exchange(headers, attempt).finally(() => slots.give());
      return isSuccess(answer.status) ? answer : failureOfAnswer(this.#hideKey(answer), this.#context);
    } catch (error) {
      if (error instanceof TransportFailure) this.#phase = error.phase;
      if (this.#deadline.ending) throw error;
      if (attempt.ending) return failureOfTime(this.#phase, attempt.timeoutMs);
      if (error instanceof TransportFailure) return failureOfTransport(error);
      throw error;
    } finally {
      if (attempt !== this.#deadline) attempt.dispose();
    }
  }

  /** One request and its answer, redirects followed. */
  async #exchange(headers: Record<string, string>, attempt: Deadline): Promise<TransportAnswer> {
    const { settings, transport } = this.#shared;
    const { method, body, path } = this.#question;
    let request: TransportRequest = {
      method,
      origin: settings.base,
      path: settings.prefix + path,
      headers,
      body,
      fresh: this.#fresh,
      maxBytes: settings.maxResponseBytes,
    };
    for (let redirects = 0; ; redirects += 1) {
      const answer = await transport.send(request, attempt);
      const target = redirects < MOST_REDIRECTS ? findRedirect(answer, request) : undefined;
      if (!target) return answer;
      request = { ...request, origin: target, path: target.pathname + target.search };
    }
  }

  async #makeHeaders(): Promise<Record<string, string>> {
    const { settings, userAgent } = this.#shared;
    const { apiKey } = settings;
    const headers: Record<string, string> = {};
    if (this.#question.body !== undefined) headers['Content-Type'] = 'application/json';
    this.#key = typeof apiKey === 'function' ? await this.#askForKey(apiKey) : apiKey;
    if (this.#key !== null) headers['Authorization'] = `Bearer ${this.#key}`;
    headers['Accept'] = 'application/json';
    if (userAgent !== null) headers['User-Agent'] = userAgent;
    if (this.#idempotencyKey !== null) headers['Idempotency-Key'] = this.#idempotencyKey;
    layHeaders(headers, settings.headers);
    const { traceparent, tracestate } = this.#options;
    if (traceparent !== undefined) layHeaders(headers, { traceparent: checkTraceparent(traceparent), tracestate });
    if (this.#options.headers) layHeaders(headers, this.#options.headers);
    if (this.#attempts > 1) headers['X-Retry-Attempt'] = String(this.#attempts - 1);
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

  /** Waits until the next try; throws the error when there is none. */
  async #prepareRetry({ error, failureClass, asked }: Failure): Promise<void> {
    const { settings, budget } = this.#shared;
    if (failureClass === 'maybe-applied') this.#maybeEnqueued = true;
    if (failureClass === 'stale') {
      if (this.#fresh) throw error;
      this.#fresh = true;
      return;
    }
    if ('status' in error && error.status === 401 && typeof settings.apiKey === 'function' && !this.#renewedKey) {
      this.#renewedKey = true;
      return;
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
    await this.#deadline.sleep(wait);
  }

  /** What the caller gets: the reason of an abort as it is, everything else with the facts of the call. */
  #explain(error: unknown): unknown {
    const { ending, timeoutMs, elapsedMs } = this.#deadline;
    if (ending?.kind === 'abort') return ending.reason;
    const known =
      error === ending || error instanceof TransportFailure ? makeTimeoutError(this.#phase, timeoutMs) : error;
    if (!(known instanceof WorkerClientError)) return known;
    const { method, path } = this.#question;
    const { base, prefix } = this.#shared.settings;
    return Object.assign(known, {
      attempts: this.#attempts,
      elapsedMs: Math.round(elapsedMs),
      method,
      url: base.origin + prefix + path,
      maybeEnqueued: method === 'POST' && (known.maybeEnqueued || this.#maybeEnqueued),
    });
  }
}
