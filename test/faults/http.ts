/** HTTP by hand: reads requests off a socket, and writes answers that may be broken anywhere. */
import type { Socket } from 'node:net';
import type { Answer } from './script.js';

export interface RawRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The request at the beginning of the bytes, and what follows it; `undefined` while it is not whole. */
export function readRequest(bytes: Buffer): { readonly request: RawRequest; readonly rest: Buffer } | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end === -1) return undefined;
  const [line = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const headers = Object.fromEntries(lines.map(splitHeader));
  const bodyStart = end + 4;
  if (headers['transfer-encoding'] === 'chunked') return readChunked(bytes, bodyStart, line, headers);
  const bodyEnd = bodyStart + Number(headers['content-length'] ?? 0);
  if (bytes.length < bodyEnd) return undefined;
  return { request: makeRequest(line, headers, bytes.subarray(bodyStart, bodyEnd)), rest: bytes.subarray(bodyEnd) };
}

function readChunked(
  bytes: Buffer,
  bodyStart: number,
  line: string,
  headers: Readonly<Record<string, string>>,
): ReturnType<typeof readRequest> {
  const chunks: Buffer[] = [];
  for (let at = bodyStart; ;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd === -1) return undefined;
    const size = Number.parseInt(bytes.subarray(at, lineEnd).toString('latin1'), 16);
    const next = lineEnd + 2 + size + 2;
    if (bytes.length < next) return undefined;
    if (size === 0) return { request: makeRequest(line, headers, Buffer.concat(chunks)), rest: bytes.subarray(next) };
    chunks.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = next;
  }
}

function makeRequest(line: string, headers: Readonly<Record<string, string>>, body: Buffer): RawRequest {
  const [method = '', target = ''] = line.split(' ');
  return { method, target, headers, body: body.toString() };
}

function splitHeader(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}

/** Writes one answer; afterwards the connection serves the next request, unless the answer breaks it. */
export function writeAnswer(socket: Socket, answer: Answer, fill: (text: string) => string): void {
  if (answer.raw !== undefined) {
    socket.write(answer.raw);
    stopAfter(socket, answer, '');
    return;
  }
  const { stop } = answer;
  if (stop?.after === 'request') return breakOff(socket, stop.how, '');
  const body = bodyOf(answer);
  socket.write(printHead(answer, body, fill));
  if (stop?.after === 'head') return breakOff(socket, stop.how, body);
  if (answer.bytes !== undefined) return pour(socket, answer.bytes);
  stopAfter(socket, answer, body);
}

function stopAfter(socket: Socket, { stop, closeAfterMs }: Answer, body: string): void {
  const after = typeof stop?.after === 'number' ? stop.after : body.length;
  socket.write(body.slice(0, after));
  // What has been written must leave before the connection is torn down.
  if (stop) setTimeout(() => breakOff(socket, stop.how, body.slice(after)), 20);
  if (closeAfterMs !== undefined) setTimeout(() => socket.end(), closeAfterMs);
}

function breakOff(socket: Socket, how: 'reset' | 'close' | 'silence' | 'drip', rest: string): void {
  if (how === 'reset') socket.resetAndDestroy();
  if (how === 'close') socket.end();
  if (how === 'drip') drip(socket, rest);
}

function drip(socket: Socket, rest: string): void {
  if (rest === '' || socket.destroyed) return;
  socket.write(rest.slice(0, 1));
  setTimeout(() => drip(socket, rest.slice(1)), 250);
}

const bodyOf = ({ json, text }: Answer): string => (json === undefined ? (text ?? '') : JSON.stringify(json));

function printHead(answer: Answer, body: string, fill: (text: string) => string): string {
  const { status = 200, json, bytes, headers = {} } = answer;
  const all: Record<string, string> = {
    ...(json !== undefined && { 'Content-Type': 'application/json' }),
    ...(status !== 204 && bytes !== 'endless' && { 'Content-Length': String(bytes ?? Buffer.byteLength(body)) }),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${fill(value)}`);
  return [`HTTP/1.1 ${status} ${REASONS[status] ?? 'Something'}`, ...lines, '', ''].join('\r\n');
}

/** A JSON text of any size, as fast as the other side reads it. */
function pour(socket: Socket, bytes: number | 'endless'): void {
  const block = Buffer.alloc(65_536, 'x');
  let left = bytes === 'endless' ? Number.POSITIVE_INFINITY : bytes - 1;
  socket.write('"');
  const write = (): void => {
    while (left > 0 && !socket.destroyed) {
      const chunk = left > block.length ? block : Buffer.from(`${'x'.repeat(left - 1)}"`);
      left -= chunk.length;
      if (!socket.write(chunk)) {
        socket.once('drain', write);
        return;
      }
    }
  };
  write();
}

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  413: 'Payload Too Large',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};
