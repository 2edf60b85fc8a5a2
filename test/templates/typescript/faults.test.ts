/** The client in trouble: every case of the fault table, over each transport. */
import { availableParallelism, loadavg } from 'node:os';
import { describe, expect, it } from 'vitest';
import { cases, startTableServer } from '../../faults/table.js';
import { BaseClient } from '../../../templates/typescript/src/runtime/base-client.js';
import { type AnyClient, drive, findDifferences } from './drive.js';

/** What `fetch` cannot do: its pool is not ours, and it hides how far a connection had come. */
const NODE_ONLY = /^(half-a-head|reset-of|(close-of|one)-(a-)?connection)/;

/** On an idle machine, everything is on time. */
const findSlack = (): number => ((loadavg()[0] ?? 0) > availableParallelism() ? 1000 : 0);

describe.each(['node', 'fetch'] as const)('over %s', (transport) => {
  const fitting = cases.filter(({ name }) => transport === 'node' || !NODE_ONLY.test(name));

  it.concurrent.each(fitting.map((entry) => [entry.name, entry] as const))('%s', async (name, entry) => {
    const server = await startTableServer();
    const places = { base: server.baseUrl(name, 'run'), port: server.port, refused: server.refusedPort };
    const makeClient: Parameters<typeof drive>[2] = (config): AnyClient =>
      new BaseClient({ ...config, transport }, { packageName: 'jobs-client', idempotency: 'auto' });
    try {
      const outcome = await drive(entry, places, makeClient);
      expect(findDifferences(outcome, server.seen('run'), entry.expected, findSlack())).toEqual([]);
    } finally {
      await server.close();
    }
  });
});
