/** Payloads checked before they are sent, by validators of any make. */
import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import type { StandardResult, StandardSchema } from '../../../../templates/typescript/src/runtime/validate.js';
import { failureOf, JOB, mockClient } from '../client.js';

const makeSchema = (
  validate: (value: unknown) => StandardResult | Promise<StandardResult>,
  vendor = 'test',
): StandardSchema => ({ '~standard': { version: 1, vendor, validate } });

const accept = makeSchema((value) => ({ value }));
/** As other vendors do, with the value in the message. */
const issue = { message: 'is hunter2', path: ['files', { key: 0 }, 'a/b~c'], type: 'string', received: 'hunter2' };
const refuse = makeSchema(() => ({ issues: [issue] }));
const PAYLOAD = { modelId: 'hunter2' };

describe('validate', () => {
  it('lets a valid payload pass', async () => {
    const { client, calls } = mockClient([{ json: JOB }], { validate: { 'file-download-request': accept } });
    await client.sendToQueue('file-download-request', PAYLOAD);
    expect(calls[0]?.init.body).toBe('{"modelId":"hunter2"}');
  });

  it('refuses an invalid one before anything is sent, and shows no value of it', async () => {
    const { client, calls } = mockClient([{ json: JOB }], { validate: { 'file-download-request': refuse } });
    const error = await failureOf(client.sendToQueue('file-download-request', PAYLOAD));
    expect(error).toMatchObject({
      name: 'PayloadValidationError',
      code: 'PAYLOAD_VALIDATION',
      messageType: 'file-download-request',
      issues: [{ path: '/files/0/a~1b~0c', keyword: 'string', message: 'is not valid: string' }],
      message: 'the payload of file-download-request is invalid: /files/0/a~1b~0c is not valid: string',
      maybeEnqueued: false,
    });
    expect(calls).toEqual([]);
    expect(inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error)).not.toContain('hunter2');
  });

  it('keeps the words of validators that are ours', async () => {
    const required = { message: 'must have the key modelId', keyword: 'required', path: [] };
    const ours = makeSchema(() => ({ issues: [required] }), 'gen-worker-client');
    const { client } = mockClient([{ json: JOB }], { validate: { 'file-download-request': ours } });
    const error = await failureOf(client.sendToQueue('file-download-request', PAYLOAD));
    expect(error).toMatchObject({
      issues: [{ path: '', keyword: 'required', message: 'must have the key modelId' }],
      message: 'the payload of file-download-request is invalid: the payload must have the key modelId',
    });
  });

  it('names three faults, and counts the others', async () => {
    const many = makeSchema(() => ({ issues: Array.from({ length: 5 }, () => ({ message: 'no' })) }));
    const { client } = mockClient([{ json: JOB }], { validate: { 'file-download-request': many } });
    const error = await failureOf(client.sendToQueue('file-download-request', PAYLOAD));
    expect(error).toMatchObject({ message: expect.stringMatching(/, and 2 more$/), issues: { length: 5 } });
  });

  it('sends what a schema makes of the payload', async () => {
    const trim = makeSchema((value) => ({ value: { ...(value as object), modelId: 'trimmed' } }));
    const { client, calls } = mockClient([{ json: JOB }], { validate: { 'file-download-request': trim } });
    await client.sendToQueue('file-download-request', PAYLOAD);
    expect(calls[0]?.init.body).toBe('{"modelId":"trimmed"}');
  });

  it('waits for validators that take their time, but not longer than the call may', async () => {
    const slow = makeSchema(async (value) => {
      await new Promise((resolve) => {
        setTimeout(resolve, 5);
      });
      return { value };
    });
    const { client } = mockClient([{ json: JOB }], { validate: { 'file-download-request': slow } });
    await expect(client.sendToQueue('file-download-request', PAYLOAD)).resolves.toEqual(JOB);
    const never = makeSchema(() => new Promise(() => undefined));
    const stuck = mockClient([{ json: JOB }], { timeout: 30, validate: { 'file-download-request': never } });
    const error = await failureOf(stuck.client.sendToQueue('file-download-request', PAYLOAD));
    expect(error).toMatchObject({ name: 'TimeoutError', maybeEnqueued: false });
    expect(stuck.calls).toEqual([]);
  });

  it.each([
    ['one schema for all', refuse],
    ['a record of schemas', { 'file-download-request': refuse }],
  ])('takes %s, from a client and from a call', async (_, validate) => {
    const ofClient = mockClient([{ json: JOB }], { validate });
    const ofCall = mockClient([{ json: JOB }]);
    for (const work of [
      ofClient.client.sendToQueue('file-download-request', PAYLOAD),
      ofCall.client.sendToQueue('file-download-request', PAYLOAD, { validate }),
    ]) {
      expect(await failureOf(work)).toMatchObject({ name: 'PayloadValidationError' });
    }
  });

  it.each([true, 5, 'schemas', null])('refuses %j instead of checking nothing', async (given) => {
    const validate = given as unknown as StandardSchema;
    expect(() => mockClient([], { validate })).toThrow('validate is no schema, and no record of them');
    const { client } = mockClient([{ json: JOB }], { validate: { 'file-download-request': {} as StandardSchema } });
    expect(await failureOf(client.sendToQueue('file-download-request', PAYLOAD))).toMatchObject({
      message: 'the validator of file-download-request is no Standard Schema',
    });
  });

  it('loads a validator when it is used first, and once', async () => {
    const load = vi.fn<() => Promise<StandardSchema>>().mockResolvedValue(accept);
    const { client } = mockClient([{ json: JOB }], { validate: { 'file-download-request': load } });
    expect(load).not.toHaveBeenCalled();
    await Promise.all([1, 2, 3].map(() => client.sendToQueue('file-download-request', PAYLOAD)));
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('tries again to load a validator that could not be loaded', async () => {
    const load = vi
      .fn<() => Promise<StandardSchema>>()
      .mockResolvedValue(accept)
      .mockRejectedValueOnce(new Error('offline'));
    const { client } = mockClient([{ json: JOB }], { validate: { 'file-download-request': load } });
    await expect(client.sendToQueue('file-download-request', PAYLOAD)).rejects.toThrow('offline');
    await expect(client.sendToQueue('file-download-request', PAYLOAD)).resolves.toEqual(JOB);
  });

  it('leaves message types without a validator alone', async () => {
    const { client } = mockClient([{ json: JOB }], { validate: { 'file-download-request': refuse } });
    await expect(client.sendToQueue('scan-request', { libraryId: 1 })).resolves.toMatchObject({ jobId: '7' });
  });

  it('takes a schema for one call, or none', async () => {
    const { client } = mockClient([{ json: JOB }], { validate: { 'file-download-request': refuse } });
    await expect(client.sendToQueue('file-download-request', PAYLOAD, { validate: false })).resolves.toEqual(JOB);
    await expect(client.sendToQueue('file-download-request', PAYLOAD, { validate: accept })).resolves.toEqual(JOB);
    await expect(client.sendToQueue('scan-request', { libraryId: 1 }, { validate: refuse })).rejects.toMatchObject({
      name: 'PayloadValidationError',
    });
  });

  it('takes a schema that is a function', async () => {
    const schema = Object.assign(() => undefined, accept);
    const { client } = mockClient([{ json: JOB }], { validate: { 'file-download-request': schema } } as never);
    await expect(client.sendToQueue('file-download-request', PAYLOAD)).resolves.toEqual(JOB);
  });

  it('says when what it loads is no schema', async () => {
    const load = async (): Promise<StandardSchema> => ({}) as StandardSchema;
    const { client } = mockClient([{ json: JOB }], { validate: { 'file-download-request': load } });
    await expect(client.sendToQueue('file-download-request', PAYLOAD)).rejects.toMatchObject({
      name: 'ConfigurationError',
      message: 'the validator of file-download-request is no Standard Schema',
    });
  });
});
