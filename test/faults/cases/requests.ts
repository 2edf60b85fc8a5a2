/** Cases of what goes over the wire: addresses, headers, bodies. */
import { ASK, type Case, type CaseCall, type Expected, SEND } from '../case.js';
import { JOB, STATUS } from '../script.js';

const askCase = (name: string, jobId: string, path: string, row = 24): Case => ({
  name,
  row,
  script: { answers: [{ json: STATUS }] },
  call: { status: jobId },
  expected: { result: { jobId: 'job-1' }, paths: [path] },
});

const refusedCase = (name: string, call: CaseCall, row = 24): Case => ({
  name,
  row,
  script: { answers: [{ json: JOB }] },
  call,
  expected: { error: { type: 'ConfigurationError', code: 'CONFIGURATION' }, requests: 0 },
});

const headerCase = (name: string, more: Partial<Case>, headers: Readonly<Record<string, string | null>>): Case => ({
  name,
  script: { answers: [{ json: JOB }] },
  call: SEND,
  expected: { result: JOB, headers: [headers] },
  ...more,
});

const badHeader = (name: string, headers: Readonly<Record<string, string>>, hides: readonly string[]): Case => ({
  name,
  script: { answers: [{ json: JOB }] },
  call: { ...SEND, headers },
  expected: { error: { type: 'ConfigurationError', hides }, requests: 0 },
});

const sent: Expected = { error: { type: 'ConfigurationError', says: ['idempotencyKey'] }, requests: 0 };
const TRACE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

export const requestCases: readonly Case[] = [
  askCase('an-id-that-climbs', '../secrets', '/api/jobs/..%2Fsecrets'),
  askCase('an-id-with-a-query', 'a?b=1', '/api/jobs/a%3Fb%3D1'),
  askCase('an-id-with-a-hash', 'a#b', '/api/jobs/a%23b'),
  askCase('an-id-with-a-percent-sign', 'a%2Fb', '/api/jobs/a%252Fb'),
  askCase('an-id-with-colons', 'flow:1@host', '/api/jobs/flow:1@host'),
  askCase('an-id-of-another-alphabet', 'ä b', '/api/jobs/%C3%A4%20b'),
  refusedCase('an-empty-id', { status: '' }),
  refusedCase('an-id-of-one-dot', { status: '.' }),
  refusedCase('an-id-of-two-dots', { status: '..' }),
  refusedCase('an-empty-message-type', { send: '', payload: {} }, 25),
  refusedCase('a-message-type-of-two-dots', { send: '..', payload: {} }, 25),
  {
    name: 'a-message-type-that-climbs',
    row: 25,
    script: { answers: [{ json: JOB }] },
    call: { send: '../admin?x=', payload: {} },
    expected: { result: JOB, paths: ['/api/jobs/..%2Fadmin%3Fx%3D'] },
  },
  {
    name: 'a-base-with-slashes-and-blanks',
    row: 26,
    script: { answers: [{ json: JOB }] },
    config: { baseUrl: '  {base}/deep///  ' },
    call: SEND,
    expected: { result: JOB, paths: ['/deep/api/jobs/file-download-request'] },
  },
  headerCase(
    'headers-of-a-send',
    { config: { apiKey: '  k  ' } },
    {
      authorization: 'Bearer k',
      'content-type': 'application/json',
      accept: 'application/json',
      'idempotency-key': '*',
      'x-retry-attempt': null,
    },
  ),
  headerCase(
    'headers-of-a-question',
    {
      call: ASK,
      script: { answers: [{ json: STATUS }] },
      expected: {
        result: { state: 'completed' },
        bodies: [''],
        headers: [{ 'content-type': null, 'idempotency-key': null, authorization: null, accept: 'application/json' }],
      },
    },
    {},
  ),
  headerCase('no-key-when-off', { config: { idempotency: 'off' } }, { 'idempotency-key': null }),
  headerCase(
    'a-key-of-the-callers-own',
    { call: { ...SEND, idempotencyKey: 'order-17' } },
    { 'idempotency-key': 'order-17' },
  ),
  headerCase('a-blank-key-is-none', { config: { apiKey: '   ' } }, { authorization: null }),
  headerCase('headers-of-the-client', { config: { headers: { 'X-Team': 'a' } } }, { 'x-team': 'a' }),
  headerCase(
    'headers-of-a-call-go-over-those-of-the-client',
    { config: { headers: { 'X-Team': 'a', 'X-Other': 'b' } }, call: { ...SEND, headers: { 'x-team': 'c' } } },
    { 'x-team': 'c', 'x-other': 'b' },
  ),
  headerCase(
    'a-header-taken-away',
    { call: { ...SEND, headers: { 'User-Agent': null, 'X-None': null } } },
    { 'x-none': null },
  ),
  headerCase('a-trace', { call: { ...SEND, traceparent: TRACE } }, { traceparent: TRACE }),
  badHeader('a-header-with-a-line-break', { 'X-Note': 'a\r\nX-Evil: 1' }, ['X-Evil']),
  badHeader('a-header-name-with-a-blank', { 'X Note': 'hidden-value' }, ['hidden-value']),
  badHeader('a-header-that-frames-the-request', { 'Transfer-Encoding': 'chunked' }, []),
  ...[
    ['a-trace-that-is-none', 'rubbish'],
    ['a-trace-of-zeros', '00-00000000000000000000000000000000-b7ad6b7169203331-01'],
    ['a-trace-without-a-parent', '00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01'],
    ['a-trace-of-version-ff', 'ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'],
  ].map(([name = '', traceparent = '']): Case => ({
    name,
    script: { answers: [{ json: JOB }] },
    call: { ...SEND, traceparent },
    expected: { error: { type: 'ConfigurationError', says: ['traceparent'] }, requests: 0 },
  })),
  ...[
    ['an-empty-key', ''],
    ['a-key-of-256-characters', 'k'.repeat(256)],
    ['a-key-with-a-line-break', 'a\nb'],
    ['a-key-of-another-alphabet', 'ключ'],
  ].map(([name = '', idempotencyKey = '']): Case => ({
    name,
    script: { answers: [{ json: JOB }] },
    call: { ...SEND, idempotencyKey },
    expected: sent,
  })),
];
