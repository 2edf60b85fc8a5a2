/** The transports: encodings, endings, and what the agent is told. */
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { startBackend } from '../backend.js';
import { failureOf, makeClient } from '../client.js';

const STATUS = JSON.stringify({ jobId: '7', state: 'completed', text: 'ä€😀'.repeat(50_000) });
const ENCODINGS = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync };

describe('idle connections', () => {
  const openFor = async (config: Parameters<typeof makeClient>[0]): Promise<number> => {
    let closedAt = 0;
    const backend = await startBackend((response) => {
      response.socket?.once('close', () => (closedAt = performance.now()));
      response.end(STATUS);
    });
    const client = makeClient({ baseUrl: backend.url, ...config });
    await client.getJobStatus('7');
    const idleSince = performance.now();
    await vi.waitUntil(() => closedAt > 0, { timeout: 5000, interval: 5 });
    return closedAt - idleSince;
  };

  it('are closed when they have been idle for as long as they may', async () => {
    const ms = await openFor({ idleTimeout: 150 });
    expect(ms).toBeGreaterThan(140);
    expect(ms).toBeLessThan(2000);
  });

  it('are closed with the client', async () => {
    const backend = await startBackend((response) => response.end(STATUS));
    const client = makeClient({ baseUrl: backend.url });
    await client.getJobStatus('7');
    expect(await backend.countConnections()).toBe(1);
    await client.close();
    await vi.waitUntil(async () => (await backend.countConnections()) === 0, { timeout: 2000 });
  });
});

describe.each(['node', 'fetch'] as const)('over %s', (transport) => {
  it.each(['gzip', 'deflate', 'br'] as const)('decodes %s, though nobody asked for it', async (encoding) => {
    const body = ENCODINGS[encoding](STATUS);
    const backend = await startBackend((response) => {
      response.writeHead(200, { 'Content-Encoding': encoding }).end(body);
    });
    const status = await makeClient({ baseUrl: backend.url, transport }).getJobStatus('7');
    expect(status).toEqual(JSON.parse(STATUS));
  });

  it('counts what is decoded, not what was sent', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000, ' '));
    const backend = await startBackend((response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(bomb);
    });
    const client = makeClient({ baseUrl: backend.url, transport });
    expect(await failureOf(client.getJobStatus('7'))).toMatchObject({
      name: 'ResponseError',
      message: 'the answer (HTTP 200) is larger than maxResponseBytes',
    });
  });

  it('fails on an encoding that is broken', async () => {
    const backend = await startBackend((response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('no gzip at all');
    });
    const client = makeClient({ baseUrl: backend.url, transport, maxRetries: 0 });
    expect(await failureOf(client.getJobStatus('7'))).toMatchObject({ name: 'TransportError', phase: 'body' });
  });

  it('puts characters together that were cut apart', async () => {
    const bytes = Buffer.from(STATUS);
    const backend = await startBackend((response) => {
      response.writeHead(200);
      for (let at = 0; at < bytes.length; at += 1021) response.write(bytes.subarray(at, at + 1021));
      response.end();
    });
    const status = await makeClient({ baseUrl: backend.url, transport }).getJobStatus('7');
    expect(status).toEqual(JSON.parse(STATUS));
  });

  it('sends nothing when the call is given up just before', async () => {
    const backend = await startBackend((response) => response.end(STATUS));
    const controller = new AbortController();
    const client = makeClient({
      baseUrl: backend.url,
      transport,
      apiKey: async () => {
        controller.abort();
        return 'key';
      },
    });
    expect(await failureOf(client.getJobStatus('7', { signal: controller.signal }))).toBe(controller.signal.reason);
    expect(backend.seen).toEqual([]);
  });

  it('sends no more at a time than it may, and takes turns', async () => {
    let running = 0;
    let most = 0;
    const backend = await startBackend((response) => {
      running += 1;
      most = Math.max(most, running);
      setTimeout(() => {
        running -= 1;
        response.end(STATUS);
      }, 5);
    });
    const client = makeClient({ baseUrl: backend.url, transport, maxConnections: 3 });
    await Promise.all(Array.from({ length: 20 }, () => client.getJobStatus('7')));
    expect(most).toBe(3);
  });

  it('ends with its deadline, or its signal, while it stands in line', async () => {
    const backend = await startBackend(() => undefined);
    const client = makeClient({ baseUrl: backend.url, transport, maxConnections: 1 });
    const controller = new AbortController();
    const first = failureOf(client.getJobStatus('1', { timeout: 300, maxRetries: 0 }));
    const second = failureOf(client.getJobStatus('2', { timeout: 100 }));
    const third = failureOf(client.getJobStatus('3', { signal: controller.signal }));
    setTimeout(() => controller.abort(), 50);
    expect(await third).toBe(controller.signal.reason);
    expect(await second).toMatchObject({ name: 'TimeoutError', phase: 'connect', attempts: 1 });
    expect(await first).toMatchObject({ name: 'TimeoutError', phase: 'headers' });
    expect(backend.seen).toHaveLength(1);
  });
});
