/** Cases of redirects: followed where nothing is lost or given away, else an error. */
import { ASK, type Case, SEND } from '../case.js';
import { JOB, STATUS } from '../script.js';

const LOST = { type: 'RedirectError', code: 'REDIRECT', maybeEnqueued: false } as const;

export const redirectCases: readonly Case[] = [
  ...[301, 302, 303].map((status): Case => ({
    name: `${status}-of-a-send`,
    row: 21,
    script: { answers: [{ status, headers: { Location: '{base}/moved' } }, { json: JOB }] },
    call: SEND,
    expected: { error: { ...LOST, status }, requests: 1 },
  })),
  ...[307, 308].map((status): Case => ({
    name: `${status}-of-a-send-to-the-same-host`,
    script: { answers: [{ status, headers: { Location: '{base}/moved?x=1' } }, { json: JOB }] },
    config: { apiKey: 'k' },
    call: SEND,
    expected: {
      result: JOB,
      requests: 2,
      paths: ['/api/jobs/file-download-request', '/moved?x=1'],
      bodies: ['{"modelId":"m"}', '{"modelId":"m"}'],
      headers: [{ authorization: 'Bearer k' }, { authorization: 'Bearer k' }],
      constant: ['idempotency-key', 'content-type'],
    },
  })),
  ...[307, 308].map((status): Case => ({
    name: `${status}-of-a-send-to-another-host`,
    row: 22,
    script: { answers: [{ status, headers: { Location: '{other}/moved' } }] },
    config: { apiKey: 'k' },
    call: SEND,
    expected: { error: { ...LOST, status }, requests: 1, otherRequests: 0 },
  })),
  ...[301, 302, 307, 308].map((status): Case => ({
    name: `${status}-of-a-question`,
    script: { answers: [{ status, headers: { Location: '{base}/moved' } }, { json: STATUS }] },
    call: ASK,
    expected: { result: { state: 'completed' }, requests: 2, paths: ['/api/jobs/job-1', '/moved'] },
  })),
  {
    name: '302-of-a-question-to-another-host',
    script: { answers: [{ status: 302, headers: { Location: '{other}/moved' } }] },
    call: ASK,
    expected: { error: { ...LOST, status: 302 }, requests: 1, otherRequests: 0 },
  },
  {
    name: 'a-redirect-without-a-location',
    script: { answers: [{ status: 307 }] },
    call: SEND,
    expected: { error: { ...LOST, status: 307 }, requests: 1 },
  },
  {
    name: 'a-redirect-with-credentials-in-it',
    script: { answers: [{ status: 307, headers: { Location: 'http://u:p@127.0.0.1:{port}/moved' } }] },
    call: SEND,
    expected: { error: { ...LOST, status: 307, hides: ['u:p@'] }, requests: 1 },
  },
  {
    name: 'a-relative-redirect',
    script: { answers: [{ status: 307, headers: { Location: 'moved' } }, { json: JOB }] },
    call: SEND,
    expected: { result: JOB, requests: 2, paths: ['/api/jobs/file-download-request', '/api/jobs/moved'] },
  },
  {
    name: 'a-redirect-loop',
    row: 23,
    script: { answers: [{ status: 307, headers: { Location: '{base}/api/jobs/file-download-request' } }] },
    call: SEND,
    expected: { error: { ...LOST, status: 307 }, requests: 4 },
  },
  {
    name: 'not-modified',
    script: { answers: [{ status: 304 }] },
    call: ASK,
    expected: { error: { type: 'RedirectError', status: 304 }, requests: 1 },
  },
];
