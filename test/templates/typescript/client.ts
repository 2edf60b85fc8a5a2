/** Clients for tests: of a small package, over a `fetch` that answers as the test says. */
import type { WorkerClientConfig } from '../../../templates/typescript/src/runtime/config.js';
import { BaseClient } from '../../../templates/typescript/src/runtime/base-client.js';
import type { Fetch, FetchInit } from '../../../templates/typescript/src/runtime/fetch.js';

export interface Payloads {
  'file-download-request': { readonly modelId: string };
  'scan-request': { readonly libraryId: number };
}

export interface Results {
  'file-download-request': { readonly path: string };
}

export type TestClient = BaseClient<Payloads, Results>;

export const makeClient = (config: WorkerClientConfig = {}): TestClient =>
  new BaseClient({ baseUrl: 'http://backend.test', ...config }, { packageName: 'jobs-client', idempotency: 'auto' });

/** Status, body and headers of an answer; or what `fetch` fails with. */
export type MockAnswer =
  | { readonly status?: number; readonly json: unknown; readonly headers?: Readonly<Record<string, string>> }
  | { readonly error: Error };

export interface MockCall {
  readonly url: string;
  readonly init: FetchInit;
}

/** A client whose calls are answered one by one; the last answer stays. */
export function mockClient(
  answers: readonly MockAnswer[],
  config: WorkerClientConfig = {},
): { readonly client: TestClient; readonly calls: readonly MockCall[] } {
  const calls: MockCall[] = [];
  const fetch: Fetch = async (url, init) => {
    calls.push({ url, init });
    const answer = answers[Math.min(calls.length, answers.length) - 1];
    if (answer === undefined) throw new Error('no answer left');
    if ('error' in answer) throw answer.error;
    return new Response(JSON.stringify(answer.json), {
      status: answer.status ?? 200,
      headers: { 'Content-Type': 'application/json', ...answer.headers },
    });
  };
  return { client: makeClient({ fetch, ...config }), calls };
}

export const JOB = { success: true, jobId: '7', messageName: 'file-download-request', queue: 'files' };

export const jobIn = (state: string, more: object = {}): { readonly json: object } => ({
  json: { jobId: '7', name: 'file-download-request', queue: 'files', state, data: {}, timestamp: 1, ...more },
});

/** What a promise rejects with. */
export const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    (value) => {
      throw new Error(`did not reject, but gave ${JSON.stringify(value)}`);
    },
    (error: unknown) => error,
  );
