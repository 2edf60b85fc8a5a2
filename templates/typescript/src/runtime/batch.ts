/** Sends many messages with few requests at one time; every item has an outcome of its own. */
import type { Frame } from './call.js';
import type { BatchOptions, Items } from './config.js';
import { Deadline } from './deadline.js';
import { BatchError, type BatchResult, HttpError, WorkerClientError } from './errors.js';
import type { JobResponse } from './responses.js';

export interface Plan<Item> {
  readonly items: Items<Item>;
  readonly send: (item: Item, frame: Frame) => Promise<JobResponse>;
  readonly options: BatchOptions & { readonly concurrency: number };
  /** Outcomes come in the order of the items, not of the answers. */
  readonly isOrdered: boolean;
}

/** All outcomes, in the order of the items. Never rejects for an item. */
export async function collectBatch<Item>(plan: Plan<Item>): Promise<BatchResult[]> {
  const results: BatchResult[] = [];
  try {
    for await (const result of runBatch(plan)) results[result.index] = result;
    return results;
  } catch (cause) {
    const known = results.filter(() => true);
    // Nothing is lost with the reason alone.
    if (known.length === 0 && plan.options.signal?.aborted) throw cause;
    throw new BatchError('the batch broke off', { results: known, cause });
  }
}

/** Outcomes as they come; reads at most `concurrency` items ahead. Throws, at its end, what broke the batch off. */
export async function* runBatch<Item>(plan: Plan<Item>): AsyncGenerator<BatchResult, void, undefined> {
  const batch = new Batch(plan);
  try {
    for (let step = await batch.next(); step; step = await batch.next()) {
      if (step !== 'read') yield step;
    }
  } finally {
    batch.stop();
  }
}

class Batch<Item> {
  readonly #plan: Plan<Item>;
  readonly #iterator: Iterator<Item> | AsyncIterator<Item>;
  readonly #deadline: Deadline;
  readonly #running = new Map<number, Promise<BatchResult>>();
  #reading: Promise<'read'> | undefined;
  #count = 0;
  /** No further item is wanted, or there is none. */
  #isRead = false;
  #isExhausted = false;
  /** What broke the batch off, in a list of none or one. */
  readonly #failure: unknown[] = [];
  /** Why what follows is not sent. */
  readonly #stopped: unknown[] = [];
  #pausedUntil = 0;

  constructor(plan: Plan<Item>) {
    const { items, options } = plan;
    this.#plan = plan;
    this.#iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
    this.#deadline = new Deadline(Number.POSITIVE_INFINITY, options.signal);
  }

  /** The next outcome, or that an item was read; nothing at the end. */
  async next(): Promise<BatchResult | 'read' | undefined> {
    const { options, isOrdered } = this.#plan;
    if (!this.#isRead && this.#running.size < options.concurrency) this.#reading ??= this.#read();
    const [first] = this.#running.values();
    const running = isOrdered && first ? [first] : this.#running.values();
    const candidates = [...(this.#reading ? [this.#reading] : []), ...running];
    if (candidates.length === 0) {
      if (this.#failure.length > 0) throw this.#failure[0];
      return undefined;
    }
    const step = await Promise.race(candidates);
    if (step === 'read') this.#reading = undefined;
    else this.#running.delete(step.index);
    return step;
  }

  /** Lets go of the items, without waiting for a source that does not answer. */
  stop(): void {
    this.#deadline.dispose();
    if (!this.#isExhausted) Promise.resolve(this.#iterator.return?.()).catch(() => undefined);
  }

  async #read(): Promise<'read'> {
    try {
      const { done, value } = await this.#deadline.race(Promise.resolve(this.#iterator.next()));
      if (done) this.#isExhausted = this.#isRead = true;
      else this.#start(value);
    } catch (error) {
      const { ending } = this.#deadline;
      this.#isRead = true;
      this.#failure.push(ending?.kind === 'abort' ? ending.reason : error);
    }
    return 'read';
  }

  #start(item: Item): void {
    const index = this.#count;
    this.#count += 1;
    const outcome = this.#send(item).then(
      (job): BatchResult => ({ index, ok: true, job }),
      (error: unknown): BatchResult => this.#fail(index, error),
    );
    this.#running.set(
      index,
      outcome.then((result) => this.#tell(result)),
    );
  }

  async #send(item: Item): Promise<JobResponse> {
    for (let wait = this.#wait; wait > 0; wait = this.#wait) await this.#deadline.sleep(wait);
    if (this.#stopped.length > 0) {
      throw new WorkerClientError('not sent: the batch had stopped', { code: 'NOT_SENT', cause: this.#stopped[0] });
    }
    return this.#plan.send(item, {
      parent: this.#deadline,
      onAsked: (ms) => (this.#pausedUntil = Math.max(this.#pausedUntil, performance.now() + ms)),
    });
  }

  /** Milliseconds for which the backend wants no further request. */
  get #wait(): number {
    return this.#stopped.length > 0 ? 0 : this.#pausedUntil - performance.now();
  }

  #fail(index: number, error: unknown): BatchResult {
    const isDenied = error instanceof HttpError && (error.status === 401 || error.status === 403);
    if (isDenied || this.#plan.options.stopOnError) {
      this.#stopped.push(error);
      // A list is read to its end, to say of each item that it was not sent; a stream may have none.
      if (Symbol.asyncIterator in this.#plan.items) this.#isRead = true;
    }
    return { index, ok: false, error };
  }

  async #tell(result: BatchResult): Promise<BatchResult> {
    const { onResult } = this.#plan.options;
    try {
      if (onResult) await this.#deadline.race(Promise.resolve(onResult(result)));
    } catch (error) {
      // The next read says why.
      if (error === this.#deadline.ending) return result;
      this.#isRead = true;
      this.#failure.push(error);
    }
    return result;
  }
}
