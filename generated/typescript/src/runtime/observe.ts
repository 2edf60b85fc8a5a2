/** Lets the caller look on: hooks and log lines, without secrets, and without payloads unless they are asked for. */
import { hideKey, layHeaders } from './headers.js';

export const LOG_LEVELS = ['off', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The console is one, and so is every logger of its kind. */
export type Logger = { readonly [level in Exclude<LogLevel, 'off'>]: (message: string, facts?: object) => void };

export interface RequestEvent {
  readonly method: string;
  /** Without query and credentials. */
  readonly url: string;
  readonly messageType?: string;
  readonly jobId?: string;
  /** 1 is the first try. */
  readonly attempt: number;
  /** What `onRequest` changes here is sent; secrets are not shown. */
  readonly headers: Record<string, string>;
  /** Milliseconds since the call began. */
  readonly durationMs: number;
  /** Of the answer. */
  readonly status?: number;
  /** Only with `logBodies`. */
  readonly payload?: unknown;
}

export interface Hooks {
  /** Before each try; may change the headers, for example to add a trace. What it throws fails the call. */
  onRequest?(event: RequestEvent): unknown;
  /** Before the wait for another try. */
  onRetry?(event: RequestEvent & { readonly error: unknown; readonly waitMs: number }): unknown;
  /** After each answer, whatever its status. */
  onResponse?(event: RequestEvent): unknown;
  /** When the call fails for good. */
  onError?(event: RequestEvent & { readonly error: unknown }): unknown;
}

const SECRET_HEADER = /^(authorization|proxy-authorization|cookie|set-cookie|x-api-key)$/i;

/** Headers as anybody may see them. */
export function redactHeaders(headers: Readonly<Record<string, string>>, key: string | null): Record<string, string> {
  const shown = Object.entries(headers).map(([name, value]) => [
    name,
    SECRET_HEADER.test(name) ? '***' : hideKey(value, key),
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
