/** Which transport carries a request: a given fetch, a mock in place of the global one, or the platform's own. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { answerJson, startBackend } from '../backend.js';
import { JOB, makeClient } from '../client.js';

const send = (config: Parameters<typeof makeClient>[0]): Promise<unknown> =>
  makeClient(config).sendToQueue('file-download-request', { modelId: 'm' });

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('the transport', () => {
  it('is node:http where nobody says otherwise', async () => {
    const backend = await startBackend((response) => answerJson(response, JOB));
    await send({ baseUrl: backend.url });
    expect(backend.seen[0]?.headers).not.toHaveProperty('sec-fetch-mode');
  });

  it('is the global fetch on demand', async () => {
    const backend = await startBackend((response) => answerJson(response, JOB));
    await send({ baseUrl: backend.url, transport: 'fetch' });
    expect(backend.seen[0]?.headers).toHaveProperty('sec-fetch-mode');
  });

  it('is the fetch that is given, before everything else', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new Error('not this one')));
    const fetch = vi.fn<() => Promise<Response>>().mockImplementation(async () => Response.json(JOB));
    expect(await send({ fetch })).toEqual(JOB);
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it('is a global fetch that was replaced, also after the client was made', async () => {
    const client = makeClient();
    const mock = vi.fn<(url: string, init: RequestInit) => Promise<Response>>().mockResolvedValue(Response.json(JOB));
    vi.stubGlobal('fetch', mock);
    await client.sendToQueue('file-download-request', { modelId: 'm' });
    const [url, init] = mock.mock.calls[0] ?? [];
    expect(url).toBe('http://backend.test/api/jobs/file-download-request');
    expect(init).toMatchObject({ method: 'POST', body: '{"modelId":"m"}', redirect: 'manual' });
  });

  it('is a spy on the global fetch', async () => {
    const backend = await startBackend((response) => answerJson(response, JOB));
    const spy = vi.spyOn(globalThis, 'fetch');
    await send({ baseUrl: backend.url });
    expect(spy).toHaveBeenCalledTimes(1);
  });

  it('does with a mock of what the published client read: ok, json', async () => {
    vi.stubGlobal('fetch', async () => ({ ok: true, status: 200, json: async () => JOB }));
    expect(await send({})).toEqual(JOB);
    vi.stubGlobal('fetch', async () => ({
      ok: false,
      status: 422,
      statusText: 'No',
      json: async () => ({ error: 'why' }),
    }));
    await expect(send({})).rejects.toMatchObject({ status: 422, message: 'HTTP 422: why' });
  });

  it('refuses words that contradict each other', () => {
    const fetch = async (): Promise<Response> => Response.json(JOB);
    expect(() => makeClient({ transport: 'node', fetch })).toThrow('transport is node, and a fetch is given');
    expect(() => makeClient({ transport: 'pigeon' as never })).toThrow('transport is none of auto, node, fetch');
    expect(() => makeClient({ fetch: 'global' as never })).toThrow('fetch is not a function');
  });
});

describe('the browser', () => {
  it('hides where a redirect leads to, and that is an error', async () => {
    const redirect = {
      type: 'opaqueredirect',
      status: 0,
      statusText: '',
      headers: new Headers(),
      body: null,
      text: async () => '',
    };
    await expect(send({ fetch: async () => redirect })).rejects.toMatchObject({ name: 'RedirectError' });
  });
});
