/** The client against a backend that answers: what it sends, what it gives back. */
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { BaseClient } from '../../../../templates/typescript/src/runtime/base-client.js';
import type { WorkerClientConfig } from '../../../../templates/typescript/src/runtime/config.js';
import { answerJson, startBackend } from '../backend.js';

interface Payloads {
  'file-download-request': { readonly modelId: string };
}

const JOB = { success: true, jobId: '7', messageName: 'file-download-request', queue: 'files' };

const makeClient = (config: WorkerClientConfig): BaseClient<Payloads, object> =>
  new BaseClient(config, { packageName: 'jobs-client', idempotency: 'auto' });

describe('sendToQueue', () => {
  it('posts the payload and gives back the job', async () => {
    const backend = await startBackend((response) => answerJson(response, JOB));
    const client = makeClient({ baseUrl: `${backend.url}/prefix//`, apiKey: ' secret ' });
    expect(await client.sendToQueue('file-download-request', { modelId: 'a' })).toEqual(JOB);
    expect(backend.seen).toEqual([
      {
        method: 'POST',
        url: '/prefix/api/jobs/file-download-request',
        body: '{"modelId":"a"}',
        headers: expect.objectContaining({
          'content-type': 'application/json',
          authorization: 'Bearer secret',
          accept: 'application/json',
          'user-agent': expect.stringMatching(/^jobs-client \(gen-worker-client; node\/\d+/),
          'idempotency-key': expect.stringMatching(/^[0-9a-f-]{36}$/),
        }),
      },
    ]);
  });

  it('gives back an answer that fails as a typed error that knows the call', async () => {
    const backend = await startBackend((response) => answerJson(response, { error: 'no such model' }, 422));
    const client = makeClient({ baseUrl: backend.url });
    await expect(client.sendToQueue('file-download-request', { modelId: 'a' })).rejects.toMatchObject({
      name: 'UnprocessableEntityError',
      code: 'UNPROCESSABLE_ENTITY',
      message: 'HTTP 422: no such model',
      status: 422,
      attempts: 1,
      method: 'POST',
      url: `${backend.url}/api/jobs/file-download-request`,
      maybeEnqueued: false,
    });
  });

  it('ends with the deadline while a body drips', async () => {
    const backend = await startBackend((response) => void response.write('{'));
    const client = makeClient({ baseUrl: backend.url, timeout: 300 });
    await expect(client.sendToQueue('file-download-request', { modelId: 'a' })).rejects.toMatchObject({
      name: 'TimeoutError',
      phase: 'body',
      timeoutMs: 300,
      maybeEnqueued: true,
      message: expect.stringMatching(/^Request timeout/),
    });
  });
});

describe('getJobStatus', () => {
  it('asks for a job by an id that leads nowhere else', async () => {
    const backend = await startBackend((response) => answerJson(response, { jobId: 7, state: 'completed' }));
    const client = makeClient({ baseUrl: backend.url });
    expect(await client.getJobStatus('../secrets?a=b#c')).toEqual({ jobId: '7', state: 'completed' });
    expect(backend.seen.map(({ url }) => url)).toEqual(['/api/jobs/..%2Fsecrets%3Fa%3Db%23c']);
  });
});

describe('close', () => {
  it('lets running calls finish and refuses further ones', async () => {
    const backend = await startBackend((response) => setTimeout(() => answerJson(response, JOB), 20));
    const client = makeClient({ baseUrl: backend.url });
    const running = client.sendToQueue('file-download-request', { modelId: 'a' });
    await client.close();
    await expect(running).resolves.toEqual(JOB);
    await expect(client.getJobStatus('7')).rejects.toMatchObject({ name: 'ConfigurationError', code: 'CLOSED' });
    await client.close();
  });
});

it('shows its key nowhere', () => {
  const client = makeClient({ baseUrl: 'http://127.0.0.1:1', apiKey: 'secret' });
  expect(inspect(client, { depth: 9, showHidden: true }) + JSON.stringify(client)).not.toContain('secret');
});
