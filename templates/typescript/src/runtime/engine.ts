/** What sends: everything behind the client's methods. Browsers load it apart from the client, so that the entry stays small. */
import { describeClient } from '#transport';
import { collectBatch, type Plan, runBatch } from './batch.js';
import { Call, findUrl, type Frame, type Question, type Shared } from './call.js';
import { chooseTransport } from './choose-transport.js';
import type { BatchItem, BatchOptions, CallOptions, ClientInfo, Items, SendOptions, WaitOptions } from './config.js';
import { type BatchResult, ConfigurationError } from './errors.js';
import { encodeSegment } from './ids.js';
import { isObject } from './json.js';
import { readNumber } from './limits.js';
import { Observer } from './observe.js';
import { parseJobResponse, parseJobStatus } from './parse.js';
import { printPayload } from './payload.js';
import type { CompletedJob, JobResponse, JobStatus } from './responses.js';
import { RetryBudget } from './retry.js';
import { readRetryAfter } from './retry-after.js';
import type { Settings } from './settings.js';
import { Slots } from './slots.js';
import type { TransportAnswer } from './transport.js';
import { validatePayload, ValidatorCache } from './validate.js';
import { waitForJob } from './wait.js';

/** One message on its way. */
export interface Sending<T extends string> {
  readonly type: T;
  readonly payload: unknown;
  readonly options?: SendOptions | undefined;
}

export class Engine {
  readonly #about: ClientInfo;
  readonly #shared: Shared;
  readonly #validators: ValidatorCache;
  #running = 0;
  readonly #whenIdle: (() => void)[] = [];

  constructor(settings: Settings, about: ClientInfo) {
    const { appInfo } = settings;
    const names = [describeClient(about.packageName), appInfo].filter((name) => name !== null);
    const observer = new Observer(settings);
    if (isExposed(settings)) observer.log('warn', 'the API key travels over http to a host that is not this one');
    this.#about = about;
    this.#validators = new ValidatorCache(settings.validate);
    this.#shared = {
      settings,
      transport: chooseTransport(settings),
      slots: new Slots(settings.maxConnections),
      budget: new RetryBudget(),
      userAgent: names.length > 0 ? names.join(' ') : null,
      observer,
    };
  }

  async send<T extends string>(sending: Sending<T>, frame: Frame = {}): Promise<JobResponse<T>> {
    const { type: messageType, payload, options = {} } = sending;
    const path = `/api/jobs/${encodeSegment(messageType, 'messageType')}`;
    if (options.jobOptions && !this.#about.jobOptions) {
      throw new ConfigurationError('jobOptions: the backend of this client takes none');
    }
    const schema = this.#findSchema(messageType, options.validate);
    const print = schema
      ? async () => printPayload(await validatePayload({ messageType, payload, schema }))
      : () => printPayload(payload);
    const question: Question = { method: 'POST', path, messageType, payload, print };
    return this.#ask({ question, options, frame }, (answer) => parseJobResponse(answer, messageType));
  }

  async find(jobId: string, options: CallOptions = {}): Promise<JobStatus> {
    const question = makeJobQuestion(jobId);
    return this.#ask({ question, options, frame: {} }, (answer) => parseJobStatus(answer, jobId));
  }

  async wait(jobId: string, options: WaitOptions = {}): Promise<CompletedJob> {
    const { headers, traceparent, tracestate } = options;
    const question = makeJobQuestion(jobId);
    const asking = { question, options: { headers, traceparent, tracestate, maxRetries: 0 } };
    return waitForJob(
      (parent) =>
        this.#ask({ ...asking, frame: { parent } }, (answer) => ({
          status: parseJobStatus(answer, jobId),
          asked: readRetryAfter(answer.headers),
        })),
      {
        ...options,
        url: findUrl(this.#shared.settings, question),
        timeout: readNumber(options, 'timeout', 300_000),
        interval: readNumber(options, 'interval', undefined),
      },
    );
  }

  sendBatch<Payloads>(items: Items<BatchItem<Payloads>>, options: BatchOptions = {}): Promise<BatchResult[]> {
    return collectBatch(this.#planBatch(items, options));
  }

  sendMany<Payloads>(items: Items<BatchItem<Payloads>>, options: BatchOptions = {}): AsyncGenerator<BatchResult, void> {
    return runBatch({ ...this.#planBatch(items, options), isOrdered: true });
  }

  /** Lets running calls finish, then closes the connections. */
  async close(): Promise<void> {
    if (this.#running > 0) await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
    this.#shared.transport.close();
  }

  #planBatch<Payloads>(items: Items<BatchItem<Payloads>>, options: BatchOptions): Plan<BatchItem<Payloads>> {
    const source: object = Object(items);
    if (!(Symbol.iterator in source || Symbol.asyncIterator in source)) {
      throw new ConfigurationError('the items of a batch are no iterable');
    }
    return {
      items,
      send: async (item, frame) => {
        if (!isObject(item)) throw new ConfigurationError('an item of a batch is no message');
        return this.send(item, frame);
      },
      options: { ...options, concurrency: readNumber(options, 'concurrency', 16) },
      isOrdered: false,
    };
  }

  #findSchema(messageType: string, wish: SendOptions['validate'] = true): ReturnType<ValidatorCache['find']> {
    if (wish === false) return undefined;
    return (wish === true ? this.#validators : new ValidatorCache(wish)).find(messageType);
  }

  async #ask<T>(asking: Asking, read: (answer: TransportAnswer) => T): Promise<T> {
    const { question, options, frame } = asking;
    this.#running += 1;
    try {
      return await new Call(this.#shared, question, options, frame).run(read);
    } finally {
      this.#running -= 1;
      if (this.#running === 0) for (const resolve of this.#whenIdle.splice(0)) resolve();
    }
  }
}

interface Asking {
  readonly question: Question;
  readonly options: SendOptions;
  readonly frame: Frame;
}

const makeJobQuestion = (jobId: string): Question => ({
  method: 'GET',
  path: `/api/jobs/${encodeSegment(jobId, 'jobId')}`,
  jobId,
});

/** Whether the key travels where others can read it. */
const isExposed = ({ apiKey, base }: Settings): boolean =>
  apiKey !== null &&
  base.protocol === 'http:' &&
  !/^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(base.hostname);
