/** The client below the generated methods: checks its configuration, sends messages, asks for jobs, waits for them. */
/// <reference lib="esnext.disposable" preserve="true" />
import { loadEngine } from '#engine';
import type {
  BatchItem,
  BatchOptions,
  CallOptions,
  ClientInfo,
  Items,
  SendOptions,
  WaitOptions,
  WorkerClientConfig,
} from './config.js';
import type { Engine } from './engine.js';
import { type BatchResult, ConfigurationError } from './errors.js';
import type { CompletedJob, JobResponse, JobStatus, JobValue } from './responses.js';
import { readConfig, type Settings } from './settings.js';

/** The type that a mapping has for a message type, or any JSON. */
type Entry<Types, T extends string> = T extends keyof Types ? Types[T] : JobValue;

/** Safe for any number of calls at one time; never keeps a process alive by itself. */
export class BaseClient<Payloads extends object, Results extends object> {
  readonly #settings: Settings;
  readonly #about: ClientInfo;
  #engine: Engine | undefined;
  #isUsed = false;
  #isClosed = false;

  constructor(config: WorkerClientConfig, about: ClientInfo) {
    this.#settings = readConfig(config, about);
    this.#about = about;
  }

  /**
   * Enqueues a job.
   *
   * @throws HttpError when the backend refuses it
   * @throws TransportError when no answer comes; `maybeEnqueued` says whether the job may be there all the same
   */
  async sendToQueue<T extends keyof Payloads & string>(
    messageType: T,
    payload: Payloads[T],
    options?: SendOptions,
  ): Promise<JobResponse<T>> {
    return (await this.#open()).send({ type: messageType, payload, options });
  }

  /**
   * Asks how a job stands.
   *
   * @throws JobNotFoundError when there is no such job, or no longer
   */
  async getJobStatus(jobId: string, options?: CallOptions): Promise<JobStatus> {
    return (await this.#open()).find(jobId, options);
  }

  /**
   * Waits until a job is finished, and resolves with it.
   *
   * @throws JobFailedError when the job has failed
   * @throws WaitTimeoutError when it was not finished in time
   */
  async waitForJob<T extends string = string>(
    job: JobResponse<T> | string,
    options?: WaitOptions,
  ): Promise<CompletedJob<Entry<Payloads, T>, Entry<Results, T>>> {
    return (await this.#open()).wait(typeof job === 'string' ? job : job?.jobId, options);
  }

  /**
   * Sends many messages, and resolves with what became of each, in their order; never rejects for one of them.
   *
   * @throws BatchError when the items cannot be read, or the signal aborts
   */
  async sendBatch(items: Items<BatchItem<Payloads>>, options?: BatchOptions): Promise<BatchResult[]> {
    return (await this.#open()).sendBatch(items, options);
  }

  /** The same as a stream: reads items only as far ahead as it sends. */
  async *sendMany(items: Items<BatchItem<Payloads>>, options?: BatchOptions): AsyncGenerator<BatchResult, void> {
    yield* (await this.#open()).sendMany(items, options);
  }

  /** Refuses further calls, lets running ones finish, then closes the connections. */
  async close(): Promise<void> {
    const isUsed = this.#isUsed;
    this.#isClosed = true;
    if (isUsed) await (await this.#load()).close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #open(): Promise<Engine> {
    if (this.#isClosed) throw new ConfigurationError('the client is closed', { code: 'CLOSED' });
    this.#isUsed = true;
    return this.#load();
  }

  async #load(): Promise<Engine> {
    const { Engine } = await loadEngine();
    return (this.#engine ??= new Engine(this.#settings, this.#about));
  }
}
