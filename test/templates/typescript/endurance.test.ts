/** The packed package under load, and what it leaves behind: each in a process of its own. */
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { readRequest } from '../../faults/http.js';
import { JOB, STATUS } from '../../faults/script.js';
import { startFaultServer } from '../../faults/server.js';
import { makeClient } from './client.js';
import { installPackedPackage, PACKAGE, type Project } from './packed-package.js';

const run = promisify(execFile);
const TRANSPORTS = ['node', 'fetch'] as const;

let project: Project;
beforeAll(() => {
  project = installPackedPackage();
});
afterAll(() => project.remove());

/** Runs a program with the package's entry and more arguments, and reads the JSON that it prints. */
async function runProgram(
  name: string,
  args: readonly string[],
  files = 'unlimited',
): Promise<Record<string, unknown>> {
  const program = fileURLToPath(new URL(`programs/${name}.mjs`, import.meta.url));
  const entry = path.join(project.folder, 'node_modules', PACKAGE, 'dist/index.js');
  const limited = `ulimit -n ${files} 2>/dev/null || true; exec "$@"`;
  const { stdout } = await run('bash', ['-c', limited, 'bash', process.execPath, program, entry, ...args]);
  return JSON.parse(stdout) as Record<string, unknown>;
}

/** A backend that closes a connection when it has been idle for a while, however much may just be on its way. */
async function startImpatientServer(idleMs: number): Promise<{ readonly url: string; readonly bodies: string[] }> {
  const bodies: string[] = [];
  const text = JSON.stringify(JOB);
  const server = createTcpServer({ noDelay: true }, (socket: Socket) => {
    let bytes: Buffer = Buffer.alloc(0);
    let timer: NodeJS.Timeout | undefined;
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      clearTimeout(timer);
      bytes = Buffer.concat([bytes, chunk]);
      for (let next = readRequest(bytes); next; next = readRequest(bytes)) {
        bytes = next.rest;
        bodies.push(next.request.body);
        socket.write(
          `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${text.length}\r\n\r\n${text}`,
        );
      }
      timer = setTimeout(() => socket.destroy(), idleMs);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bodies };
}

describe('a server that closes idle connections', () => {
  it('loses no job and doubles none, when the sends come at the worst moment', async () => {
    const { url, bodies } = await startImpatientServer(40);
    const client = makeClient({ baseUrl: url, idempotency: 'off', maxRetries: 0 });
    const sends: Promise<unknown>[] = [];
    for (let libraryId = 0; libraryId < 150; libraryId += 1) {
      sends.push(client.sendToQueue('scan-request', { libraryId }));
      await new Promise((resolve) => {
        setTimeout(resolve, 38 + (libraryId % 9) / 2);
      });
    }
    await Promise.all(sends);
    expect(bodies.toSorted()).toEqual(sends.map((_, libraryId) => JSON.stringify({ libraryId })).toSorted());
  });
});

describe('3000 sends at once', () => {
  it('all come through 64 connections, where a process may have 1024 files', async () => {
    const sockets = new Set<Socket>();
    let most = 0;
    let jobs = 0;
    const server = createServer((request, response) => {
      request.resume().on('end', () => {
        jobs += 1;
        response.end(JSON.stringify(JOB));
      });
    });
    server.on('connection', (socket) => {
      sockets.add(socket);
      most = Math.max(most, sockets.size);
      socket.on('close', () => sockets.delete(socket));
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', 511, resolve);
    });
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const printed = await runProgram('burst', [`http://127.0.0.1:${port}`, '3000'], '1024');
    expect(printed).toEqual({ failed: 0, first: 'undefined' });
    expect(jobs).toBe(3000);
    expect(most).toBeLessThanOrEqual(64);
  });
});

describe.each(TRANSPORTS)('over %s', (transport) => {
  it('an answer of two hundred megabytes takes little memory', async () => {
    const server = await startFaultServer(
      new Map([['memory', { answers: [{ json: STATUS }, { bytes: 200 * 1_048_576 }] }]]),
    );
    onTestFinished(() => server.close());
    const printed = await runProgram('memory', [server.baseUrl('memory', 'run'), transport]);
    expect(printed).toMatchObject({ name: 'ResponseError' });
    expect(printed['addedMb']).toBeLessThan(64);
  });

  it('calls leave no timer and no listener behind', async () => {
    const server = createServer((request, response) => {
      const way = request.url?.split('/').at(-1);
      if (way === 'bad') response.writeHead(400).end('{}');
      else if (way === 'half') response.write('{');
      else if (way === 'reset') request.socket.destroy();
      else if (way === 'busy') response.writeHead(503, { 'Retry-After': '30' }).end('{}');
      else if (way !== 'silent') response.end(JSON.stringify({ ...JOB, ...STATUS }));
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    onTestFinished(() => {
      server.close();
      server.closeAllConnections();
    });
    const { port } = server.address() as AddressInfo;
    const printed = await runProgram('leftovers', [`http://127.0.0.1:${port}`, transport]);
    expect(printed).toEqual({ timers: 0, listeners: 0 });
  });
});

describe('the process', () => {
  it.each(['good', 'bad'])('ends right after the last answer (%s), though the client was not closed', async (way) => {
    const answer = way === 'good' ? { json: STATUS } : { status: 400, json: {} };
    const server = await startFaultServer(new Map([['exit', { answers: [answer] }]]));
    onTestFinished(() => server.close());
    const stayed: unknown[] = [];
    for (let round = 0; round < 3; round += 1) {
      stayed.push((await runProgram('exit', [server.baseUrl('exit', 'run'), 'node']))['stayedMs']);
    }
    // A busy machine may hold up one of them.
    expect(Math.min(...stayed.map(Number))).toBeLessThan(20);
  });
});
