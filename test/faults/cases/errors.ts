/** Cases of answers that are no success: which error, and what it says. */
import { ASK, type Case, type ExpectedError, SEND } from '../case.js';
import type { Answer } from '../script.js';

const JSON_TYPE = { 'Content-Type': 'application/json' };
const PROBLEM_TYPE = { 'Content-Type': 'application/problem+json' };
const TEXT_TYPE = { 'Content-Type': 'text/plain' };

const makeCase = (name: string, answer: Answer, error: ExpectedError, more: Partial<Case> = {}): Case => ({
  name,
  script: { answers: [answer] },
  config: { maxRetries: 0 },
  call: SEND,
  expected: { error, requests: 1 },
  ...more,
});

const STATUSES: readonly (readonly [status: number, type: string, code: string])[] = [
  [400, 'BadRequestError', 'BAD_REQUEST'],
  [401, 'AuthenticationError', 'AUTHENTICATION'],
  [402, 'HttpError', 'HTTP'],
  [403, 'PermissionDeniedError', 'PERMISSION_DENIED'],
  [404, 'NotFoundError', 'NOT_FOUND'],
  [405, 'HttpError', 'HTTP'],
  [408, 'HttpError', 'HTTP'],
  [409, 'ConflictError', 'CONFLICT'],
  [410, 'HttpError', 'HTTP'],
  [413, 'PayloadTooLargeError', 'PAYLOAD_TOO_LARGE'],
  [415, 'HttpError', 'HTTP'],
  [422, 'UnprocessableEntityError', 'UNPROCESSABLE_ENTITY'],
  [425, 'HttpError', 'HTTP'],
  [429, 'RateLimitError', 'RATE_LIMIT'],
  [500, 'ServerError', 'SERVER'],
  [501, 'ServerError', 'SERVER'],
  [502, 'ServerError', 'SERVER'],
  [503, 'ServerError', 'SERVER'],
  [504, 'ServerError', 'SERVER'],
  [505, 'ServerError', 'SERVER'],
];

const MAYBE_ENQUEUED = new Set([500, 502, 504]);

const statusCases = STATUSES.map(([status, type, code]) =>
  makeCase(
    `status-${status}`,
    { status, json: { error: 'said so' } },
    {
      type,
      code,
      status,
      message: `HTTP ${status}: said so`,
      maybeEnqueued: MAYBE_ENQUEUED.has(status),
      attempts: 1,
      method: 'POST',
    },
  ),
);

