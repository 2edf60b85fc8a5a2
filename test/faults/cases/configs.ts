/** Cases of a configuration: what is refused before anything is sent, and where values come from. */
import { type Case, type CaseConfig, SEND } from '../case.js';
import { JOB } from '../script.js';

const refuse = (name: string, config: CaseConfig, says: readonly string[], row?: number): Case => ({
  name,
  ...(row !== undefined && { row }),
  script: { answers: [{ json: JOB }] },
  config,
  expected: { refused: true, error: { type: 'ConfigurationError', code: 'CONFIGURATION', says, hides: ['hunter2'] } },
});

const accept = (name: string, config: CaseConfig, more: Partial<Case['expected']> = {}): Case => ({
  name,
  script: { answers: [{ json: JOB }] },
  config,
  call: SEND,
  expected: { result: JOB, ...more },
});

export const configCases: readonly Case[] = [
  ...[0, -1, 0.5, 2_147_483_648, 'NaN', 'Infinity'].map((timeoutMs) =>
    refuse(`timeout-${timeoutMs}`, { timeoutMs }, ['timeout'], 2),
  ),
  ...[-1, 1.5, 11].map((maxRetries) => refuse(`max-retries-${maxRetries}`, { maxRetries }, ['etries'])),
  refuse('no-base', { baseUrl: '' }, ['WORKER_BACKEND_URL'], 26),
  refuse('a-base-of-blanks', { baseUrl: '  ' }, ['WORKER_BACKEND_URL'], 26),
  ...['ftp://127.0.0.1', '127.0.0.1:3000', 'http://', 'hunter2', 'file:///etc/passwd', 'javascript:hunter2'].map(
    (baseUrl, index) => refuse(`a-base-that-is-none-${index + 1}`, { baseUrl }, [], 26),
  ),
  refuse('a-base-with-a-query', { baseUrl: '{base}?key=hunter2' }, [], 26),
  refuse('a-base-with-a-hash', { baseUrl: '{base}#hunter2' }, [], 26),
  refuse('a-base-with-credentials', { baseUrl: 'http://user:hunter2@127.0.0.1:{port}' }, [], 26),
  refuse('a-base-with-a-name', { baseUrl: 'http://hunter2@127.0.0.1:{port}' }, [], 26),
  refuse('a-key-with-a-line-break-inside', { apiKey: 'hunter2\r\nX: 1' }, [], 27),
  refuse('a-key-with-a-blank-inside', { apiKey: 'hunter2 hunter2' }, [], 27),
  refuse('a-key-that-no-header-can-carry', { apiKey: 'hunter2ü' }, [], 27),
  refuse('an-unusable-url-in-the-environment', { baseUrl: null, environment: { WORKER_BACKEND_URL: 'hunter2' } }, [
    'WORKER_BACKEND_URL',
  ]),
  refuse('a-timeout-of-words-in-the-environment', { environment: { WORKER_BACKEND_TIMEOUT: 'soon' } }, [
    'WORKER_BACKEND_TIMEOUT',
  ]),
  refuse('a-timeout-of-zero-in-the-environment', { environment: { WORKER_BACKEND_TIMEOUT: '0' } }, [
    'WORKER_BACKEND_TIMEOUT',
  ]),
  accept('a-key-with-blanks-around-it', { apiKey: ' \n k\n' }, { headers: [{ authorization: 'Bearer k' }] }),
  accept(
    'a-key-from-the-environment',
    { environment: { WORKER_BACKEND_API_KEY: 'from-env' } },
    {
      headers: [{ authorization: 'Bearer from-env' }],
    },
  ),
  accept(
    'a-given-key-goes-before-the-environment',
    { apiKey: 'given', environment: { WORKER_BACKEND_API_KEY: 'e' } },
    {
      headers: [{ authorization: 'Bearer given' }],
    },
  ),
  accept('a-url-from-the-environment', { baseUrl: null, environment: { WORKER_BACKEND_URL: '{base}' } }),
];
