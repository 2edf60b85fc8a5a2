/** Hooks and log lines: what they are told, what they may change, and what they never see. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Logger, RequestEvent } from '../../../../templates/typescript/src/runtime/config.js';
import { failureOf, JOB, jobIn, makeClient, mockClient } from '../client.js';

const KEY = 'sk-secret-key-0123456789';
const PAYLOAD = { modelId: 'payload-value' };

interface Line {
  readonly level: string;
  readonly text: string;
}

function makeLogger(): { readonly logger: Logger; readonly lines: readonly Line[] } {
  const lines: Line[] = [];
  const write =
    (level: string) =>
    (...parts: readonly unknown[]): void => {
      lines.push({
        level,
        text: parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(' '),
      });
    };
  const logger = { error: write('error'), warn: write('warn'), info: write('info'), debug: write('debug') };
  return { logger, lines };
}

beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe('hooks', () => {
  it('are told of each request and each answer', async () => {
    const events: (readonly [string, RequestEvent])[] = [];
    const note = (name: string) => (event: RequestEvent) => void events.push([name, { ...event }]);
    const { client } = mockClient([{ status: 503, json: {} }, { json: JOB }], {
      apiKey: KEY,
      hooks: {
        onRequest: note('request'),
        onRetry: note('retry'),
        onResponse: note('response'),
        onError: note('error'),
      },
    });
    await client.sendToQueue('file-download-request', PAYLOAD);
    expect(events.map(([name, { attempt, status }]) => [name, attempt, status])).toEqual([
      ['request', 1, undefined],
      ['response', 1, 503],
      ['retry', 1, 503],
      ['request', 2, undefined],
      ['response', 2, 200],
    ]);
    expect(events[0]?.[1]).toMatchObject({
      method: 'POST',
      url: 'http://backend.test/api/jobs/file-download-request',
      messageType: 'file-download-request',
      durationMs: expect.any(Number),
      headers: { Authorization: '***', 'Content-Type': 'application/json' },
    });
    expect(events[2]?.[1]).toMatchObject({ waitMs: 125, error: expect.objectContaining({ status: 503 }) });
    expect(JSON.stringify(events)).not.toContain(KEY);
    expect(JSON.stringify(events)).not.toContain('payload-value');
  });

  it('are told of a call that fails', async () => {
    const errors: unknown[] = [];
    const { client } = mockClient([{ status: 400, json: {} }], { hooks: { onError: (event) => errors.push(event) } });
    const error = await failureOf(client.getJobStatus('7'));
    expect(errors).toEqual([expect.objectContaining({ error, method: 'GET', jobId: '7', attempt: 1, status: 400 })]);
  });

  it('may change headers, but see no key', async () => {
    const { client, calls } = mockClient([{ json: JOB }], {
      apiKey: KEY,
      headers: { 'X-Team': 'a' },
      hooks: {
        onRequest: async ({ headers }) => {
          await Promise.resolve();
          headers['traceparent'] = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
          headers['X-Team'] = 'b';
          delete headers['User-Agent'];
        },
      },
    });
    await client.sendToQueue('file-download-request', PAYLOAD);
    const headers = calls[0]?.init.headers;
    expect(headers).toMatchObject({
      Authorization: `Bearer ${KEY}`,
      'X-Team': 'b',
      traceparent: expect.stringMatching(/^00-/),
    });
    expect(headers).not.toHaveProperty('User-Agent');
  });

  it('may set another key', async () => {
    const { client, calls } = mockClient([{ json: JOB }], {
      apiKey: KEY,
      hooks: { onRequest: ({ headers }) => (headers['Authorization'] = 'Bearer other') },
    });
    await client.sendToQueue('file-download-request', PAYLOAD);
    expect(calls[0]?.init.headers).toMatchObject({ Authorization: 'Bearer other' });
  });

  it.each([
    ['a hook', { hooks: { onRequest: ({ headers }: RequestEvent) => (headers['Traceparent'] = '00-0-0-00') } }],
    ['a header', { headers: { Traceparent: '00-0-0-00' } }],
  ])('send no malformed trace of %s', async (_, config) => {
    const { client, calls } = mockClient([{ json: JOB }], config);
    const error = await failureOf(client.sendToQueue('file-download-request', PAYLOAD));
    expect(error).toMatchObject({ name: 'ConfigurationError', message: 'traceparent is no W3C trace context' });
    expect(calls).toEqual([]);
  });

  it('keep the trace of the first try on every try', async () => {
    const traces = ['a', 'b', 'a'].map((digit, index) => `00-${digit.repeat(32)}-${String(index + 1).repeat(16)}-01`);
    const { client, calls } = mockClient([{ status: 503, json: {} }, { status: 503, json: {} }, { json: JOB }], {
      hooks: { onRequest: ({ headers, attempt }) => (headers['traceparent'] = traces[attempt - 1] ?? '') },
    });
    await client.sendToQueue('file-download-request', PAYLOAD);
    expect(calls.map(({ init }) => init.headers['traceparent'])).toEqual([traces[0], traces[0], traces[2]]);
  });

  it('fail the call when they throw before it, and send nothing', async () => {
    const reason = new Error('no trace');
    const { client, calls } = mockClient([{ json: JOB }], {
      hooks: {
        onRequest: () => {
          throw reason;
        },
      },
    });
    expect(await failureOf(client.getJobStatus('7'))).toBe(reason);
    expect(calls).toEqual([]);
  });

  it('cannot set a header that breaks the request apart', async () => {
    const { client, calls } = mockClient([{ json: JOB }], {
      hooks: { onRequest: ({ headers }) => (headers['X-Note'] = 'a\r\nX-Evil: 1') },
    });
    expect(await failureOf(client.getJobStatus('7'))).toMatchObject({ name: 'ConfigurationError' });
    expect(calls).toEqual([]);
  });

  it.each(['onResponse', 'onRetry', 'onError'] as const)('break nothing when %s throws', async (name) => {
    const { logger, lines } = makeLogger();
    const answers = [{ status: 503, json: {} }, { json: JOB }];
    for (const hook of [
      () => {
        throw new Error('broken hook');
      },
      () => Promise.reject(new Error('broken hook')),
    ]) {
      const { client } = mockClient(name === 'onError' ? [{ status: 400, json: {} }] : answers, {
        logger,
        hooks: { [name]: hook },
      });
      const settled = await client.sendToQueue('file-download-request', PAYLOAD).catch((error: unknown) => error);
      expect(settled).toMatchObject(name === 'onError' ? { status: 400 } : JOB);
    }
    await Promise.resolve();
    const complaint = { level: 'error', text: `[worker-client] the hook ${name} failed: Error: broken hook` };
    expect(lines.filter(({ level }) => level === 'error')).toEqual(
      Array.from({ length: name === 'onResponse' ? 4 : 2 }, () => complaint),
    );
  });

  it('see the payload only where they are to', async () => {
    const seen: unknown[] = [];
    const { client } = mockClient([{ json: JOB }], {
      logBodies: true,
      hooks: { onRequest: ({ payload }) => seen.push(payload) },
    });
    await client.sendToQueue('file-download-request', PAYLOAD);
    expect(seen).toEqual([PAYLOAD]);
  });

  it('do not outlast the call', async () => {
    const { client } = mockClient([{ json: JOB }], {
      timeout: 30,
      hooks: { onRequest: () => new Promise(() => undefined) },
    });
    expect(await failureOf(client.getJobStatus('7'))).toMatchObject({ name: 'TimeoutError', phase: 'connect' });
  });
});

describe('the log', () => {
  const answers = [{ status: 503, json: {} }, { json: JOB }, { status: 400, json: { error: 'no' } }];
  const run = async (level: string | undefined): Promise<readonly Line[]> => {
    const { logger, lines } = makeLogger();
    if (level !== undefined) vi.stubEnv('WORKER_BACKEND_LOG', level);
    const { client } = mockClient(answers, { apiKey: KEY, logger, baseUrl: 'http://127.0.0.1:9' });
    await client.sendToQueue('file-download-request', PAYLOAD);
    await failureOf(client.sendToQueue('file-download-request', PAYLOAD));
    return lines;
  };

  it('is silent about calls where nothing is said', async () => {
    expect(await run(undefined)).toEqual([]);
    expect(await run('off')).toEqual([]);
    expect(await run('error')).toEqual([]);
  });

  it('tells of tries again and of failures at info', async () => {
    expect((await run('info')).map(({ text }) => text)).toEqual([
      '[worker-client] POST http://127.0.0.1:9/api/jobs/file-download-request: ServerError: HTTP 503: no reason given; trying again in 125 ms',
      '[worker-client] POST http://127.0.0.1:9/api/jobs/file-download-request: BadRequestError: HTTP 400: no',
    ]);
  });

  it('tells of every request at debug, without key and payload', async () => {
    const lines = await run(' DEBUG ');
    expect(lines.filter(({ level }) => level === 'debug')).toHaveLength(6);
    expect(JSON.stringify(lines)).not.toContain(KEY);
    expect(JSON.stringify(lines)).not.toContain('payload-value');
  });

  it('is the console where none is given', async () => {
    const debug = vi.spyOn(console, 'debug').mockReturnValue(undefined);
    const { client } = mockClient([jobIn('completed')], { logLevel: 'debug' });
    await client.getJobStatus('7');
    expect(debug).toHaveBeenCalledTimes(2);
  });

  it('refuses a level that is none', () => {
    vi.stubEnv('WORKER_BACKEND_LOG', 'loud');
    expect(() => makeClient()).toThrow('WORKER_BACKEND_LOG is none of off, error, warn, info, debug');
  });

  it.each([
    ['http://backend.test', 1],
    ['https://backend.test', 0],
    ['http://localhost:3000', 0],
    ['http://127.0.0.1', 0],
    ['http://[::1]:3000', 0],
    ['http://app.localhost', 0],
  ])('warns once of a key that travels in the open to %s: %i', async (baseUrl, count) => {
    const { logger, lines } = makeLogger();
    const { client } = mockClient([jobIn('completed')], { apiKey: KEY, logger, baseUrl });
    await client.getJobStatus('7');
    await client.getJobStatus('7');
    expect(lines.filter(({ level }) => level === 'warn')).toHaveLength(count);
  });

  it('breaks nothing when it is broken', async () => {
    const fail = (): never => {
      throw new Error('disk full');
    };
    const logger = { error: fail, warn: fail, info: fail, debug: fail };
    const { client } = mockClient([jobIn('completed')], { logger, logLevel: 'debug' });
    await expect(client.getJobStatus('7')).resolves.toMatchObject({ state: 'completed' });
  });
});
