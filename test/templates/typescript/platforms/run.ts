/** The fault table on any JavaScript platform: one bundle, which is given a client class, the cases, and where their server is. */
import type { Case } from '../../../faults/case.js';
import type { Seen } from '../../../faults/script.js';
import { type AnyClient, drive, findDifferences, type Places } from '../drive.js';
import type { WorkerClientConfig } from '../../../../templates/typescript/src/runtime/config.js';

export type ClientClass = new (config: WorkerClientConfig) => AnyClient;

export interface Job {
  readonly cases: readonly Case[];
  /** Name of the platform; runs of different platforms are told apart by it. */
  readonly platform: string;
  readonly port: number;
  readonly otherPort: number;
  readonly refused: number;
  readonly transport: 'auto' | 'fetch';
  readonly atOnce: number;
}

/** Runs all cases, a few at a time, and tells what differs from what is expected. */
export async function runCases(Client: ClientClass, job: Job): Promise<Record<string, readonly string[]>> {
  const faults: Record<string, readonly string[]> = {};
  const waiting = [...job.cases];
  const work = async (): Promise<void> => {
    for (let entry = waiting.shift(); entry; entry = waiting.shift()) {
      const found = await runCase(Client, entry, job);
      if (found.length > 0) faults[entry.name] = found;
    }
  };
  await Promise.all(Array.from({ length: job.atOnce }, work));
  return faults;
}

async function runCase(Client: ClientClass, entry: Case, job: Job): Promise<readonly string[]> {
  const run = `${job.platform}-${job.transport}-${entry.name}`;
  const host = `http://127.0.0.1:${job.port}`;
  const places: Places = { base: `${host}/${entry.name}/${run}`, port: job.port, refused: job.refused };
  try {
    const outcome = await drive(entry, places, (config) => new Client({ ...config, transport: job.transport }));
    // Over the other port: the connections of the first are the client's.
    const response = await fetch(`http://127.0.0.1:${job.otherPort}/-/seen/${run}`);
    return findDifferences(outcome, (await response.json()) as readonly Seen[], entry.expected);
  } catch (error) {
    return [`breaks: ${String(error)}`];
  }
}
