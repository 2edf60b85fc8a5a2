/** The client below the generated methods: sends messages, asks for jobs, waits for them, closes. */
/// <reference lib="esnext.disposable" preserve="true" />
import { describeClient } from '#transport';
import { type BatchItem, type BatchOptions, collectBatch, type Items, type Plan, runBatch } from './batch.js';
import { Call, type Frame, type Question, type Shared } from './call.js';
import { chooseTransport } from './choose-transport.js';
import type { CallOptions, SendOptions, WorkerClientConfig } from './config.js';
import { type BatchResult, ConfigurationError } from './errors.js';
import { encodeSegment } from './ids.js';
import { Observer } from './observe.js';
import { parseJobResponse, parseJobStatus } from './parse.js';
import { printPayload } from './payload.js';
import type { CompletedJob, JobResponse, JobStatus, JobValue } from './responses.js';
import { RetryBudget } from './retry.js';
import { readRetryAfter } from './retry-after.js';
import { isExposed, readBatchLimits, readConfig, readWaitLimits } from './settings.js';
import { Slots } from './slots.js';
import type { TransportAnswer } from './transport.js';
import { validatePayload, ValidatorCache } from './validate.js';
import { waitForJob, type WaitOptions } from './wait.js';

/** What the generated package says of itself. */
export interface ClientInfo {
  readonly packageName: string;
  /** `server`: the backend honours `Idempotency-Key`, so every send may be repeated. */
  readonly idempotency: 'auto' | 'server';
  /** The backend takes `X-Job-Options`. */
  readonly jobOptions?: boolean;
}

/** The type that a mapping has for a message type, or any JSON. */
type Entry<Types, T extends string> = T extends keyof Types ? Types[T] : JobValue;

/** Safe for any number of calls at one time; never keeps a process alive by itself. */
export class BaseClient<Payloads extends object, Results extends object> {
  readonly #about: ClientInfo;
  readonly #shared: Shared;
  readonly #validators: ValidatorCache;
  #isClosed = false;
  #running = 0;
  readonly #whenIdle: (() => void)[] = [];

  constructor(config: WorkerClientConfig, about: ClientInfo) {
    const settings = readConfig(config, about);
    const { appInfo, maxConnections } = settings;
    const names = [describeClient(about.packageName), appInfo].filter((name) => name !== null);
    const observer = new Observer(settings);
    if (isExposed(settings)) observer.log('warn', 'the API key travels over http to a host that is not this one');
    this.#about = about;
    this.#validators = new ValidatorCache(settings.validate);
    this.#shared = {
      settings,
      transport: chooseTransport(settings),
      slots: new Slots(maxConnections),
      budget: new RetryBudget(),
      userAgent: names.length > 0 ? names.join(' ') : null,
      observer,
    };
  }

  /**
   * Enqueues a job.
   *
   * @throws HttpError when the backend refuses it
   * @throws TransportError when no answer comes; `maybeEnqueued` says whether the job may be there all the same
   */
  sendToQueue<T extends keyof Payloads & string>(
    messageType: T,
    payload: Payloads[T],
    options: SendOptions = {},
  ): Promise<JobResponse<T>> {
    return this.#send({ messageType, payload, options }, {});
  }

  /**
   * Asks how a job stands.
   *
   * @throws JobNotFoundError when there is no such job, or no longer
   */
  async getJobStatus(jobId: string, options: CallOptions = {}): Promise<JobStatus> {
    return this.#ask(makeJobQuestion(jobId), options, {}, (answer) => parseJobStatus(answer, jobId));
  }

  /**
   * Waits until a job is finished, and resolves with it.
   *
   * @throws JobFailedError when the job has failed
   * @throws WaitTimeoutError when it was not finished in time
   */
  async waitForJob<T extends string = string>(
    job: JobResponse<T> | string,
    options: WaitOptions = {},
  ): Promise<CompletedJob<Entry<Payloads, T>, Entry<Results, T>>> {
    const jobId = typeof job === 'string' ? job : job.jobId;
    const question = makeJobQuestion(jobId);
    const { headers, traceparent } = options;
    const ask: Parameters<typeof waitForJob>[0] = (parent) =>
      this.#ask(question, { headers, traceparent, maxRetries: 0 }, { parent }, (answer) => ({
        status: parseJobStatus(answer, jobId),
        asked: readRetryAfter(answer.headers),
      }));
    return waitForJob(ask, { ...options, ...readWaitLimits(options) });
  }

  /** Sends many messages; resolves with what became of each, in their order. Never rejects for one of them. */
  async sendBatch(items: Items<BatchItem<Payloads>>, options: BatchOptions = {}): Promise<BatchResult[]> {
    return collectBatch({ ...this.#planBatch(items, options), isOrdered: false });
  }

  /** The same as a stream: reads items only as far ahead as it sends. */
  async *sendMany(
    items: Items<BatchItem<Payloads>>,
    options: BatchOptions = {},
  ): AsyncGenerator<BatchResult, void, undefined> {
    yield* runBatch({ ...this.#planBatch(items, options), isOrdered: true });
  }

  /** Refuses further calls, lets running ones finish, then closes the connections. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#running > 0) await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
    this.#shared.transport.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #planBatch(items: Items<BatchItem<Payloads>>, options: BatchOptions): Omit<Plan<BatchItem<Payloads>>, 'isOrdered'> {
    return {
      items,
      send: ({ type, payload, options = {} }, frame) => this.#send({ messageType: type, payload, options }, frame),
      options: { ...options, ...readBatchLimits(options) },
    };
  }

  async #send<T extends string>({ messageType, payload, options }: Sending<T>, frame: Frame): Promise<JobResponse<T>> {
    const path = `/api/jobs/${encodeSegment(messageType, 'messageType')}`;
    if (options.jobOptions && !this.#about.jobOptions) {
      throw new ConfigurationError('jobOptions: the backend of this client takes none');
    }
    const schema = this.#findSchema(messageType, options.validate);
    const print = schema
      ? async () => printPayload(await validatePayload({ messageType, payload, schema }))
      : () => printPayload(payload);
    const question: Question = { method: 'POST', path, messageType, payload, print };
    return this.#ask(question, options, frame, (answer) => parseJobResponse(answer, messageType));
  }

  #findSchema(messageType: string, wish: SendOptions['validate'] = true): ReturnType<ValidatorCache['find']> {
    if (typeof wish === 'object' || typeof wish === 'function') return wish;
    return wish ? this.#validators.find(messageType) : undefined;
  }

  async #ask<T>(
    question: Question,
    options: SendOptions,
    frame: Frame,
    read: (answer: TransportAnswer) => T,
  ): Promise<T> {
    if (this.#isClosed) throw new ConfigurationError('the client is closed', { code: 'CLOSED' });
    this.#running += 1;
    try {
      return await new Call(this.#shared, question, options, frame).run(read);
    } finally {
      this.#running -= 1;
      if (this.#running === 0) for (const resolve of this.#whenIdle.splice(0)) resolve();
    }
  }
}

interface Sending<T extends string> {
  readonly messageType: T;
  readonly payload: unknown;
  readonly options: SendOptions;
}

const makeJobQuestion = (jobId: string): Question => ({
  method: 'GET',
  path: `/api/jobs/${encodeSegment(jobId, 'jobId')}`,
  jobId,
});
