/** What a caller's compiler says: right programs compile, and each wrong one does not. */
import { describe, expect, it } from 'vitest';
import { RESERVED_TYPES } from '../../src/targets/typescript/names.js';
import { buildPackage, compileProgram } from './built-package.js';
import { renderTypeScript } from '../render-of.js';

const string = { type: 'string' };
const SCHEMAS = {
  'scan-request': {
    type: 'object',
    properties: {
      libraryId: string,
      mode: { enum: ['quick', 'full', null] },
      depth: { type: 'integer' },
      target: { $ref: './shared/storage-location.schema.json' },
      labels: { type: 'object', additionalProperties: string },
      closed: { type: 'object', properties: { a: string }, additionalProperties: false },
      steps: { type: 'array', prefixItems: [string, { type: 'number' }], minItems: 1, items: false },
    },
    required: ['libraryId', 'mode'],
    'x-result': 'scan-completed',
  },
  'scan-completed': {
    oneOf: [
      { type: 'object', properties: { ok: { const: true }, files: { type: 'integer' } }, required: ['ok', 'files'] },
      { type: 'object', properties: { ok: { const: false }, reason: string }, required: ['ok', 'reason'] },
    ],
  },
  'shared/storage-location': { type: 'object', properties: { path: string }, required: ['path'] },
};

const PROGRAM = `
import {
  type BatchItem, HttpError, isWorkerClientError, type JobResponse, type MessagePayloads, type MessageType, MessageTypes,
  type ScanCompletedMessage, type ScanRequestMessage, type StorageLocation, WorkerClient,
} from 'worker-client';

export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
export const equal = <A, B>(_: Equal<A, B>): void => {};

const client = new WorkerClient({ baseUrl: 'http://localhost:3000' });
const target: StorageLocation = { path: '/' };
const good: ScanRequestMessage = { libraryId: 'a', mode: null, depth: 1, target, labels: { a: 'b' }, steps: ['a'] };

equal<MessageType, 'scan-request' | 'scan-completed'>(true);
equal<(typeof MessageTypes)['SCAN_REQUEST'], 'scan-request'>(true);
equal<keyof MessagePayloads, MessageType>(true);
equal<ScanRequestMessage['mode'], 'quick' | 'full' | null>(true);
equal<Parameters<typeof client.scanRequest>[0], ScanRequestMessage>(true);

const job = await client.scanRequest(good);
equal<typeof job, JobResponse<'scan-request'>>(true);
const sent = await client.sendToQueue(MessageTypes.SCAN_REQUEST, good, { timeout: 1000 });
equal<typeof sent, JobResponse<'scan-request'>>(true);
const done = await client.waitForJob(job);
equal<typeof done.returnvalue, ScanCompletedMessage>(true);
if (done.returnvalue.ok) console.log(done.returnvalue.files.toFixed());
else console.log(done.returnvalue.reason.length);

const anyType = MessageTypes.SCAN_REQUEST as MessageType;
const anyPayload = good as MessagePayloads[typeof anyType];
await client.sendToQueue(anyType, anyPayload);
const items: BatchItem<MessagePayloads>[] = [{ type: 'scan-request', payload: good }];
for (const result of await client.sendBatch(items)) if (result.ok) console.log(result.job.jobId);

// A variable may hold more than the schema declares; a misspelt literal may not.
const more = { libraryId: 'a', mode: 'full' as const, extra: 1 };
await client.scanRequest(more);

// @ts-expect-error a field is missing
await client.scanRequest({ mode: 'full' });
// @ts-expect-error a field has the wrong type
await client.scanRequest({ libraryId: 1, mode: 'full' });
// @ts-expect-error a literal is misspelt
await client.scanRequest({ libraryId: 'a', mode: 'fulll' });
// @ts-expect-error a field is misspelt
await client.scanRequest({ libraryId: 'a', mode: 'full', dept: 1 });
// @ts-expect-error what is absent is left out
await client.scanRequest({ libraryId: 'a', mode: 'full', depth: undefined });
// @ts-expect-error a map has values of one type
await client.scanRequest({ libraryId: 'a', mode: 'full', labels: { a: 1 } });
// @ts-expect-error a closed object takes no other field
await client.scanRequest({ libraryId: 'a', mode: 'full', closed: { a: 'a', b: 'b' } });
// @ts-expect-error a closed list takes no third item
await client.scanRequest({ libraryId: 'a', mode: 'full', steps: ['a', 1, 'b'] });
// @ts-expect-error the first item must be there
await client.scanRequest({ libraryId: 'a', mode: 'full', steps: [] });
// @ts-expect-error there is no such message
await client.sendToQueue('scan-requets', good);
// @ts-expect-error the payload belongs to another message
await client.sendToQueue('scan-completed', good);
// @ts-expect-error there is no such constant
console.log(MessageTypes.SCAN_REQUETS);
// @ts-expect-error there is no such method
await client.scanRequets(good);
// @ts-expect-error there is no such option
new WorkerClient({ baseURL: 'http://localhost:3000' });
// @ts-expect-error the branches of a result are told apart
console.log(done.returnvalue.files);

try {
  await client.close();
} catch (error) {
  if (error instanceof HttpError) equal<typeof error.status, number>(true);
  if (isWorkerClientError(error)) equal<typeof error.code, string>(true);
}
`;

describe('the types of the package', async () => {
  const { files, text } = await renderTypeScript(SCHEMAS);

  it('let right programs through and stop wrong ones', () => {
    const folder = buildPackage(files);
    expect(compileProgram(folder, PROGRAM)).toEqual([]);
    // Without this, a package of no types at all would pass.
    const wrong = compileProgram(folder, PROGRAM.replaceAll('// @ts-expect-error', '//'));
    expect(wrong.filter((line) => line.startsWith('program.ts('))).toHaveLength(15);
  });

  it('leave no exported name to a shared type', () => {
    const names = [...text('src/index.ts').matchAll(/^ {2}(\w+),$|\{ ([\w, ]+) \}/gm)]
      .flatMap(([, line, list]) => line ?? list?.split(', ') ?? [])
      .filter((name) => !RESERVED_TYPES.has(name));
    expect(names).toEqual([]);
  });
});
