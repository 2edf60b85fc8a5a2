/** A try that failed, as the error that callers see and the class that decides about another try. */
import { type Phase, TimeoutError, TransportError, type WorkerClientError } from './errors.js';
import { makeHttpError } from './http-errors.js';
import { classifyAnswer, type FailureClass, leavesOpen, type RetryContext } from './retry.js';
import { readRetryAfter } from './retry-after.js';
import type { TransportAnswer, TransportFailure } from './transport.js';

export interface Failure {
  readonly error: WorkerClientError;
  readonly failureClass: FailureClass;
  /** Milliseconds that the backend asks to wait. */
  readonly asked?: number | undefined;
}

/** An answer that is no success. */
export const failureOfAnswer = (answer: TransportAnswer, context: RetryContext): Failure => ({
  error: makeHttpError(answer, { ofJob: context.method === 'GET', maybeEnqueued: leavesOpen(answer.status) }),
  failureClass: classifyAnswer(answer, context),
  asked: readRetryAfter(answer.headers),
});

/** No answer. */
export function failureOfTransport({ phase, stale, cause }: TransportFailure): Failure {
  const errno = findErrno(cause);
  const reason = errno === undefined ? '' : ` (${errno})`;
  const maybeEnqueued = phase !== 'connect' && !stale;
  const error = new TransportError(FAILED[phase] + reason, {
    phase,
    maybeEnqueued,
    cause,
    ...(errno !== undefined && { errno }),
  });
  if (phase === 'connect') return { error, failureClass: 'not-sent' };
  if (stale) return { error, failureClass: 'stale' };
  // What is no HTTP now will be none later.
  return { error, failureClass: errno?.startsWith('HPE_') ? 'final' : 'maybe-applied' };
}

/** A try that took longer than it may. */
export const failureOfTime = (phase: Phase, timeoutMs: number): Failure => ({
  error: makeTimeoutError(phase, timeoutMs),
  failureClass: phase === 'connect' ? 'not-sent' : 'maybe-applied',
});

export const makeTimeoutError = (phase: Phase, timeoutMs: number): TimeoutError =>
  new TimeoutError(`Request timeout: ${timeoutMs} ms were up while ${DOING[phase]}`, {
    phase,
    timeoutMs,
    maybeEnqueued: phase !== 'connect' && phase !== 'retry-wait',
  });

const FAILED: Readonly<Record<Phase, string>> = {
  connect: 'no connection to the backend',
  send: 'the connection broke while the request was sent',
  headers: 'the connection broke before the answer',
  body: 'the connection broke within the answer',
  'retry-wait': 'the connection broke',
};

const DOING: Readonly<Record<Phase, string>> = {
  connect: 'connecting',
  send: 'sending the request',
  headers: 'waiting for the answer',
  body: 'reading the answer',
  'retry-wait': 'waiting to try again',
};

/** The system's name of a failure, wherever in the chain of causes it stands. */
function findErrno(error: unknown): string | undefined {
  for (let link = error; link instanceof Error; link = link.cause) {
    if ('code' in link && typeof link.code === 'string') return link.code;
  }
  return undefined;
}