const messageCases: readonly Case[] = [
  makeCase(
    'error-object-with-a-message',
    { status: 400, json: { error: { code: 'E1', message: 'the model is unknown' } } },
    { type: 'BadRequestError', message: 'HTTP 400: the model is unknown' },
    { row: 11 },
  ),
  makeCase('error-body-null', { status: 400, json: null }, { type: 'BadRequestError', status: 400 }, { row: 12 }),
  makeCase(
    'problem-details',
    {
      status: 422,
      headers: PROBLEM_TYPE,
      text: '{"type":"about:blank","title":"Invalid payload","status":422,"detail":"modelId is missing"}',
    },
    {
      type: 'UnprocessableEntityError',
      message: 'HTTP 422: Invalid payload: modelId is missing',
      problem: { title: 'Invalid payload', detail: 'modelId is missing' },
    },
    { row: 13 },
  ),
  makeCase(
    'problem-details-with-a-title-only',
    { status: 422, headers: PROBLEM_TYPE, text: '{"title":"Invalid payload"}' },
    { type: 'UnprocessableEntityError', message: 'HTTP 422: Invalid payload' },
  ),
  makeCase(
    'message-text',
    { status: 400, json: { message: 'no' } },
    { type: 'BadRequestError', message: 'HTTP 400: no' },
  ),
  makeCase(
    'error-goes-before-message',
    { status: 400, json: { message: 'b', error: 'a' } },
    { type: 'BadRequestError', message: 'HTTP 400: a' },
  ),
  makeCase(
    'empty-error-is-passed-over',
    { status: 400, json: { error: '', message: 'b' } },
    { type: 'BadRequestError', message: 'HTTP 400: b' },
  ),
  makeCase(
    'first-of-a-list-of-errors',
    { status: 400, json: { errors: [{ message: 'first' }, { message: 'second' }] } },
    { type: 'BadRequestError', message: 'HTTP 400: first' },
  ),
  makeCase(
    'plain-text-error',
    { status: 400, headers: TEXT_TYPE, text: 'not like this' },
    { type: 'BadRequestError', message: 'HTTP 400: not like this' },
  ),
  makeCase('error-without-a-body', { status: 400 }, { type: 'BadRequestError', message: 'HTTP 400: Bad Request' }),
  makeCase(
    'json-error-that-says-nothing',
    { status: 400, headers: JSON_TYPE, text: '[]' },
    { type: 'BadRequestError', message: 'HTTP 400: Bad Request' },
  ),
  makeCase(
    'a-text-as-json',
    { status: 400, json: 'not like this' },
    { type: 'BadRequestError', message: 'HTTP 400: not like this' },
  ),
  makeCase(
    'a-backend-that-repeats-the-payload',
    { status: 400, json: { modelId: 'secret-value' } },
    { type: 'BadRequestError', message: 'HTTP 400: Bad Request' },
  ),
  makeCase(
    'a-backend-that-repeats-half-of-the-payload',
    { status: 400, headers: JSON_TYPE, text: '{"modelId":"secret-value","mo' },
    { type: 'BadRequestError', message: 'HTTP 400: Bad Request' },
  ),
  makeCase(
    'json-by-content-not-by-type',
    { status: 400, headers: TEXT_TYPE, text: '{"error":"still json"}' },
    { type: 'BadRequestError', message: 'HTTP 400: still json' },
  ),
  makeCase(
    'a-message-of-three-hundred-characters',
    { status: 400, json: { error: 'e'.repeat(900) } },
    { type: 'BadRequestError', message: `HTTP 400: ${'e'.repeat(300)}` },
  ),
  makeCase(
    'a-message-without-control-characters',
    { status: 400, json: { error: 'a\u001b[31m\nb\u0000' } },
    { type: 'BadRequestError', hides: ['\u001b', '\n\n', '\u0000'] },
  ),
  makeCase(
    'a-page-of-a-proxy',
    {
      status: 502,
      headers: { 'Content-Type': 'text/html', 'X-Request-Id': 'req-1' },
      text: '<html><h1>502 Bad Gateway</h1></html>',
    },
    { type: 'ServerError', status: 502, requestId: 'req-1', says: ['HTTP 502: ', 'Bad Gateway'], maybeEnqueued: true },
    { row: 7 },
  ),
  makeCase(
    'a-hundred-megabytes-of-error',
    { status: 500, headers: { 'Content-Type': 'text/html' }, bytes: 104_857_600 },
    { type: 'ServerError', status: 500 },
    { row: 32, expected: { error: { type: 'ServerError', status: 500 }, requests: 1, elapsedMs: [0, 900] } },
  ),
  makeCase(
    'a-backend-that-repeats-the-key',
    { status: 401, json: { error: 'unknown key sk-very-secret' } },
    { type: 'AuthenticationError', hides: ['sk-very-secret'] },
    { config: { maxRetries: 0, apiKey: 'sk-very-secret' } },
  ),
];

const headerCases: readonly Case[] = [
  ...['X-Request-Id', 'Request-Id', 'X-Correlation-Id'].map((name) =>
    makeCase(
      `request-id-from-${name.toLowerCase()}`,
      { status: 500, headers: { [name]: 'abc' } },
      { type: 'ServerError', requestId: 'abc' },
    ),
  ),
  makeCase(
    'an-empty-request-id-is-passed-over',
    { status: 500, headers: { 'X-Request-Id': '', 'Request-Id': 'abc' } },
    { type: 'ServerError', requestId: 'abc' },
  ),
  makeCase(
    'a-job-that-is-not-there',
    { status: 404, json: { error: 'Job not found' } },
    {
      type: 'JobNotFoundError',
      code: 'JOB_NOT_FOUND',
      status: 404,
      message: 'HTTP 404: Job not found',
      maybeEnqueued: false,
      method: 'GET',
    },
    { call: ASK },
  ),
  makeCase(
    'retry-after-in-seconds',
    { status: 429, headers: { 'Retry-After': '7' } },
    { type: 'RateLimitError', retryAfter: 7 },
  ),
  makeCase(
    'retry-after-in-milliseconds-goes-first',
    { status: 429, headers: { 'Retry-After': '7', 'Retry-After-Ms': '1500' } },
    { type: 'RateLimitError', retryAfter: 1.5 },
  ),
];

export const errorCases: readonly Case[] = [...statusCases, ...messageCases, ...headerCases];
