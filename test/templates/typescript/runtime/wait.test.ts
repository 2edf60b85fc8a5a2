/** Waiting for a job, in virtual time. */
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { JobStatus } from '../../../../templates/typescript/src/runtime/responses.js';
import { failureOf, JOB, jobIn, type MockAnswer, mockClient } from '../client.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const completed = jobIn('completed', { returnvalue: { path: '/m' } });

/** Runs the clock until the work has settled. */
async function settle<T>(work: Promise<T>): Promise<T> {
  const settled = new AbortController();
  const done = work.finally(() => settled.abort());
  done.catch(() => undefined);
  for (let step = 0; step < 10_000 && !settled.signal.aborted; step += 1) await vi.advanceTimersByTimeAsync(50);
  expect(vi.getTimerCount()).toBe(0);
  return work;
}

describe('waitForJob', () => {
  it('asks at once, and resolves with the finished job', async () => {
    const { client, calls } = mockClient([completed]);
    const job = await settle(client.waitForJob(JOB));
    expect(job).toMatchObject({ state: 'completed', returnvalue: { path: '/m' } });
    expect(calls.map(({ url }) => url)).toEqual(['http://backend.test/api/jobs/7']);
  });

  it('asks less and less often', async () => {
    const times: number[] = [];
    const { client } = mockClient([...Array.from({ length: 14 }, () => jobIn('active')), completed], {
      hooks: { onRequest: () => times.push(Date.now()) },
    });
    await settle(client.waitForJob('7'));
    const waits = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(waits).toHaveLength(14);
    for (const [index, wait] of waits.entries()) {
      const mean = Math.min(5000, 100 * 1.5 ** index);
      expect(wait).toBeGreaterThanOrEqual(mean * 0.8 - 1);
      expect(wait).toBeLessThanOrEqual(mean * 1.2 + 1);
    }
  });

  it('asks as often as it is told', async () => {
    const times: number[] = [];
    const { client } = mockClient([jobIn('active'), jobIn('active'), completed], {
      hooks: { onRequest: () => times.push(Date.now()) },
    });
    await settle(client.waitForJob('7', { interval: 700 }));
    expect(times.map((time) => time - (times[0] ?? 0))).toEqual([0, 700, 1400]);
  });

  it('takes the Retry-After of an answer as a hint', async () => {
    const started = Date.now();
    const { client } = mockClient([{ ...jobIn('active'), headers: { 'Retry-After': '3' } }, completed]);
    await settle(client.waitForJob('7'));
    expect(Date.now() - started).toBeGreaterThanOrEqual(3000);
  });

  it('tells of a change of state or progress only', async () => {
    const seen: (readonly [string, unknown])[] = [];
    const { client } = mockClient([
      jobIn('waiting'),
      jobIn('waiting'),
      jobIn('active', { progress: 10 }),
      jobIn('active', { progress: 10 }),
      jobIn('active', { progress: { step: 2 } }),
      completed,
    ]);
    await settle(client.waitForJob('7', { onUpdate: ({ state, progress }) => seen.push([state, progress]) }));
    expect(seen).toEqual([
      ['waiting', undefined],
      ['active', 10],
      ['active', { step: 2 }],
      ['completed', undefined],
    ]);
  });

  it('takes a state that nobody knows for unfinished', async () => {
    const { client, calls } = mockClient([jobIn('dreaming'), jobIn('waiting-children'), completed]);
    await settle(client.waitForJob('7'));
    expect(calls).toHaveLength(3);
  });

  it('rejects for a job that has failed, without showing its payload', async () => {
    const { client } = mockClient([jobIn('failed', { failedReason: 'no disk', data: { token: 'hunter2' } })]);
    const error = await settle(failureOf(client.waitForJob('7')));
    expect(error).toMatchObject({
      name: 'JobFailedError',
      code: 'JOB_FAILED',
      failedReason: 'no disk',
      message: 'job 7 failed: no disk',
      job: { state: 'failed', data: { token: 'hunter2' } },
    });
    expect(inspect(error, { depth: 9 }) + JSON.stringify(error)).not.toContain('hunter2');
  });

  it.each([undefined, null, 7, {}, [], ''])('says that no reason is given when it is %j', async (failedReason) => {
    const { client } = mockClient([jobIn('failed', { failedReason })]);
    expect(await settle(failureOf(client.waitForJob('7')))).toMatchObject({
      name: 'JobFailedError',
      failedReason: 'no reason given',
      message: 'job 7 failed: no reason given',
    });
  });

  it('bears a backend in trouble', async () => {
    const trouble: MockAnswer[] = [500, 502, 503, 504, 429].map((status) => ({ status, json: {} }));
    const { client, calls } = mockClient([
      { error: new TypeError('fetch failed') },
      ...trouble,
      { status: 429, json: {}, headers: { 'Retry-After': '9' } },
      completed,
    ]);
    const started = Date.now();
    await settle(client.waitForJob('7', { interval: 10 }));
    expect(calls).toHaveLength(8);
    expect(Date.now() - started).toBeGreaterThanOrEqual(9000);
  });

  it.each([400, 401, 403])('ends with status %i', async (status) => {
    const { client, calls } = mockClient([{ status, json: {} }]);
    expect(await settle(failureOf(client.waitForJob('7')))).toMatchObject({ status });
    expect(calls).toHaveLength(1);
  });

  it('ends with an answer that is no status', async () => {
    const { client } = mockClient([{ json: [] }]);
    expect(await settle(failureOf(client.waitForJob('7')))).toMatchObject({ name: 'ResponseError' });
  });

  it('gives a new job two seconds to be found', async () => {
    const { client } = mockClient([{ status: 404, json: {} }, { status: 404, json: {} }, completed]);
    await settle(client.waitForJob('7', { interval: 900 }));
    const late = mockClient([{ status: 404, json: {} }]);
    const started = Date.now();
    const error = await settle(failureOf(late.client.waitForJob('7')));
    expect(error).toMatchObject({ name: 'JobNotFoundError', message: 'HTTP 404: no reason given' });
    expect(Date.now() - started).toBeGreaterThanOrEqual(2000);
    expect(Date.now() - started).toBeLessThan(6000);
  });

  it('says why a job that was there is gone', async () => {
    const { client } = mockClient([jobIn('active'), { status: 404, json: { error: 'gone' } }]);
    const error = await settle(failureOf(client.waitForJob('7')));
    expect(error).toMatchObject({ name: 'JobNotFoundError', message: expect.stringContaining('removeOnComplete') });
  });

  it('ends when its time is up, with what it knows', async () => {
    const { client } = mockClient([jobIn('active', { progress: 40 })]);
    const started = Date.now();
    const error = await settle(failureOf(client.waitForJob('7', { timeout: 2000 })));
    expect(error).toMatchObject({
      name: 'WaitTimeoutError',
      code: 'WAIT_TIMEOUT',
      timeoutMs: 2000,
      lastStatus: { state: 'active', progress: 40 },
    });
    expect(Date.now() - started).toBeLessThan(2100);
  });

  it('ends when its time is up, also while it waits for an answer', async () => {
    const { client } = mockClient([], { fetch: () => new Promise(() => undefined) });
    const error = await settle(failureOf(client.waitForJob('7', { timeout: 2000 })));
    expect(error).toMatchObject({ name: 'WaitTimeoutError', message: expect.stringContaining('nothing is known') });
  });

  it('ends with the reason of the signal', async () => {
    const { client } = mockClient([jobIn('active')]);
    const controller = new AbortController();
    const reason = new Error('given up');
    setTimeout(() => controller.abort(reason), 1000);
    expect(await settle(failureOf(client.waitForJob('7', { signal: controller.signal })))).toBe(reason);
  });

  it('waits five minutes where nothing is said', async () => {
    const { client } = mockClient([jobIn('active')]);
    const error = await settle(failureOf(client.waitForJob('7')));
    expect(error).toMatchObject({ timeoutMs: 300_000 });
  });

  it('refuses a time that is none', async () => {
    const { client } = mockClient([completed]);
    expect(await failureOf(client.waitForJob('7', { timeout: 0 }))).toMatchObject({ name: 'ConfigurationError' });
    expect(await failureOf(client.waitForJob('', {}))).toMatchObject({ name: 'ConfigurationError' });
  });

  it('has the types of the message, where its job is given', async () => {
    const { client } = mockClient([completed]);
    const job = await client.sendToQueue('file-download-request', { modelId: 'm' });
    const done = await settle(client.waitForJob(job));
    const result: { readonly path: string } = done.returnvalue;
    const payload: { readonly modelId: string } = done.data;
    // @ts-expect-error a result is what its schema says
    const wrong: { readonly url: string } = done.returnvalue;
    const status: JobStatus = done;
    expect([result, payload, wrong, status]).toHaveLength(4);
  });

  it('knows the whole wait in its errors', async () => {
    const facts = { attempts: 2, method: 'GET', url: 'http://backend.test/api/jobs/7', elapsedMs: expect.any(Number) };
    const failed = mockClient([jobIn('active'), jobIn('failed', { failedReason: 'no' })]);
    expect(await settle(failureOf(failed.client.waitForJob('7')))).toMatchObject({ name: 'JobFailedError', ...facts });
    const slow = mockClient([jobIn('active')]);
    const error = await settle(failureOf(slow.client.waitForJob('7', { timeout: 900, interval: 500 })));
    expect(error).toMatchObject({ name: 'WaitTimeoutError', ...facts, elapsedMs: 900 });
  });

  it('says what kept it from knowing', async () => {
    const { client } = mockClient([jobIn('active'), { status: 503, json: { error: 'down' } }]);
    const error = await settle(failureOf(client.waitForJob('7', { timeout: 900 })));
    expect(error).toMatchObject({ lastStatus: { state: 'active' }, cause: { message: 'HTTP 503: down' } });
  });

  it.each([408, 425, 429, 500, 503])('bears a %i', async (status) => {
    const { client } = mockClient([{ status, json: {} }, completed]);
    expect(await settle(client.waitForJob('7'))).toMatchObject({ state: 'completed' });
  });

  it.each([200, 429])('does not ask without a pause when a %i says Retry-After: 0', async (status) => {
    const { client, calls } = mockClient([{ ...jobIn('active'), status, headers: { 'Retry-After': '0' } }]);
    await settle(failureOf(client.waitForJob('7', { timeout: 300 })));
    expect(calls.length).toBeLessThan(5);
  });

  it('rejects with what onUpdate throws, also later', async () => {
    const reason = new Error('mine');
    const { client } = mockClient([jobIn('active')]);
    expect(await settle(failureOf(client.waitForJob('7', { onUpdate: () => Promise.reject(reason) })))).toBe(reason);
  });

  it.each([undefined, null, {}])('refuses %j as a job', async (job) => {
    const { client } = mockClient([completed]);
    const error = await settle(failureOf(client.waitForJob(job as unknown as string)));
    expect(error).toMatchObject({ name: 'ConfigurationError' });
  });
});
