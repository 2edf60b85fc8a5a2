/**
 * The fault table for clients of other languages: `--cases` prints the cases as JSON; without it the server
 * runs until its standard input ends, and prints its ports as one line of JSON.
 */
import process from 'node:process';
import { cases, startTableServer } from './table.js';

if (process.argv.includes('--cases')) {
  process.stdout.write(`${JSON.stringify(cases)}\n`);
} else {
  const server = await startTableServer();
  const { port, otherPort, refusedPort } = server;
  process.stdout.write(`${JSON.stringify({ port, otherPort, refusedPort })}\n`);
  process.stdin.on('end', () => void server.close()).resume();
}
