/** Cases of answers that say success: what is taken for a job, and what is not. */
import { ASK, type Case, type Expected, SEND } from '../case.js';
import { type Answer, JOB, STATUS } from '../script.js';

const MEBIBYTE = 1_048_576;

const makeCase = (name: string, answer: Answer, expected: Expected, more: Partial<Case> = {}): Case => ({
  name,
  script: { answers: [answer] },
  call: SEND,
  expected: { requests: 1, ...expected },
  ...more,
});

const unusable = (code = 'RESPONSE', type = 'ResponseError'): Expected => ({ error: { type, code, status: 200 } });

export const answerCases: readonly Case[] = [
  makeCase(
    'a-job',
    { json: JOB },
    { result: JOB, bodies: ['{"modelId":"m"}'], paths: ['/api/jobs/file-download-request'] },
  ),
  makeCase('a-status', { json: STATUS }, { result: STATUS, paths: ['/api/jobs/job-1'] }, { call: ASK }),
  makeCase(
    'a-login-page',
    { headers: { 'Content-Type': 'text/html' }, text: '<html>Log in</html>' },
    { error: { type: 'ResponseError', code: 'RESPONSE', status: 200, contentType: 'text/html' } },
    { row: 18 },
  ),
  makeCase('an-empty-answer', { text: '' }, unusable(), { row: 19 }),
  makeCase('no-content', { status: 204 }, { error: { type: 'ResponseError', status: 204 } }, { row: 19 }),
  makeCase('an-array', { json: [] }, unusable(), { row: 20 }),
  makeCase('a-text', { json: 'job-1' }, unusable()),
  makeCase('null', { json: null }, unusable()),
  makeCase('success-without-a-job', { json: { success: true } }, unusable(), { row: 20 }),
  makeCase('an-empty-job-id', { json: { ...JOB, jobId: '' } }, unusable()),
  makeCase(
    'a-job-that-was-rejected',
    { json: { success: false, error: 'the queue is paused' } },
    { error: { type: 'JobRejectedError', code: 'JOB_REJECTED', maybeEnqueued: false, says: ['the queue is paused'] } },
    { row: 20 },
  ),
  makeCase('a-status-without-a-state', { json: { jobId: 'job-1' } }, unusable(), { call: ASK }),
  makeCase('a-job-id-that-is-a-number', { json: { ...JOB, jobId: 17 } }, { result: { jobId: '17' } }),
  makeCase('success-left-out', { json: { jobId: 'a' } }, { result: { jobId: 'a', success: true } }),
  makeCase('fields-that-nobody-knows', { json: { ...JOB, region: 'eu' } }, { result: { jobId: 'job-1' } }),
  makeCase('a-byte-order-mark', { text: `\uFEFF${JSON.stringify(JOB)}` }, { result: JOB }),
  makeCase('json-without-a-content-type', { text: JSON.stringify(JOB) }, { result: JOB }),
  makeCase('created', { status: 201, json: JOB }, { result: JOB }),
  makeCase(
    'a-state-of-bullmq',
    { json: { ...STATUS, state: 'waiting-children', progress: { step: 2 } } },
    { result: { state: 'waiting-children', progress: { step: 2 } } },
    { row: 35, call: ASK },
  ),
  makeCase(
    'a-state-that-nobody-knows',
    { json: { ...STATUS, state: 'dreaming' } },
    { result: { state: 'dreaming' } },
    { call: ASK },
  ),
  makeCase('two-hundred-mebibytes', { bytes: 200 * MEBIBYTE }, unusable(), { row: 31, config: { timeoutMs: 5000 } }),
  makeCase('just-too-large', { json: { ...JOB, more: 'x'.repeat(2000) } }, unusable(), {
    config: { maxResponseBytes: 1000 },
  }),
  makeCase(
    'an-answer-that-never-ends',
    { headers: { 'Content-Type': 'application/json' }, bytes: 'endless' },
    unusable(),
    { config: { timeoutMs: 5000, maxResponseBytes: MEBIBYTE } },
  ),
  makeCase(
    'chunks',
    { raw: `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"job\r\n9\r\nId":"a"} \r\n0\r\n\r\n` },
    { result: { jobId: 'a' } },
  ),
];
