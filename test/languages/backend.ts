/** A backend on the loopback that takes every message and has done every job. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TakenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Backend {
  readonly url: string;
  readonly requests: readonly TakenRequest[];
  close(): Promise<void>;
}

/** Jobs that it has never heard of have an id with `no-` in front. */
const UNKNOWN_JOB = /^\/api\/jobs\/no-/;

export async function startBackend(): Promise<Backend> {
  const requests: TakenRequest[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      requests.push({ method, path, headers, body: Buffer.concat(chunks) });
      const { status, body } = answerTo(method, path);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

function answerTo(method: string, path: string): { readonly status: number; readonly body: unknown } {
  const last = decodeURIComponent(path.split('/').at(-1) ?? '');
  if (method === 'POST') return { status: 200, body: { success: true, jobId: '7', messageName: last, queue: 'main' } };
  if (UNKNOWN_JOB.test(path)) return { status: 404, body: { error: `there is no job ${last}` } };
  const facts = { jobId: last, name: 'message', queue: 'main', data: {}, progress: 100, timestamp: 1_700_000_000_000 };
  return { status: 200, body: { ...facts, state: 'completed', returnvalue: 'done' } };
}
