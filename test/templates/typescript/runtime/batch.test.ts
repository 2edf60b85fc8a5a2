/** Batches: bounded, in order, with an outcome for each item. */
import { getEventListeners } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { BatchItem } from '../../../../templates/typescript/src/runtime/config.js';
import type { BatchResult } from '../../../../templates/typescript/src/runtime/errors.js';
import type { Fetch } from '../../../../templates/typescript/src/runtime/fetch.js';
import { failureOf, makeClient, type Payloads } from '../client.js';

type Item = BatchItem<Payloads>;

afterEach(() => {
  vi.useRealTimers();
});

const item = (modelId: number | string): Item => ({
  type: 'file-download-request',
  payload: { modelId: String(modelId) },
});
const items = (count: number): Item[] => Array.from({ length: count }, (_, index) => item(index));

interface Load {
  running: number;
  most: number;
  readonly sent: string[];
}

/** Answers with the model's id as the job's; a backend of its own kind may be put before it. */
function makeBackend(
  answer: (modelId: string) => Promise<Response | undefined> | Response | undefined = () => undefined,
): { readonly load: Load; readonly fetch: Fetch } {
  const load: Load = { running: 0, most: 0, sent: [] };
  const fetch: Fetch = async (_url, { body = '' }) => {
    const { modelId } = JSON.parse(body) as { readonly modelId: string };
    load.sent.push(modelId);
    load.running += 1;
    load.most = Math.max(load.most, load.running);
    try {
      await new Promise((resolve) => {
        setTimeout(resolve, 2);
      });
      const own = await answer(modelId);
      return own ?? Response.json({ success: true, jobId: modelId, messageName: 'm', queue: 'q' });
    } finally {
      load.running -= 1;
    }
  };
  return { load, fetch };
}

const outcome = (result: BatchResult): string =>
  result.ok ? `${result.index} ${result.job.jobId}` : `${result.index} ${codeOf(result.error)}`;
const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : error;

