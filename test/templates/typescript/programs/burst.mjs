/** Sends many jobs at once, and prints how many came to nothing. */
const [, , entry, baseUrl, count] = process.argv;
const { WorkerClient } = await import(entry);
const client = new WorkerClient({ baseUrl });
const sends = Array.from({ length: Number(count) }, (_, index) =>
  client.sendToQueue('file-download-request', { index }),
);
const failures = (await Promise.allSettled(sends)).filter(({ status }) => status === 'rejected');
process.stdout.write(JSON.stringify({ failed: failures.length, first: String(failures[0]?.reason) }));
