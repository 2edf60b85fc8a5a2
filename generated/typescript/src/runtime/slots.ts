/** Bounds how many requests run at one time; the others wait in line, and leave it when their call ends. */
import type { Cancellation } from './deadline.js';

export class Slots {
  #free: number;
  readonly #line = new Set<() => void>();

  constructor(count: number) {
    this.#free = count;
  }

  /** Rejects with the ending when the call ends first. */
  take(cancellation: Cancellation): Promise<void> | void {
    if (cancellation.ending) return Promise.reject(cancellation.ending);
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    return new Promise((resolve, reject) => {
      const enter = (): void => {
        this.#line.delete(enter);
        release();
        resolve();
      };
      const release = cancellation.subscribe((ending) => {
        this.#line.delete(enter);
        reject(ending);
      });
      this.#line.add(enter);
    });
  }

  give(): void {
    const [next] = this.#line;
    if (next) next();
    else this.#free += 1;
  }
}
