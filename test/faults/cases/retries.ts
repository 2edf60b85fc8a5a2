/** Cases of a second try: each class of failure by each way to ask, and what the backend may say about it. */
import { ASK, type Case, type CaseCall, type CaseConfig, type ExpectedError, SEND } from '../case.js';
import { type Answer, JOB, type Script, STATUS } from '../script.js';

interface Way {
  readonly name: string;
  readonly call: CaseCall;
  readonly config: CaseConfig;
  /** The backend enqueues once, or nothing is enqueued at all. */
  readonly repeatable: boolean;
}

const WAYS: readonly Way[] = [
  { name: 'question', call: ASK, config: {}, repeatable: true },
  { name: 'send', call: SEND, config: { idempotency: 'auto' }, repeatable: false },
  { name: 'send-without-a-key', call: SEND, config: { idempotency: 'off' }, repeatable: false },
  { name: 'send-that-the-backend-knows', call: SEND, config: { idempotency: 'server' }, repeatable: true },
  { name: 'send-with-a-key-of-its-own', call: { ...SEND, idempotencyKey: 'order-17' }, config: {}, repeatable: true },
];

const REFUSED: readonly Answer[] = [408, 425, 429, 503].map((status) => ({ status }));
const MAYBE_APPLIED: readonly (readonly [name: string, answer: Answer])[] = [
  ...[500, 502, 504].map((status) => [String(status), { status }] as const),
  ['reset', { stop: { after: 'request', how: 'reset' } }],
  ['close', { stop: { after: 'request', how: 'close' } }],
  ['cut-body', { json: JOB, stop: { after: 10, how: 'close' } }],
];
const FINAL: readonly number[] = [400, 403, 404, 409, 410, 413, 422, 501, 505];

const goodAnswer = (call: CaseCall): Answer => ({ json: 'status' in call ? STATUS : JOB });
const config: CaseConfig = { timeoutMs: 5000, maxRetries: 1 };

const isSend = (way: Way): boolean => 'send' in way.call;

const TYPES: Readonly<Record<number, string>> = {
  400: 'BadRequestError',
  403: 'PermissionDeniedError',
  404: 'NotFoundError',
  409: 'ConflictError',
  410: 'HttpError',
  413: 'PayloadTooLargeError',
  422: 'UnprocessableEntityError',
};

/** Of a job, a 404 says that there is none. */
const typeOf = (status: number, way: Way): string =>
  status === 404 && !isSend(way) ? 'JobNotFoundError' : (TYPES[status] ?? 'ServerError');

const errorOf = ({ status }: Answer): string =>
  status === undefined || status === 200 ? 'TransportError' : 'ServerError';

/** The first send is still in work: only with a key that counts is it the same job. */
const conflictCase = (way: Way): Case => ({
  name: `409-with-retry-after-of-a-${way.name}`,
  script: { answers: [{ status: 409, headers: { 'Retry-After': '0.1' } }, { json: JOB }] },
  config: { ...config, ...way.config },
  call: way.call,
  expected: way.repeatable ? { result: JOB, requests: 2 } : { error: { type: 'ConflictError' }, requests: 1 },
});

const matrixCases: readonly Case[] = WAYS.flatMap((way) => {
  const script = (answer: Answer): Script => ({ answers: [answer, goodAnswer(way.call)] });
  const shared = { call: way.call, config: { ...config, ...way.config } };
  const result = { jobId: 'job-1' };
  return [
    ...REFUSED.map((answer): Case => ({
      ...shared,
      name: `${answer.status}-then-success-of-a-${way.name}`,
      ...(answer.status === 503 && { row: 8 }),
      script: script(answer),
      expected: { result, requests: 2, elapsedMs: [100, 700] },
    })),
    ...MAYBE_APPLIED.map(([name, answer]): Case => ({
      ...shared,
      name: `${name}-then-success-of-a-${way.name}`,
      script: script(answer),
      expected: way.repeatable
        ? { result, requests: 2 }
        : { error: { type: errorOf(answer), maybeEnqueued: true, attempts: 1 }, requests: 1 },
    })),
    ...FINAL.map((status): Case => ({
      ...shared,
      name: `${status}-then-success-of-a-${way.name}`,
      script: script({ status }),
      expected: { error: { type: typeOf(status, way), status, maybeEnqueued: false }, requests: 1 },
    })),
    {
      ...shared,
      name: `refused-connection-of-a-${way.name}`,
      config: { ...shared.config, baseUrl: 'http://127.0.0.1:{refused}' },
      script: { answers: [] },
      expected: { error: { type: 'TransportError', phase: 'connect', attempts: 2, maybeEnqueued: false } },
    },
    {
      ...shared,
      name: `slow-try-of-a-${way.name}`,
      config: { ...shared.config, attemptTimeoutMs: 500 },
      script: script({ stop: { after: 'request', how: 'silence' } }),
      expected: way.repeatable
        ? { result, requests: 2 }
        : { error: { type: 'TimeoutError', phase: 'headers', maybeEnqueued: true, attempts: 1 }, requests: 1 },
    },
    {
      ...shared,
      name: `no-retries-of-a-${way.name}`,
      config: { ...shared.config, maxRetries: 0 },
      script: script({ status: 503 }),
      expected: { error: { type: 'ServerError', status: 503, attempts: 1, maybeEnqueued: false }, requests: 1 },
    },
    ...(isSend(way) ? [conflictCase(way)] : []),
  ];
});

