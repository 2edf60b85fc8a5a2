/** Lets the caller look on: hooks and log lines, without secrets, and without payloads unless they are asked for. */
import type { Hooks, Logger, LogLevel, RequestEvent } from './config.js';
import { layHeaders } from './header-rules.js';
import { hideKey } from './headers.js';
import { LOG_LEVELS } from './settings.js';

const SECRET_HEADER = /^(authorization|proxy-authorization|cookie|set-cookie|x-api-key)$/i;
/** Of the address in a `location`. */
const CREDENTIALS = /^(\w*:?\/\/)[^/?#]*@/;

/** Headers as anybody may see them. */
export function redactHeaders(headers: Readonly<Record<string, string>>, key: string | null): Record<string, string> {
  const shown = Object.entries(headers).map(([name, value]) => [
    name,
    SECRET_HEADER.test(name) ? '***' : hideKey(value, key).replace(CREDENTIALS, '$1'),
  ]);
  return Object.fromEntries(shown);
}

export class Observer {
  readonly #hooks: Hooks;
  readonly #logger: Logger;
  readonly #level: number;

  constructor(settings: { readonly hooks: Hooks; readonly logger: Logger; readonly logLevel: LogLevel }) {
    this.#hooks = settings.hooks;
    this.#logger = settings.logger;
    this.#level = LOG_LEVELS.indexOf(settings.logLevel);
  }

  /** Whether anybody looks at single requests. */
  get isAwake(): boolean {
    return this.#level >= LOG_LEVELS.indexOf('info') || Object.keys(this.#hooks).length > 0;
  }

  log(level: Exclude<LogLevel, 'off'>, message: string, facts?: object): void {
    if (LOG_LEVELS.indexOf(level) > this.#level) return;
    try {
      this.#logger[level](`[worker-client] ${message}`, ...(facts ? [facts] : []));
    } catch {
      // A logger that fails is no reason to fail.
    }
  }

  /** Has the hook change the headers that will be sent; `event.headers` is a copy that hides secrets. */
  async request(event: RequestEvent, headers: Record<string, string>): Promise<void> {
    const before = { ...event.headers };
    await this.#hooks.onRequest?.(event);
    const names = Object.keys({ ...before, ...event.headers });
    const changed = names.filter((name) => event.headers[name] !== before[name]);
    layHeaders(headers, Object.fromEntries(changed.map((name) => [name, event.headers[name] ?? null])));
    this.log('debug', `${event.method} ${event.url} (try ${event.attempt})`, event);
  }

  response(event: RequestEvent): void {
    this.log('debug', `${event.method} ${event.url}: ${event.status} after ${event.durationMs} ms`, event);
    this.#tell('onResponse', () => this.#hooks.onResponse?.(event));
  }

  retry(event: RequestEvent & { readonly error: unknown; readonly waitMs: number }): void {
    const { method, url, error, waitMs } = event;
    this.log('info', `${method} ${url}: ${describe(error)}; trying again in ${Math.round(waitMs)} ms`);
    this.#tell('onRetry', () => this.#hooks.onRetry?.(event));
  }

  error(event: RequestEvent & { readonly error: unknown }): void {
    this.log('info', `${event.method} ${event.url}: ${describe(event.error)}`);
    this.#tell('onError', () => this.#hooks.onError?.(event));
  }

  /** A hook that only looks on cannot break the call. */
  #tell(name: string, run: () => unknown): void {
    const complain = (error: unknown): void => this.log('error', `the hook ${name} failed: ${describe(error)}`);
    try {
      Promise.resolve(run()).catch(complain);
    } catch (error) {
      complain(error);
    }
  }
}

const describe = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : `a thrown ${typeof error}`;
