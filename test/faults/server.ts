/** The backend in trouble: answers every run by the script of its case, and remembers what it was asked. */
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { readRequest, type RawRequest, writeAnswer } from './http.js';
import { type Answer, JOB, type Script, type Seen } from './script.js';

export interface FaultServer {
  readonly port: number;
  readonly otherPort: number;
  /** Nobody listens there. */
  readonly refusedPort: number;
  /** Where a client of one run sends to; every run of a case has a name of its own. */
  baseUrl(caseName: string, run: string): string;
  seen(run: string): readonly Seen[];
  close(): Promise<void>;
}

/** First byte of a TLS connection, which we do not speak. */
const TLS_HANDSHAKE = 0x16;
const HOST = '127.0.0.1';

/** `/-/seen/<run>` tells over HTTP what a run has sent, for clients of other languages. */
export async function startFaultServer(scripts: ReadonlyMap<string, Script>): Promise<FaultServer> {
  const seen = new Map<string, Seen[]>();
  const startedAt = performance.now();
  let connections = 0;

  const answerOf = (script: Script, request: Seen, count: number): Answer => {
    if (request.server === 'other') return script.other ?? { json: JOB };
    if (script.reused && request.turn > 1) return script.reused;
    return script.answers[Math.min(count, script.answers.length) - 1] ?? { json: JOB };
  };

  const answer = (socket: Socket, raw: RawRequest, where: Pick<Seen, 'connection' | 'turn' | 'server'>): void => {
    if (raw.target.startsWith('/-/seen/')) {
      return writeAnswer(socket, { json: seen.get(raw.target.slice('/-/seen/'.length)) ?? [] }, String);
    }
    const [, caseName = '', run = '', path = ''] = /^\/([^/]+)\/([^/]+)(.*)$/.exec(raw.target) ?? [];
    const script = scripts.get(decodeURIComponent(caseName));
    if (!script) return writeAnswer(socket, { status: 404, json: { error: `no case ${caseName}` } }, String);
    const { method, headers, body } = raw;
    const request = { method, path, headers, body, ...where, at: performance.now() - startedAt };
    const ofRun = seen.get(run) ?? [];
    seen.set(run, [...ofRun, request]);
    const base = `http://${HOST}:${main.port}/${caseName}/${run}`;
    const fill = (text: string): string =>
      text
        .replace('{base}', base)
        .replace('{port}', String(main.port))
        .replace('{other}', `http://${HOST}:${other.port}/${caseName}/${run}`);
    const chosen = answerOf(script, request, ofRun.length + 1);
    setTimeout(() => writeAnswer(socket, chosen, fill), chosen.delayMs ?? 0);
  };

  const serve = (server: Seen['server']) => (socket: Socket) => {
    connections += 1;
    const connection = connections;
    let turn = 0;
    let bytes: Buffer = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      if (bytes[0] === TLS_HANDSHAKE) return void socket.destroy();
      for (let next = readRequest(bytes); next; next = readRequest(bytes)) {
        bytes = next.rest;
        turn += 1;
        answer(socket, next.request, { connection, turn, server });
      }
    });
  };

  const main = await listen(serve('main'));
  const other = await listen(serve('other'));
  const refused = await listen(() => undefined);
  await refused.close();
  return {
    port: main.port,
    otherPort: other.port,
    refusedPort: refused.port,
    baseUrl: (caseName, run) => `http://${HOST}:${main.port}/${encodeURIComponent(caseName)}/${run}`,
    seen: (run) => seen.get(run) ?? [],
    close: async () => {
      await Promise.all([main.close(), other.close()]);
    },
  };
}

interface Listener {
  readonly port: number;
  close(): Promise<void>;
}

async function listen(serve: (socket: Socket) => void): Promise<Listener> {
  const sockets = new Set<Socket>();
  const server: Server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    serve(socket);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, HOST, 1024, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
