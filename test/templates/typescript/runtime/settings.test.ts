/** The configuration: defaults, the environment, and what is refused in words that show no secret. */
import { inspect } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { BaseClient } from '../../../../templates/typescript/src/runtime/base-client.js';
import type { Fetch } from '../../../../templates/typescript/src/runtime/fetch.js';
import { failureOf, JOB, makeClient, mockClient, type Payloads, type Results } from '../client.js';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

const never = { fetch: () => new Promise<never>(() => undefined) };

async function timeoutOf(config: Parameters<typeof makeClient>[0]): Promise<unknown> {
  vi.useFakeTimers();
  const work = failureOf(makeClient({ ...never, ...config }).getJobStatus('7'));
  await vi.advanceTimersByTimeAsync(120_000);
  return work;
}

describe('the timeout', () => {
  it('is thirty seconds where nothing is said', async () => {
    expect(await timeoutOf({})).toMatchObject({ name: 'TimeoutError', timeoutMs: 30_000, elapsedMs: 30_000 });
  });

  it('comes from the environment in seconds', async () => {
    vi.stubEnv('WORKER_BACKEND_TIMEOUT', ' 1.5 ');
    expect(await timeoutOf({})).toMatchObject({ timeoutMs: 1500 });
    expect(await timeoutOf({ timeout: 20 })).toMatchObject({ timeoutMs: 20 });
  });

  it.each(['soon', '0', '-1', '1e9', 'Infinity'])('refuses %s in the environment, and names the variable', (value) => {
    vi.stubEnv('WORKER_BACKEND_TIMEOUT', value);
    expect(() => makeClient()).toThrow('WORKER_BACKEND_TIMEOUT is no number of seconds');
  });

  it('holds the key function, too', async () => {
    const error = await timeoutOf({ timeout: 50, apiKey: () => new Promise(() => undefined) });
    expect(error).toMatchObject({ name: 'TimeoutError', phase: 'connect', maybeEnqueued: false });
  });
});

describe('the configuration', () => {
  it.each([
    [{ timeout: '30' as never }, 'timeout is not a number from 1 to 2147483647'],
    [{ maxRetries: 1.5 }, 'maxRetries is not a whole number from 0 to 10'],
    [{ attemptTimeout: 0 }, 'attemptTimeout is not a number'],
    [{ idleTimeout: -1 }, 'idleTimeout is not a number'],
    [{ maxConnections: 0 }, 'maxConnections is not a whole number'],
    [{ maxResponseBytes: 0.5 }, 'maxResponseBytes is not a whole number'],
    [{ idempotency: 'always' as never }, 'idempotency is none of auto, server, off'],
    [{ logLevel: 'loud' as never }, 'logLevel is none of off, error, warn, info, debug'],
    [{ apiKey: 7 as never }, 'apiKey is nothing that a header can carry'],
    [{ headers: { 'X-Note': 'a\nb' } }, 'the header X-Note has a value that no header can carry'],
    [{ appInfo: { name: 'my app' } }, 'appInfo is nothing that a header can carry'],
    [{ baseUrl: 'http://user:hunter2@host' }, 'baseUrl holds credentials'],
  ])('refuses %o', (config, message) => {
    expect(() => makeClient(config)).toThrow(message);
    expect(() => makeClient(config)).not.toThrow('hunter2');
  });

  it('asks for the base by both its names', () => {
    expect(() => makeClient({ baseUrl: undefined })).toThrow('baseUrl is missing: give it, or set WORKER_BACKEND_URL');
  });

  it('names your application behind ours', async () => {
    const { client, calls } = mockClient([{ json: JOB }], { appInfo: { name: 'shop', version: '1.2' } });
    await client.sendToQueue('file-download-request', { modelId: 'm' });
    expect(calls[0]?.init.headers['User-Agent']).toMatch(
      /^jobs-client \(gen-worker-client; node\/[\d.]+\) shop\/1\.2$/,
    );
  });

  it('says when the key function fails, or gives no key', async () => {
    const cause = new Error('vault is sealed');
    const fail = mockClient([{ json: JOB }], { apiKey: () => Promise.reject(cause) });
    expect(await failureOf(fail.client.getJobStatus('7'))).toMatchObject({ name: 'ConfigurationError', cause });
    const wrong = mockClient([{ json: JOB }], { apiKey: () => 'hunter2\n\nhunter2' });
    const error = await failureOf(wrong.client.getJobStatus('7'));
    expect(error).toMatchObject({ name: 'ConfigurationError' });
    expect(inspect(error, { depth: 9 })).not.toContain('hunter2');
    expect(fail.calls.length + wrong.calls.length).toBe(0);
  });
});

describe('job options', () => {
  it('are refused where the backend takes none, not dropped', async () => {
    const { client, calls } = mockClient([{ json: JOB }]);
    const work = client.sendToQueue('file-download-request', { modelId: 'm' }, { jobOptions: { delay: 5 } });
    expect(await failureOf(work)).toMatchObject({
      name: 'ConfigurationError',
      message: expect.stringContaining('jobOptions'),
    });
    expect(calls).toEqual([]);
  });

  it('travel as one header in ASCII where it does', async () => {
    const headers: (string | undefined)[] = [];
    const fetch: Fetch = async (_url, init) => {
      headers.push(init.headers['X-Job-Options']);
      return Response.json(JOB);
    };
    const about = { packageName: 'jobs-client', idempotency: 'auto', jobOptions: true } as const;
    const client = new BaseClient<Payloads, Results>({ baseUrl: 'http://backend.test', fetch }, about);
    const jobOptions = { priority: 2, deduplication: { id: 'größe' } };
    await client.sendToQueue('file-download-request', { modelId: 'm' }, { jobOptions });
    expect(headers).toEqual(['{"priority":2,"deduplication":{"id":"gr\\u00f6\\u00dfe"}}']);
    expect(JSON.parse(headers[0] ?? '')).toEqual(jobOptions);
  });
});
