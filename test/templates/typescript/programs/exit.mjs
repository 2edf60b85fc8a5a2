/** Makes one call and never closes the client; prints how long the process stayed after the answer. */
const [, , entry, baseUrl, transport] = process.argv;
const { WorkerClient } = await import(entry);
const client = new WorkerClient({ baseUrl, transport });
await client.getJobStatus('job-1').catch(() => undefined);
const answeredAt = performance.now();
process.on('exit', () => process.stdout.write(JSON.stringify({ stayedMs: performance.now() - answeredAt })));