describe('sendBatch', () => {
  it('rejects with the reason of a signal that was aborted before', async () => {
    const { load, fetch } = makeBackend();
    const reason = new Error('mine');
    const work = makeClient({ fetch }).sendBatch(items(3), { signal: AbortSignal.abort(reason) });
    expect(await failureOf(work)).toBe(reason);
    expect(load.sent).toEqual([]);
  });

  it.each([undefined, null, 5, {}])('refuses %j as items', async (given) => {
    const error = await failureOf(makeClient().sendBatch(given as unknown as Item[]));
    expect(error).toMatchObject({ name: 'ConfigurationError', message: 'the items of a batch are no iterable' });
  });

  it('has an outcome for what is no message', async () => {
    const { fetch } = makeBackend();
    const results = await makeClient({ fetch }).sendBatch([null as unknown as Item, item(1)]);
    expect(results.map(outcome)).toEqual(['0 CONFIGURATION', '1 1']);
  });

  it('ends when onResult fails, at once or later', async () => {
    const { fetch } = makeBackend();
    const reason = new Error('mine');
    for (const onResult of [
      () => {
        throw reason;
      },
      () => Promise.reject(reason),
    ]) {
      const error = await failureOf(makeClient({ fetch }).sendBatch(items(20), { concurrency: 2, onResult }));
      expect(error).toMatchObject({ name: 'BatchError', cause: reason, results: { length: 2 } });
    }
  });

  it('adds one listener to a signal, however much is under way', async () => {
    const { fetch } = makeBackend();
    const { signal } = new AbortController();
    const add = vi.spyOn(signal, 'addEventListener');
    const client = makeClient({ fetch });
    const sends = items(30).map(({ type, payload }) => client.sendToQueue(type, payload as never, { signal }));
    await Promise.all([client.sendBatch(items(30), { signal }), ...sends]);
    expect(add).toHaveBeenCalledTimes(1);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('refuses a signal that is none, and starts no timer for it', async () => {
    vi.useFakeTimers();
    const signal = {} as AbortSignal;
    const error = await failureOf(makeClient().sendToQueue('scan-request', { libraryId: 1 }, { signal }));
    expect(error).toMatchObject({ name: 'ConfigurationError', message: 'signal is no AbortSignal' });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('gives back outcomes in the order of the items', async () => {
    const { fetch } = makeBackend(async (modelId) => {
      await new Promise((resolve) => {
        setTimeout(resolve, 20 - Number(modelId));
      });
      return undefined;
    });
    const results = await makeClient({ fetch }).sendBatch(items(20));
    expect(results.map(outcome)).toEqual(Array.from({ length: 20 }, (_, index) => `${index} ${index}`));
  });

  it('sends sixteen at a time, or as many as it is told', async () => {
    const first = makeBackend();
    await makeClient({ fetch: first.fetch }).sendBatch(items(60));
    expect(first.load.most).toBe(16);
    const second = makeBackend();
    await makeClient({ fetch: second.fetch }).sendBatch(items(20), { concurrency: 3 });
    expect(second.load.most).toBe(3);
  });

  it('never rejects for an item', async () => {
    const { fetch } = makeBackend((modelId) =>
      modelId === '1' ? Response.json({ error: 'no' }, { status: 400 }) : undefined,
    );
    const told: string[] = [];
    const bad: Item = { type: 'file-download-request', payload: { modelId: 'x' }, options: { idempotencyKey: '' } };
    const results = await makeClient({ fetch }).sendBatch([item(0), item(1), item(2), bad], {
      onResult: (result) => told.push(outcome(result)),
    });
    expect(results.map(outcome)).toEqual(['0 0', '1 BAD_REQUEST', '2 2', '3 CONFIGURATION']);
    expect(told.toSorted()).toEqual(results.map(outcome));
  });

  it('stops at the first error where it is told so, and says what was not sent', async () => {
    const { fetch, load } = makeBackend((modelId) =>
      modelId === '2' ? Response.json({ error: 'no' }, { status: 400 }) : undefined,
    );
    const results = await makeClient({ fetch }).sendBatch(items(6), { stopOnError: true, concurrency: 1 });
    expect(results.map(outcome)).toEqual(['0 0', '1 1', '2 BAD_REQUEST', '3 NOT_SENT', '4 NOT_SENT', '5 NOT_SENT']);
    expect(load.sent).toEqual(['0', '1', '2']);
  });

  it.each([401, 403])('stops with status %i: nobody else would be let in', async (status) => {
    const { fetch, load } = makeBackend(() => Response.json({ error: 'no' }, { status }));
    const results = await makeClient({ fetch }).sendBatch(items(5), { concurrency: 1 });
    expect(results.map((result) => codeOf(!result.ok && result.error))).toEqual([
      status === 401 ? 'AUTHENTICATION' : 'PERMISSION_DENIED',
      ...Array.from({ length: 4 }, () => 'NOT_SENT'),
    ]);
    expect(load.sent).toHaveLength(1);
  });

  it('pauses as a whole when the backend asks for it', async () => {
    vi.useFakeTimers();
    const times: number[] = [];
    const { fetch, load } = makeBackend((modelId) => {
      times.push(Date.now());
      return modelId === '0' && load.sent.length === 2
        ? Response.json({}, { status: 429, headers: { 'Retry-After': '5' } })
        : undefined;
    });
    const started = Date.now();
    const work = makeClient({ fetch }).sendBatch(items(6), { concurrency: 2 });
    await vi.advanceTimersByTimeAsync(20_000);
    expect((await work).every(({ ok }) => ok)).toBe(true);
    // One was refused, one was on its way beside it; everything else came after the pause.
    expect(times.filter((time) => time - started < 5000)).toHaveLength(2);
  });

  it('reads a stream no further once it has stopped', async () => {
    async function* source(): AsyncGenerator<Item> {
      for (let index = 0; ; index += 1) yield item(index);
    }
    const { fetch } = makeBackend(() => Response.json({}, { status: 403 }));
    const results = await makeClient({ fetch }).sendBatch(source(), { concurrency: 1 });
    expect(results.map(outcome)).toEqual(['0 PERMISSION_DENIED']);
  });

  it('reads at most as far ahead as it sends', async () => {
    let read = 0;
    const { fetch, load } = makeBackend();
    async function* source(): AsyncGenerator<Item> {
      for (let index = 0; index < 30; index += 1) {
        read += 1;
        expect(read - load.sent.length).toBeLessThanOrEqual(4);
        yield item(index);
      }
    }
    const results = await makeClient({ fetch }).sendBatch(source(), { concurrency: 3 });
    expect(results).toHaveLength(30);
  });

  it('says what is known when its items cannot be read', async () => {
    const cause = new Error('the file is broken');
    function* source(): Generator<Item> {
      yield item(0);
      yield item(1);
      throw cause;
    }
    const { fetch } = makeBackend();
    const error = await failureOf(makeClient({ fetch }).sendBatch(source()));
    expect(error).toMatchObject({ name: 'BatchError', code: 'BATCH', cause });
    expect((error as { readonly results: BatchResult[] }).results.map(outcome)).toEqual(['0 0', '1 1']);
  });

  it('says what is known when it is given up', async () => {
    const controller = new AbortController();
    const reason = new Error('given up');
    const { fetch, load } = makeBackend((modelId) => {
      if (modelId === '3') controller.abort(reason);
      return undefined;
    });
    let isClosed = false;
    async function* source(): AsyncGenerator<Item> {
      try {
        for (let index = 0; ; index += 1) yield item(index);
      } finally {
        isClosed = true;
      }
    }
    const error = await failureOf(
      makeClient({ fetch }).sendBatch(source(), { signal: controller.signal, concurrency: 1 }),
    );
    expect(error).toMatchObject({ name: 'BatchError', cause: reason });
    const { results } = error as { readonly results: readonly BatchResult[] };
    expect(results.slice(0, 3).map(outcome)).toEqual(['0 0', '1 1', '2 2']);
    expect(results.slice(3).every((result) => !result.ok && result.error === reason)).toBe(true);
    expect(load.sent).toHaveLength(4);
    expect(isClosed).toBe(true);
  });

  it('has nothing to say of nothing', async () => {
    expect(await makeClient({ fetch: makeBackend().fetch }).sendBatch([])).toEqual([]);
  });

  it('refuses a concurrency that is none', async () => {
    const work = makeClient({ fetch: makeBackend().fetch }).sendBatch([], { concurrency: 0 });
    expect(await failureOf(work)).toMatchObject({ name: 'ConfigurationError' });
  });
});

describe('sendMany', () => {
  it('yields outcomes in the order of the items', async () => {
    const { fetch } = makeBackend(async (modelId) => {
      await new Promise((resolve) => {
        setTimeout(resolve, 20 - Number(modelId));
      });
      return undefined;
    });
    const seen: string[] = [];
    for await (const result of makeClient({ fetch }).sendMany(items(12), { concurrency: 4 }))
      seen.push(outcome(result));
    expect(seen).toEqual(Array.from({ length: 12 }, (_, index) => `${index} ${index}`));
  });

  it('yields an outcome before the next item is there', async () => {
    const { fetch } = makeBackend();
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    async function* source(): AsyncGenerator<Item> {
      yield item(0);
      await gate;
      yield item(1);
    }
    const stream = makeClient({ fetch }).sendMany(source());
    expect((await stream.next()).value).toMatchObject({ index: 0, ok: true });
    open();
    expect((await stream.next()).value).toMatchObject({ index: 1, ok: true });
    expect((await stream.next()).done).toBe(true);
  });

  it('reads no further than its reader', async () => {
    let read = 0;
    function* source(): Generator<Item> {
      for (; ; read += 1) yield item(read);
    }
    const { fetch } = makeBackend();
    let taken = 0;
    for await (const result of makeClient({ fetch }).sendMany(source(), { concurrency: 3 })) {
      expect(result.ok).toBe(true);
      taken += 1;
      if (taken === 10) break;
    }
    expect(read).toBeLessThanOrEqual(13);
  });
});
