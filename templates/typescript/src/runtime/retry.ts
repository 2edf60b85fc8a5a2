/** When a failed try may be repeated, and after how long: decided by what the failure says of the job. */
import type { TransportAnswer } from './transport.js';

/**
 * `not-sent`: nothing reached the backend. `stale`: a kept connection had died. `refused`: the backend said no
 * before doing anything. `denied`: it wants another key. `maybe-applied`: the job may be enqueued. `final`: another
 * try would fail the same.
 */
export type FailureClass = 'not-sent' | 'stale' | 'refused' | 'denied' | 'maybe-applied' | 'final';

export interface RetryContext {
  readonly method: 'GET' | 'POST';
  /** The backend enqueues once, however often this call is sent. */
  readonly keyInForce: boolean;
  /** Another key can be asked for. */
  readonly mayRenewKey: boolean;
  /** Statuses that allow another try. */
  readonly retryOn: readonly number[];
}

/** Longest wait that a backend may ask for. */
export const LONGEST_ASKED_MS = 60_000;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 8_000;

const REFUSED = [408, 425, 429, 503];

/** Whether a status leaves open what the backend has done. */
export const leavesOpen = (status: number): boolean => status === 500 || status === 502 || status === 504;

export function classifyAnswer({ status, headers, text }: TransportAnswer, context: RetryContext): FailureClass {
  const { keyInForce, mayRenewKey, retryOn } = context;
  const advice = headers['x-should-retry'];
  if (advice === 'false') return 'final';
  if (status === 401 && mayRenewKey) return 'denied';
  if (retryOn.includes(status)) return REFUSED.includes(status) ? 'refused' : 'maybe-applied';
  if (advice === 'true') return 'maybe-applied';
  if (status === 409 && keyInForce && ('retry-after' in headers || /"type":\s*"[^"]*in.?progress/i.test(text))) {
    return 'refused';
  }
  return 'final';
}

/** Whether a failure of this class allows another try. */
export const mayRepeat = (failure: FailureClass, { method, keyInForce }: RetryContext): boolean =>
  failure === 'maybe-applied' ? method === 'GET' || keyInForce : failure === 'not-sent' || failure === 'refused';

/**
 * Milliseconds before the next try; `undefined` when it would come too late.
 *
 * @param retries - tries that were repeated so far
 * @param asked - what the backend asks to wait
 */
export function findWait({
  retries,
  asked,
  remainingMs,
}: {
  readonly retries: number;
  readonly asked: number | undefined;
  readonly remainingMs: number;
}): number | undefined {
  if (asked !== undefined && asked > LONGEST_ASKED_MS) return undefined;
  const wait =
    asked === undefined
      ? Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** retries) * (0.5 + Math.random() / 2)
      : asked * (1 + Math.random() / 10);
  return wait < remainingMs ? wait : undefined;
}

/** Tokens that all calls of a client share, so that retries do not multiply the load of a backend in trouble. */
export class RetryBudget {
  #tokens = 500;

  /** False when nothing is left for a retry of this cost. */
  spend(cost: number): boolean {
    if (this.#tokens < cost) return false;
    this.#tokens -= cost;
    return true;
  }

  earn(tokens: number): void {
    this.#tokens = Math.min(500, this.#tokens + tokens);
  }
}
