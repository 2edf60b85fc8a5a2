/** The client below the generated methods: sends messages, asks for jobs, closes. */
/// <reference lib="esnext.disposable" preserve="true" />
import { describeClient } from '#transport';
import { Call, type Question, type Shared } from './call.js';
import { chooseTransport } from './choose-transport.js';
import { type CallOptions, readConfig, type SendOptions, type WorkerClientConfig } from './config.js';
import { ConfigurationError } from './errors.js';
import { encodeSegment } from './ids.js';
import { parseJobResponse, parseJobStatus } from './parse.js';
import { printPayload } from './payload.js';
import type { JobResponse, JobStatus } from './responses.js';
import { RetryBudget } from './retry.js';
import { Slots } from './slots.js';
import type { TransportAnswer } from './transport.js';

/** What the generated package says of itself. */
export interface ClientInfo {
  readonly packageName: string;
  /** `server`: the backend honours `Idempotency-Key`, so every send may be repeated. */
  readonly idempotency: 'auto' | 'server';
}

/** Safe for any number of calls at one time; never keeps a process alive by itself. */
export class BaseClient<Payloads extends object, _Results extends object> {
  readonly #shared: Shared;
  #closed = false;
  #running = 0;
  #whenIdle: (() => void) | undefined;

  constructor(config: WorkerClientConfig, about: ClientInfo) {
    const settings = readConfig(config, about);
    this.#shared = {
      settings,
      transport: chooseTransport(settings),
      slots: new Slots(settings.maxConnections),
      budget: new RetryBudget(),
      userAgent: describeClient(about.packageName),
    };
  }

  /** Enqueues a job. */
  async sendToQueue<T extends keyof Payloads & string>(
    messageType: T,
    payload: Payloads[T],
    options: SendOptions = {},
  ): Promise<JobResponse<T>> {
    const path = `/api/jobs/${encodeSegment(messageType, 'messageType')}`;
    const question: Question = { method: 'POST', path, body: printPayload(payload) };
    return this.#ask(question, options, (answer) => parseJobResponse(answer, messageType));
  }

  /** Asks how a job stands. */
  async getJobStatus(jobId: string, options: CallOptions = {}): Promise<JobStatus> {
    const question: Question = { method: 'GET', path: `/api/jobs/${encodeSegment(jobId, 'jobId')}` };
    return this.#ask(question, options, (answer) => parseJobStatus(answer, jobId));
  }

  /** Refuses further calls, lets running ones finish, then closes the connections. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#running > 0) await new Promise<void>((resolve) => (this.#whenIdle = resolve));
    this.#shared.transport.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #ask<T>(question: Question, options: SendOptions, read: (answer: TransportAnswer) => T): Promise<T> {
    if (this.#closed) throw new ConfigurationError('the client is closed', { code: 'CLOSED' });
    this.#running += 1;
    try {
      return await new Call(this.#shared, question, options).run(read);
    } finally {
      this.#running -= 1;
      if (this.#running === 0) this.#whenIdle?.();
    }
  }
}
