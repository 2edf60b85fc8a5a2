/** Waits until a job is finished: asks again and again, and bears a backend in trouble until the time is up. */
import type { WaitOptions } from './config.js';
import { Deadline } from './deadline.js';
import {
  HttpError,
  JobFailedError,
  JobNotFoundError,
  TransportError,
  WaitTimeoutError,
  WorkerClientError,
} from './errors.js';
import { cutText, isText } from './json.js';
import type { CompletedJob, JobStatus } from './responses.js';

/** What the backend says, and how many milliseconds it asks to wait until the next question. */
export interface Reply {
  readonly status: JobStatus;
  readonly asked: number | undefined;
}

/** A job that was just enqueued may not be found everywhere at once. */
const NEW_JOB_MS = 2_000;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5_000;

/**
 * Resolves with the finished job.
 *
 * @param ask - asks once, and ends when the deadline does
 */
export async function waitForJob(
  ask: (deadline: Deadline) => Promise<Reply>,
  { timeout, interval, signal, onUpdate, url }: WaitOptions & { readonly timeout: number; readonly url: string },
): Promise<CompletedJob> {
  const deadline = new Deadline(timeout, signal);
  let last: JobStatus | undefined;
  let trouble: unknown;
  let attempts = 0;
  try {
    for (;;) {
      attempts += 1;
      const reply = await ask(deadline).catch((error: unknown) => bear(error, { deadline, last }));
      const { status } = reply;
      trouble = status ? undefined : reply.trouble;
      if (status && onUpdate && hasChanged(last, status)) await deadline.race(Promise.resolve(onUpdate(status)));
      last = status ?? last;
      if (status?.state === 'completed') return status;
      if (status?.state === 'failed') throw makeJobFailedError(status);
      const backoff = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 1.5 ** (attempts - 1)) * (0.8 + Math.random() * 0.4);
      // What an answer asks is a hint; what a refusal asks is kept.
      const least = status ? 0 : (reply.asked ?? 0);
      await deadline.sleep(Math.max(least, interval ?? (reply.asked || backoff)));
    }
  } catch (error) {
    const { ending, elapsedMs } = deadline;
    if (ending?.kind === 'abort') throw ending.reason;
    const found = ending ? makeWaitTimeoutError({ timeout, last, cause: error === ending ? trouble : error }) : error;
    if (!(found instanceof WorkerClientError)) throw found;
    throw Object.assign(found, { attempts, elapsedMs: Math.round(elapsedMs), method: 'GET', url });
  } finally {
    deadline.dispose();
  }
}

function makeWaitTimeoutError({
  timeout,
  last,
  cause,
}: {
  readonly timeout: number;
  readonly last: JobStatus | undefined;
  readonly cause: unknown;
}): WaitTimeoutError {
  const state = last ? `it is ${last.state}` : 'nothing is known of it';
  return new WaitTimeoutError(`the job was not finished after ${timeout} ms: ${state}`, {
    timeoutMs: timeout,
    lastStatus: last,
    ...(cause !== undefined && { cause }),
  });
}

const hasChanged = (last: JobStatus | undefined, status: JobStatus): boolean =>
  last?.state !== status.state || JSON.stringify(last.progress) !== JSON.stringify(status.progress);

function makeJobFailedError(job: JobStatus & { readonly failedReason?: unknown }): JobFailedError {
  const failedReason = isText(job.failedReason) ? job.failedReason : 'no reason given';
  return new JobFailedError(`job ${job.jobId} failed: ${cutText(failedReason, 300)}`, { job, failedReason });
}

/** Throws what another question would not mend. */
function bear(
  error: unknown,
  { deadline, last }: { readonly deadline: Deadline; readonly last: JobStatus | undefined },
): { readonly status?: undefined; readonly asked: number | undefined; readonly trouble: unknown } {
  if (error instanceof TransportError) return { asked: undefined, trouble: error };
  if (!(error instanceof HttpError)) throw error;
  if (error instanceof JobNotFoundError) {
    if (deadline.elapsedMs < NEW_JOB_MS) return { asked: undefined, trouble: error };
    if (last) error.message += '; it was there before: removeOnComplete takes finished jobs away';
  } else if ([408, 425, 429].includes(error.status) || error.status >= 500) {
    return { asked: error.retryAfter === undefined ? undefined : error.retryAfter * 1000, trouble: error };
  }
  throw error;
}
