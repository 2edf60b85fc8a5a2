/** Asks for an answer of enormous size, and prints how much memory that took at its highest. */
const [, , entry, baseUrl, transport] = process.argv;
const { WorkerClient } = await import(entry);
const client = new WorkerClient({ baseUrl, transport, maxRetries: 0 });
await client.getJobStatus('small');
const before = process.memoryUsage().rss;
let highest = before;
const timer = setInterval(() => {
  highest = Math.max(highest, process.memoryUsage().rss);
}, 1);
const error = await client.getJobStatus('large').catch((error) => error);
clearInterval(timer);
highest = Math.max(highest, process.memoryUsage().rss);
process.stdout.write(JSON.stringify({ addedMb: (highest - before) / 1_048_576, name: error.name }));
