/** The time of a call: one timer and one listener for everything that the call waits for, and neither once it has settled. */
import { ConfigurationError } from './errors.js';

/** The part of an `AbortSignal` that the client uses. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** Why something ended before its work was done: its time was up, or the caller gave it up. */
export type Ending = { readonly kind: 'timeout' } | { readonly kind: 'abort'; readonly reason: unknown };

/** Something that can end before its work is done. */
export interface Cancellation {
  /** Set once it has ended. */
  readonly ending: Ending | undefined;
  /** Calls the listener when it ends; gives back how to take the listener away. */
  subscribe(listener: (ending: Ending) => void): () => void;
}

interface Crowd {
  readonly members: Set<() => void>;
  readonly tell: () => void;
}

/** Who follows a signal. They share a listener: of more than ten on one signal, Node.js warns as of a leak. */
const crowds = new WeakMap<AbortSignalLike, Crowd>();

/** Calls `abort` when the signal aborts; gives back how to end that. */
function follow(signal: AbortSignalLike, abort: () => void): () => void {
  let crowd = crowds.get(signal);
  if (!crowd) {
    const members = new Set<() => void>();
    crowd = { members, tell: () => members.forEach((member) => member()) };
    crowds.set(signal, crowd);
  }
  const { members, tell } = crowd;
  if (members.size === 0) signal.addEventListener('abort', tell);
  members.add(abort);
  return () => {
    if (members.delete(abort) && members.size === 0) signal.removeEventListener('abort', tell);
  };
}

export class Deadline implements Cancellation {
  readonly timeoutMs: number;
  ending: Ending | undefined;
  readonly #startedAt = performance.now();
  readonly #listeners = new Set<(ending: Ending) => void>();
  readonly #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #releases: (() => void)[] = [];

  /** Ends after `timeoutMs`, or when the caller's signal aborts, or together with `parent`. */
  constructor(timeoutMs: number, signal?: AbortSignalLike, parent?: Cancellation) {
    if (signal && typeof signal.addEventListener !== 'function') {
      throw new ConfigurationError('signal is no AbortSignal');
    }
    this.timeoutMs = timeoutMs;
    if (timeoutMs !== Number.POSITIVE_INFINITY) {
      this.#timer = setTimeout(() => this.#end({ kind: 'timeout' }), timeoutMs);
    }
    if (signal) this.#followSignal(signal);
    if (parent) {
      if (parent.ending) this.#end(parent.ending);
      this.#releases.push(parent.subscribe((ending) => this.#end(ending)));
    }
  }

  get elapsedMs(): number {
    return performance.now() - this.#startedAt;
  }

  get remainingMs(): number {
    return this.timeoutMs - this.elapsedMs;
  }

  subscribe(listener: (ending: Ending) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Waits for work of others; rejects with the ending when that comes first. */
  race<T>(work: PromiseLike<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.ending) return reject(this.ending);
      const release = this.subscribe(reject);
      work.then(resolve, reject).then(release, release);
    });
  }

  /** Rejects with the ending when that comes first. */
  sleep(ms: number): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.ending) return reject(this.ending);
      const release = this.subscribe((ending) => {
        clearTimeout(timer);
        reject(ending);
      });
      const timer = setTimeout(() => {
        release();
        resolve();
      }, ms);
    });
  }

  /** Leaves no timer and no listener behind. */
  dispose(): void {
    clearTimeout(this.#timer);
    for (const release of this.#releases) release();
    this.#listeners.clear();
  }

  #followSignal(signal: AbortSignalLike): void {
    const abort = (): void => this.#end({ kind: 'abort', reason: signal.reason });
    if (signal.aborted) abort();
    else this.#releases.push(follow(signal, abort));
  }

  #end(ending: Ending): void {
    if (this.ending) return;
    this.ending = ending;
    for (const listener of this.#listeners) listener(ending);
  }
}
