/** Cases of time: whatever does not come, the call ends when its time is up. */
import { ASK, type Case, SEND } from '../case.js';
import { JOB, STATUS } from '../script.js';

const ON_TIME = [480, 750] as const;
const config = { timeoutMs: 500, maxRetries: 0 };

export const deadlineCases: readonly Case[] = [
  {
    name: 'status-without-an-answer',
    row: 3,
    script: { answers: [{ stop: { after: 'request', how: 'silence' } }] },
    config,
    call: ASK,
    expected: {
      error: {
        type: 'TimeoutError',
        code: 'TIMEOUT',
        phase: 'headers',
        maybeEnqueued: false,
        says: ['Request timeout'],
      },
      elapsedMs: ON_TIME,
      requests: 1,
    },
  },
  {
    name: 'send-without-an-answer',
    row: 3,
    script: { answers: [{ stop: { after: 'request', how: 'silence' } }] },
    config,
    call: SEND,
    expected: {
      error: { type: 'TimeoutError', phase: 'headers', maybeEnqueued: true, attempts: 1, method: 'POST' },
      elapsedMs: ON_TIME,
      requests: 1,
    },
  },
  {
    name: 'half-a-body-then-silence',
    row: 4,
    script: { answers: [{ json: JOB, stop: { after: 10, how: 'silence' } }] },
    config,
    call: SEND,
    expected: { error: { type: 'TimeoutError', phase: 'body', maybeEnqueued: true }, elapsedMs: ON_TIME },
  },
  {
    name: 'a-body-that-drips',
    row: 5,
    script: { answers: [{ json: JOB, stop: { after: 1, how: 'drip' } }] },
    config: { ...config, timeoutMs: 600 },
    call: SEND,
    expected: { error: { type: 'TimeoutError', phase: 'body', maybeEnqueued: true }, elapsedMs: [580, 850] },
  },
  {
    name: 'an-error-body-that-never-ends',
    row: 6,
    script: {
      answers: [{ status: 500, json: { error: 'broken', more: 'x'.repeat(99) }, stop: { after: 5, how: 'silence' } }],
    },
    config,
    call: SEND,
    expected: { error: { type: 'ServerError', status: 500, maybeEnqueued: true }, elapsedMs: [0, 750] },
  },
  {
    name: 'one-deadline-over-all-tries',
    script: { answers: [{ status: 503, headers: { 'Retry-After': '0.8' } }] },
    config: { timeoutMs: 2000, maxRetries: 10 },
    call: SEND,
    expected: { error: { type: 'ServerError', status: 503 }, elapsedMs: [790, 2000] },
  },
  {
    name: 'a-try-that-takes-too-long-is-repeated-for-a-question',
    script: { answers: [{ stop: { after: 'request', how: 'silence' } }, { json: STATUS }] },
    config: { timeoutMs: 4000, attemptTimeoutMs: 500 },
    call: ASK,
    expected: { result: { state: 'completed' }, requests: 2 },
  },
  {
    name: 'a-try-that-takes-too-long-is-not-repeated-for-a-send',
    script: { answers: [{ stop: { after: 'request', how: 'silence' } }, { json: JOB }] },
    config: { timeoutMs: 4000, attemptTimeoutMs: 500 },
    call: SEND,
    expected: {
      error: { type: 'TimeoutError', phase: 'headers', maybeEnqueued: true },
      requests: 1,
      elapsedMs: [480, 750],
    },
  },
  {
    name: 'the-timeout-of-a-call-goes-before-that-of-the-client',
    script: { answers: [{ stop: { after: 'request', how: 'silence' } }] },
    config: { timeoutMs: 20_000, maxRetries: 0 },
    call: { ...SEND, timeoutMs: 500 },
    expected: { error: { type: 'TimeoutError' }, elapsedMs: ON_TIME },
  },
  {
    name: 'given-up-before-it-starts',
    script: { answers: [{ json: JOB }] },
    call: { ...SEND, abortAfterMs: 0 },
    expected: { aborted: true, requests: 0, elapsedMs: [0, 250] },
  },
  {
    name: 'given-up-while-waiting-for-an-answer',
    script: { answers: [{ stop: { after: 'request', how: 'silence' } }] },
    call: { ...SEND, abortAfterMs: 400 },
    expected: { aborted: true, requests: 1, elapsedMs: [390, 650] },
  },
  {
    name: 'given-up-within-a-body',
    script: { answers: [{ json: JOB, stop: { after: 10, how: 'silence' } }] },
    call: { ...SEND, abortAfterMs: 400 },
    expected: { aborted: true, requests: 1, elapsedMs: [390, 650] },
  },
  {
    name: 'given-up-within-an-error-body',
    script: { answers: [{ status: 500, json: STATUS, stop: { after: 10, how: 'silence' } }] },
    call: { ...SEND, abortAfterMs: 400 },
    expected: { aborted: true, requests: 1, elapsedMs: [390, 650] },
  },
  {
    name: 'given-up-between-two-tries',
    script: { answers: [{ status: 503, headers: { 'Retry-After': '5' } }, { json: JOB }] },
    config: { timeoutMs: 20_000 },
    call: { ...SEND, abortAfterMs: 400 },
    expected: { aborted: true, requests: 1, elapsedMs: [390, 650] },
  },
];
