/** The transport for Node.js: `node:http` with keep-alive connections of its own that never keep the process alive. */
import { type ClientRequest, Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { createRequire } from 'node:module';
import { createBrotliDecompress, createUnzip } from 'node:zlib';
import type { Cancellation } from './deadline.js';
import type { Phase } from './errors.js';
import {
  ERROR_BODY_MS,
  isSuccess,
  MAX_ERROR_BYTES,
  takeStart,
  type Transport,
  type TransportAnswer,
  TransportFailure,
  type TransportOptions,
  type TransportRequest,
} from './transport.js';

/** The agent takes the reference off idle sockets, and drops them after `idleTimeout` or earlier, when the server says so. */
export function createTransport({ maxConnections, idleTimeout }: TransportOptions): Transport {
  const options = { keepAlive: true, scheduling: 'lifo', maxSockets: maxConnections, timeout: idleTimeout } as const;
  const http = new HttpAgent(options);
  const https = new HttpsAgent(options);
  return {
    send: (request, cancellation) =>
      new Promise((resolve, reject) => {
        const agent = request.origin.protocol === 'https:' ? https : http;
        new Exchange({ request, agent, cancellation, resolve, reject }).start();
      }),
    close() {
      http.destroy();
      https.destroy();
    },
  };
}

/** `<package>/<version> (gen-worker-client; node/20.20.2)`; without the version where the manifest is not at hand. */
export function describeClient(packageName: string): string {
  const { node, bun, deno } = process.versions;
  const runtime = bun ? `bun/${bun}` : deno ? `deno/${deno}` : `node/${node}`;
  try {
    const manifest: unknown = createRequire(import.meta.url)('../../package.json');
    // In a bundle, the manifest at that place is somebody else's.
    if (isManifest(manifest) && manifest.name === packageName) {
      return `${packageName}/${manifest.version} (gen-worker-client; ${runtime})`;
    }
  } catch {}
  return `${packageName} (gen-worker-client; ${runtime})`;
}

const isManifest = (value: unknown): value is { name: string; version: string } =>
  typeof value === 'object' && value !== null && 'name' in value && 'version' in value;

interface ExchangeParts {
  readonly request: TransportRequest;
  readonly agent: HttpAgent;
  readonly cancellation: Cancellation;
  readonly resolve: (answer: TransportAnswer) => void;
  readonly reject: (failure: TransportFailure) => void;
}

/** One request and its answer. */
class Exchange {
  readonly #parts: ExchangeParts;
  readonly #outgoing: ClientRequest;
  readonly #chunks: Buffer[] = [];
  #incoming: IncomingMessage | undefined;
  #size = 0;
  #connected = false;
  /** Bytes that the connection had received before this request. */
  #bytesBefore = 0;
  #settled = false;
  #release = (): void => undefined;
  #errorBodyTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: ExchangeParts) {
    this.#parts = parts;
    this.#outgoing = this.#open();
  }

  start(): void {
    const { cancellation, request } = this.#parts;
    this.#release = cancellation.subscribe((ending) => this.#fail(ending));
    this.#outgoing.end(request.body);
  }

  #open(): ClientRequest {
    const { request, agent } = this.#parts;
    const { protocol, hostname, port } = request.origin;
    const secure = protocol === 'https:';
    const outgoing = (secure ? requestHttps : requestHttp)({
      protocol,
      hostname: hostname.replace(/^\[|\]$/g, ''),
      port,
      path: request.path,
      method: request.method,
      headers: request.headers,
      agent: request.fresh ? false : agent,
    });
    outgoing.on('error', (error) => this.#fail(error));
    outgoing.on('close', () => {
      // What has come whole may still be decoded.
      if (!this.#settled && !this.#incoming?.complete)
        this.#fail(Object.assign(new Error('the connection was closed'), { code: 'ECONNRESET' }));
    });
    outgoing.on('response', (incoming) => this.#read(incoming));
    outgoing.on('socket', (socket) => {
      this.#connected = outgoing.reusedSocket;
      this.#bytesBefore = socket.bytesRead;
      if (!this.#connected) socket.once(secure ? 'secureConnect' : 'connect', () => (this.#connected = true));
    });
    return outgoing;
  }

  #read(incoming: IncomingMessage): void {
    this.#incoming = incoming;
    const limit = this.#isSuccess ? this.#parts.request.maxBytes : MAX_ERROR_BYTES;
    if (!this.#isSuccess) this.#errorBodyTimer = setTimeout(() => this.#cut(), ERROR_BODY_MS);
    const body = decode(incoming);
    body.on('data', (chunk: Buffer) => {
      this.#size += chunk.length;
      if (this.#size <= limit) this.#chunks.push(chunk);
      else this.#cut();
    });
    body.on('end', () => this.#succeed(true));
    body.on('error', (error) => this.#fail(error));
    if (body !== incoming) incoming.on('error', (error) => body.destroy(error));
  }

  get #isSuccess(): boolean {
    return isSuccess(this.#incoming?.statusCode ?? 0);
  }

  get #phase(): Phase {
    if (this.#incoming) return 'body';
    if (!this.#connected) return 'connect';
    return this.#outgoing.writableFinished ? 'headers' : 'send';
  }

  #succeed(whole: boolean): void {
    const { statusCode = 0, statusMessage = '', headers = {} } = this.#incoming ?? {};
    if (!this.#settle()) return;
    this.#parts.resolve({
      status: statusCode,
      statusText: statusMessage,
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
      text: Buffer.concat(whole ? this.#chunks : takeStart(this.#chunks)).toString(),
      whole,
    });
  }

  /** Takes what has come of the answer, and drops the connection. */
  #cut(): void {
    this.#succeed(false);
    this.#outgoing.destroy();
  }

  #fail(cause: unknown): void {
    // Of an answer that is no success, the beginning says enough.
    if (this.#incoming && !this.#isSuccess) return this.#cut();
    const phase = this.#phase;
    const { reusedSocket, socket } = this.#outgoing;
    if (!this.#settle()) return;
    const silent = !this.#incoming && (socket?.bytesRead ?? 0) === this.#bytesBefore;
    this.#parts.reject(new TransportFailure({ phase, stale: reusedSocket && silent, cause }));
    this.#outgoing.destroy();
  }

  /** True for the first of several ends. */
  #settle(): boolean {
    if (this.#settled) return false;
    this.#settled = true;
    this.#release();
    clearTimeout(this.#errorBodyTimer);
    return true;
  }
}

function decode(incoming: IncomingMessage): NodeJS.ReadableStream & { destroy(error?: Error): unknown } {
  const encoding = incoming.headers['content-encoding'];
  if (encoding === 'gzip' || encoding === 'deflate') return incoming.pipe(createUnzip());
  if (encoding === 'br') return incoming.pipe(createBrotliDecompress());
  return incoming;
}