const makeCase = (name: string, answers: readonly Answer[], more: Partial<Case> & Pick<Case, 'expected'>): Case => ({
  name,
  script: { answers },
  config,
  call: SEND,
  ...more,
});

const refusedError: ExpectedError = { type: 'RateLimitError', status: 429 };
const KEYED = { ...config, idempotency: 'server' } as const;

const adviceCases: readonly Case[] = [
  makeCase('the-same-key-on-every-try', [{ status: 503 }, { status: 503 }, { json: JOB }], {
    row: 8,
    config: { timeoutMs: 5000, maxRetries: 2 },
    expected: {
      result: JOB,
      requests: 3,
      constant: ['idempotency-key', 'content-type', 'user-agent'],
      headers: [
        { 'x-retry-attempt': null, 'idempotency-key': '*' },
        { 'x-retry-attempt': '1' },
        { 'x-retry-attempt': '2' },
      ],
    },
  }),
  makeCase('the-default-is-two-retries', [{ status: 503 }], {
    config: { timeoutMs: 5000 },
    expected: { error: { type: 'ServerError', attempts: 3 }, requests: 3, elapsedMs: [350, 1200] },
  }),
  makeCase('the-retries-of-a-call-go-before-those-of-the-client', [{ status: 503 }], {
    config: { timeoutMs: 5000, maxRetries: 5 },
    call: { ...SEND, maxRetries: 0 },
    expected: { error: { type: 'ServerError', attempts: 1 }, requests: 1 },
  }),
  makeCase('a-status-that-the-client-retries-on', [{ status: 429 }, { json: JOB }], {
    config: { ...config, retryOn: [429] },
    expected: { result: JOB, requests: 2 },
  }),
  makeCase('a-status-that-the-client-does-not-retry-on', [{ status: 503 }, { json: JOB }], {
    config: { ...config, retryOn: [429] },
    expected: { error: { type: 'ServerError', status: 503, attempts: 1, maybeEnqueued: false }, requests: 1 },
  }),
  makeCase('a-question-that-the-client-does-not-repeat', [{ status: 500 }, { json: STATUS }], {
    config: { ...config, retryOn: [] },
    call: ASK,
    expected: { error: { type: 'ServerError', status: 500, attempts: 1 }, requests: 1 },
  }),
  makeCase('a-left-out-status-still-leaves-the-job-open', [{ status: 502 }, { json: JOB }], {
    config: { ...KEYED, retryOn: [429] },
    expected: { error: { type: 'ServerError', maybeEnqueued: true, attempts: 1 }, requests: 1 },
  }),
  makeCase('a-further-status-counts-as-perhaps-done', [{ status: 404 }, { json: JOB }], {
    config: { ...config, retryOn: [404] },
    expected: { error: { type: 'NotFoundError', attempts: 1 }, requests: 1 },
  }),
  makeCase('a-further-status-of-a-send-that-counts-once', [{ status: 404 }, { json: JOB }], {
    config: { ...KEYED, retryOn: [404] },
    expected: { result: JOB, requests: 2 },
  }),
  makeCase('advice-not-to-retry-goes-before-the-list', [{ status: 429, headers: { 'X-Should-Retry': 'false' } }], {
    config: { ...config, retryOn: [429] },
    expected: { error: { type: 'RateLimitError', attempts: 1 }, requests: 1 },
  }),
  makeCase(
    'advice-to-retry-goes-beyond-the-list',
    [{ status: 503, headers: { 'X-Should-Retry': 'true' } }, { json: JOB }],
    {
      config: { ...KEYED, retryOn: [429] },
      expected: { result: JOB, requests: 2 },
    },
  ),
  makeCase('retry-after-that-fits', [{ status: 429, headers: { 'Retry-After': '1' } }, { json: JOB }], {
    row: 9,
    expected: { result: JOB, requests: 2, elapsedMs: [990, 1400] },
  }),
  makeCase('retry-after-in-decimals', [{ status: 429, headers: { 'Retry-After': '0.5' } }, { json: JOB }], {
    expected: { result: JOB, requests: 2, elapsedMs: [490, 900] },
  }),
  makeCase(
    'retry-after-ms',
    [{ status: 429, headers: { 'Retry-After-Ms': '30', 'Retry-After': '9' } }, { json: JOB }],
    {
      expected: { result: JOB, requests: 2, elapsedMs: [25, 300] },
    },
  ),
  makeCase('retry-after-an-hour', [{ status: 429, headers: { 'Retry-After': '3600' } }, { json: JOB }], {
    row: 10,
    config: { timeoutMs: 7_200_000, maxRetries: 1 },
    expected: { error: { ...refusedError, retryAfter: 3600, attempts: 1 }, requests: 1, elapsedMs: [0, 250] },
  }),
  makeCase('retry-after-the-deadline', [{ status: 429, headers: { 'Retry-After': '2' } }, { json: JOB }], {
    config: { timeoutMs: 1000, maxRetries: 1 },
    expected: { error: { ...refusedError, retryAfter: 2 }, requests: 1, elapsedMs: [0, 250] },
  }),
  ...['soon', '-1', 'Wed, 21 Oct 2015 07:28:00 GMT', ''].map((value, index) =>
    makeCase(`retry-after-rubbish-${index + 1}`, [{ status: 429, headers: { 'Retry-After': value } }, { json: JOB }], {
      expected: { result: JOB, requests: 2, elapsedMs: [100, 700] },
    }),
  ),
  makeCase('told-not-to-retry', [{ status: 503, headers: { 'X-Should-Retry': 'false' } }, { json: JOB }], {
    expected: { error: { type: 'ServerError', status: 503, attempts: 1 }, requests: 1 },
  }),
  makeCase(
    'told-to-retry-a-send-that-counts-once',
    [{ status: 400, headers: { 'X-Should-Retry': 'true' } }, { json: JOB }],
    {
      config: KEYED,
      expected: { result: JOB, requests: 2 },
    },
  ),
  makeCase('told-to-retry-a-send', [{ status: 500, headers: { 'X-Should-Retry': 'true' } }, { json: JOB }], {
    expected: { error: { type: 'ServerError', maybeEnqueued: true }, requests: 1 },
  }),
  makeCase('told-to-retry-a-question', [{ status: 404, headers: { 'X-Should-Retry': 'true' } }, { json: STATUS }], {
    call: ASK,
    expected: { result: { state: 'completed' }, requests: 2 },
  }),
  makeCase(
    'a-conflict-in-progress',
    [
      {
        status: 409,
        headers: { 'Content-Type': 'application/problem+json' },
        text: '{"type":"https://example.com/problems/request-in-progress"}',
      },
      { json: JOB },
    ],
    { config: KEYED, expected: { result: JOB, requests: 2 } },
  ),
  makeCase('maybe-enqueued-is-not-forgotten', [{ status: 500 }, { status: 400 }], {
    config: KEYED,
    expected: { error: { type: 'BadRequestError', maybeEnqueued: true, attempts: 2 }, requests: 2 },
  }),
  makeCase('a-key-function-is-asked-again', [{ status: 401 }, { json: JOB }], {
    config: { ...config, maxRetries: 0, apiKeys: ['old', 'new'] },
    expected: { result: JOB, requests: 2, headers: [{ authorization: 'Bearer old' }, { authorization: 'Bearer new' }] },
  }),
  makeCase('a-key-function-is-asked-again-once', [{ status: 401 }], {
    config: { ...config, apiKeys: ['old', 'new'] },
    expected: { error: { type: 'AuthenticationError', attempts: 2 }, requests: 2 },
  }),
  makeCase('a-key-function-is-not-asked-again-when-told', [{ status: 401, headers: { 'X-Should-Retry': 'false' } }], {
    config: { ...config, apiKeys: ['old', 'new'] },
    expected: { error: { type: 'AuthenticationError', attempts: 1 }, requests: 1 },
  }),
  makeCase('a-key-is-not-sent-again', [{ status: 401 }, { json: JOB }], {
    config: { ...config, apiKey: 'old' },
    expected: { error: { type: 'AuthenticationError', attempts: 1 }, requests: 1 },
  }),
];

export const retryCases: readonly Case[] = [...matrixCases, ...adviceCases];
