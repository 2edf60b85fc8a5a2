/** Cases of connections that fail: before, while and after a request went over them. */
import { ASK, type Case, SEND } from '../case.js';
import { JOB, STATUS } from '../script.js';

const HEADLESS = 'HTTP/1.1 200';

export const connectionCases: readonly Case[] = [
  {
    name: 'refused',
    row: 14,
    script: { answers: [] },
    config: { baseUrl: 'http://127.0.0.1:{refused}', maxRetries: 1, timeoutMs: 3000 },
    call: SEND,
    expected: {
      error: { type: 'TransportError', code: 'TRANSPORT', phase: 'connect', maybeEnqueued: false, attempts: 2 },
      requests: 0,
      elapsedMs: [100, 1000],
    },
  },
  {
    name: 'no-such-host',
    script: { answers: [] },
    config: { baseUrl: 'http://nowhere.invalid', maxRetries: 0, timeoutMs: 10_000 },
    call: SEND,
    expected: { error: { type: 'TransportError', phase: 'connect', maybeEnqueued: false, attempts: 1 }, requests: 0 },
  },
  {
    name: 'no-tls-on-the-other-side',
    script: { answers: [{ json: JOB }] },
    config: { baseUrl: 'https://127.0.0.1:{port}', maxRetries: 0 },
    call: SEND,
    expected: { error: { type: 'TransportError', phase: 'connect', maybeEnqueued: false }, requests: 0 },
  },
  ...(['reset', 'close'] as const).flatMap((how): Case[] => [
    {
      name: `${how}-after-the-request`,
      row: 14,
      script: { answers: [{ stop: { after: 'request', how } }, { json: JOB }] },
      call: SEND,
      expected: {
        error: { type: 'TransportError', code: 'TRANSPORT', maybeEnqueued: true, attempts: 1 },
        requests: 1,
      },
    },
    {
      name: `${how}-within-the-body`,
      row: 15,
      script: { answers: [{ json: JOB, stop: { after: 10, how } }, { json: JOB }] },
      call: SEND,
      expected: { error: { type: 'TransportError', phase: 'body', maybeEnqueued: true }, requests: 1 },
    },
    {
      name: `${how}-within-the-body-of-a-status`,
      row: 15,
      script: { answers: [{ json: STATUS, stop: { after: 10, how } }, { json: STATUS }] },
      config: { timeoutMs: 3000 },
      call: ASK,
      expected: { result: { state: 'completed' }, requests: 2 },
    },
    {
      name: `${how}-of-a-connection-that-had-served`,
      row: 16,
      script: { answers: [{ json: JOB }], reused: { stop: { after: 'request', how } } },
      before: [SEND],
      call: SEND,
      expected: { result: JOB, requests: 3, connections: 2, elapsedMs: [0, 200] },
    },
    {
      name: `${how}-of-a-connection-that-had-served-without-retries`,
      row: 16,
      script: { answers: [{ json: JOB }], reused: { stop: { after: 'request', how } } },
      config: { maxRetries: 0, idempotency: 'off' },
      before: [SEND],
      call: SEND,
      expected: { result: JOB, requests: 3, connections: 2, elapsedMs: [0, 200] },
    },
  ]),
  {
    name: 'half-a-head-on-a-connection-that-had-served',
    script: { answers: [{ json: JOB }], reused: { raw: HEADLESS, stop: { after: 0, how: 'close' } } },
    before: [SEND],
    call: SEND,
    expected: { error: { type: 'TransportError', phase: 'headers', maybeEnqueued: true }, requests: 2 },
  },
  {
    name: 'no-http',
    script: { answers: [{ raw: '220 mail.example.com ESMTP\r\n', stop: { after: 0, how: 'close' } }] },
    config: { idempotency: 'server' },
    call: SEND,
    expected: { error: { type: 'TransportError', maybeEnqueued: true, attempts: 1 }, requests: 1 },
  },
  {
    name: 'a-head-that-never-ends',
    script: { answers: [{ raw: `HTTP/1.1 200 OK\r\nX-Filler: ${'x'.repeat(262_144)}` }] },
    config: { timeoutMs: 3000, maxRetries: 0 },
    call: SEND,
    expected: { error: { type: 'TransportError', maybeEnqueued: true }, requests: 1, elapsedMs: [0, 1500] },
  },
  {
    name: 'one-connection-for-calls-one-after-another',
    script: { answers: [{ json: JOB }] },
    before: [SEND, SEND],
    call: SEND,
    expected: { result: JOB, requests: 3, connections: 1 },
  },
];
