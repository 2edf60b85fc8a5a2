/** Processors: each job comes to the handler of its message type, or fails for good. */
import { describe, expect, it } from 'vitest';
import {
  type Handlers,
  makeProcessor,
  UnrecoverableError,
  type WorkerJob,
} from '../../../../templates/typescript/src/runtime/worker.js';
import type { StandardSchema } from '../../../../templates/typescript/src/runtime/validate.js';
import { failureOf, type Payloads, type Results } from '../client.js';

const makeJob = (name: string, data: unknown): WorkerJob => ({
  id: '7',
  name,
  data,
  attemptsMade: 0,
  updateProgress: async () => undefined,
  log: async () => 1,
});

const handlers: Handlers<Payloads, Results> = {
  'file-download-request': ({ modelId }, job) => ({ path: `/${modelId}/${job.id}` }),
};

describe('makeProcessor', () => {
  it('gives a job to the handler of its type, and its result back', async () => {
    const processor = makeProcessor({ ...handlers });
    expect(await processor(makeJob('file-download-request', { modelId: 'm' }))).toEqual({ path: '/m/7' });
  });

  it.each(['scan-request', 'toString', '__proto__'])('fails for good without a handler for %s', async (name) => {
    const error = await failureOf(makeProcessor({ ...handlers })(makeJob(name, {})));
    expect(error).toBeInstanceOf(UnrecoverableError);
    expect(error).toMatchObject({ name: 'UnrecoverableError', message: `this worker has no handler for ${name}` });
  });

  it('fails for good with an invalid payload', async () => {
    const refuse: StandardSchema = {
      '~standard': { version: 1, vendor: 'test', validate: () => ({ issues: [{ message: 'no', path: ['modelId'] }] }) },
    };
    const processor = makeProcessor({ ...handlers }, { validate: { 'file-download-request': refuse } });
    expect(await failureOf(processor(makeJob('file-download-request', {})))).toMatchObject({
      name: 'UnrecoverableError',
      issues: [{ path: '/modelId' }],
    });
  });

  it('hands on what a validator makes of the payload', async () => {
    const trim: StandardSchema = {
      '~standard': { version: 1, vendor: 'test', validate: () => ({ value: { modelId: 'trimmed' } }) },
    };
    const processor = makeProcessor({ ...handlers }, { validate: { 'file-download-request': async () => trim } });
    expect(await processor(makeJob('file-download-request', {}))).toEqual({ path: '/trimmed/7' });
  });

  it('leaves errors of handlers as they are: BullMQ tries again', async () => {
    const reason = new Error('disk full');
    const processor = makeProcessor({
      'file-download-request': () => {
        throw reason;
      },
    });
    expect(await failureOf(processor(makeJob('file-download-request', {})))).toBe(reason);
  });

  it('holds handlers to the types of payload and result', () => {
    const wrong: readonly Handlers<Payloads, Results>[] = [
      // @ts-expect-error the result is not what the schema says
      { 'file-download-request': () => ({ url: '' }) },
      // @ts-expect-error the payload has no such key
      { 'scan-request': ({ modelId }) => modelId },
      // @ts-expect-error there is no such message
      { 'scan-requests': () => undefined },
    ];
    expect(wrong).toHaveLength(3);
  });
});
