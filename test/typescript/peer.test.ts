/** Code that was written for the published peer compiles against a client that is generated from the same messages. */
import { describe, expect, it } from 'vitest';
import { buildPackage, compileProgram } from './built-package.js';
import { PEER, readPeer } from './peer.js';
import { renderTypeScript } from '../render-of.js';

const messages = readPeer();

/** What a caller of the peer does with each message, with the types of the peer. */
const SENDS = messages
  .map(
    ({ type, method, payloadType }) => `
export async function ${method}(payload: peer.${payloadType}): Promise<peer.JobResponse> {
  const jobs: peer.JobResponse[] = [await client.${method}(payload), await client.sendToQueue('${type}', payload)];
  const ours: ${payloadType} = payload;
  const theirs: peer.${payloadType} = ours;
  return jobs[0] ?? (await client.sendToQueue(MessageTypes.${type.toUpperCase().replaceAll('-', '_')}, theirs));
}`,
  )
  .join('\n');

const READS = `
export async function readStatus({ jobId }: peer.JobResponse): Promise<string> {
  const status = await client.getJobStatus(jobId);
  const progress: number = status.progress;
  const returnvalue: string | number | boolean = status.returnvalue;
  const data: Record<string, string | number | boolean> = status.data;
  const timestamp: number = status.timestamp;
  if (status.state === 'completed') return String(status.returnvalue);
  if (status.state === 'waiting' || status.state === 'active' || status.state === 'delayed') return 'later';
  return [status.jobId, status.name, status.queue, progress, returnvalue, data['id'], timestamp].join();
}`;

const PROGRAM = `
import type * as peer from '${PEER}';
import { MessageTypes, WorkerClient, type WorkerClientConfig } from 'worker-client';
import type { ${messages.map(({ payloadType }) => payloadType).join(', ')} } from 'worker-client';

const config: peer.WorkerClientConfig = { baseUrl: 'http://localhost:3000', apiKey: 'key', timeout: 30000 };
const ours: WorkerClientConfig = config;
const client = new WorkerClient(ours);
${READS}
${SENDS}
`;

describe('the client of the messages of the peer', () => {
  it('takes what callers of the peer give, and gives what they read', async () => {
    const schemas = Object.fromEntries(messages.map(({ type, schema }) => [type, schema]));
    const { files, diagnostics } = await renderTypeScript(schemas);
    expect(messages).toHaveLength(68);
    expect(diagnostics).toEqual([]);
    expect(compileProgram(buildPackage(files), PROGRAM, [PEER])).toEqual([]);
  });
});
