/** The backend of the bench: takes any job, in a process of its own. */
import { createServer } from 'node:http';

const job = JSON.stringify({ success: true, jobId: 'job-1', messageName: 'file-download-request', queue: 'files' });

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': job.length });
    response.end(job);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${server.address().port}\n`);
});
process.stdin.on('end', () => process.exit()).resume();
