/** Makes calls that end in every way there is, and prints what is left behind: timers, listeners. */
import { getEventListeners } from 'node:events';

const [, , entry, baseUrl, transport] = process.argv;
const { WorkerClient } = await import(entry);
const { signal } = new AbortController();
const client = new WorkerClient({ baseUrl, transport, timeout: 200, attemptTimeout: 150, maxRetries: 1 });
const ways = ['good', 'bad', 'silent', 'half', 'reset', 'busy'];
await Promise.allSettled(ways.map((way) => client.getJobStatus(way, { signal })));
await Promise.allSettled([
  client.waitForJob('good', { signal }),
  client.sendBatch([{ type: 'file-download-request', payload: {} }], { signal }),
]);
const given = new AbortController();
const aborted = ways.map((way) => client.getJobStatus(way, { signal: given.signal, timeout: 5000 }));
setTimeout(() => given.abort(), 50);
await Promise.allSettled(aborted);
// What is unref'd, as an idle connection's timer, keeps no process alive and is not counted here.
const timers = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
const listeners = getEventListeners(signal, 'abort').length + getEventListeners(given.signal, 'abort').length;
process.stdout.write(JSON.stringify({ timers, listeners }));
process.exit();
