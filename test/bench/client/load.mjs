/** One measurement: sends jobs through one client, so many at a time, and prints jobs a second and CPU time a job. */
const [, , entry, url, inFlight, milliseconds] = process.argv;
const { WorkerClient } = await import(entry);
const client = new WorkerClient({ baseUrl: url, apiKey: 'key', timeout: 30_000 });
const payload = { modelId: 'model-1', storageLocation: { storageConnectionId: 'connection-1', path: '/models/a.stl' } };

async function run(duration) {
  const end = performance.now() + duration;
  let jobs = 0;
  const work = async () => {
    while (performance.now() < end) {
      await client.fileDownloadRequest(payload);
      jobs += 1;
    }
  };
  const startedAt = performance.now();
  const before = process.cpuUsage();
  await Promise.all(Array.from({ length: Number(inFlight) }, work));
  const { user, system } = process.cpuUsage(before);
  return { jobsPerSecond: (jobs / (performance.now() - startedAt)) * 1000, cpuPerJob: (user + system) / jobs };
}

await run(Number(milliseconds) / 2);
process.stdout.write(JSON.stringify(await run(Number(milliseconds))));
process.exit();
