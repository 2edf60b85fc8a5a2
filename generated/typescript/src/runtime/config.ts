/** The configuration of a client: given values, else the environment, else defaults; checked once, before anything is sent. */
import type { AbortSignalLike } from './deadline.js';
import { ConfigurationError } from './errors.js';
import type { Fetch } from './transport-fetch.js';

export type ApiKey = string | (() => string | null | undefined | Promise<string | null | undefined>);

/** Values by header name; `null` takes a header away. */
export type HeaderValues = Readonly<Record<string, string | null | undefined>>;

/**
 * Whether a send carries an `Idempotency-Key`, and whether the backend honours it: `auto` sends one and does not
 * rely on it, `server` repeats sends that may have arrived, `off` sends none.
 */
export type Idempotency = 'auto' | 'server' | 'off';

export interface WorkerClientConfig {
  /** Where the backend is: `https://backend.example.com`. Default: `WORKER_BACKEND_URL`. */
  readonly baseUrl?: string | undefined;
  /** Sent as a bearer token; a function is asked before every try. Default: `WORKER_BACKEND_API_KEY`. */
  readonly apiKey?: ApiKey | null | undefined;
  /** Milliseconds that a call may take in all. Default: `WORKER_BACKEND_TIMEOUT` in seconds, else 30000. */
  readonly timeout?: number | undefined;
  /** Milliseconds that one try may take. Default: as long as the call. */
  readonly attemptTimeout?: number | undefined;
  /** How often a call is tried again, 0 to 10. Default: 2. */
  readonly maxRetries?: number | undefined;
  readonly idempotency?: Idempotency | undefined;
  /** `auto` is `node:http` on Node.js and `fetch` elsewhere. */
  readonly transport?: 'auto' | 'node' | 'fetch' | undefined;
  /** Used instead of every transport of ours. */
  readonly fetch?: Fetch | undefined;
  /** Most requests at one time; further ones wait. Default: 64. */
  readonly maxConnections?: number | undefined;
  /** Milliseconds after which an unused connection is closed. Default: 4000. */
  readonly idleTimeout?: number | undefined;
  /** Most bytes of an answer. Default: 16 MiB. */
  readonly maxResponseBytes?: number | undefined;
  /** Sent with every request. */
  readonly headers?: HeaderValues | undefined;
}

/** What can be said of one call. */
export interface CallOptions {
  /** Ends the call; it rejects with the signal's reason. */
  readonly signal?: AbortSignalLike | undefined;
  readonly timeout?: number | undefined;
  readonly maxRetries?: number | undefined;
  readonly headers?: HeaderValues | undefined;
}

export interface SendOptions extends CallOptions {
  /** A name for this job, the same whenever it is sent: 1 to 255 visible ASCII characters. */
  readonly idempotencyKey?: string | undefined;
  /** W3C trace context of the caller, the same on every try. */
  readonly traceparent?: string | undefined;
  readonly tracestate?: string | undefined;
}

/** A configuration that has passed every check. */
export interface Settings {
  readonly base: URL;
  /** Path of the base, without a slash at its end. */
  readonly prefix: string;
  readonly apiKey: ApiKey | null;
  readonly timeout: number;
  readonly attemptTimeout: number | null;
  readonly maxRetries: number;
  readonly idempotency: Idempotency;
  readonly transport: 'auto' | 'node' | 'fetch';
  readonly fetch: Fetch | null;
  readonly maxConnections: number;
  readonly idleTimeout: number;
  readonly maxResponseBytes: number;
  readonly headers: HeaderValues;
}

const LONGEST_TIMER = 2_147_483_647;

/** Checks a configuration. */
export function readConfig(config: WorkerClientConfig, defaults: { readonly idempotency: Idempotency }): Settings {
  const base = readBaseUrl(config.baseUrl);
  const { fetch } = config;
  if (fetch !== undefined && typeof fetch !== 'function') throw wrong('fetch', 'is not a function');
  return {
    base,
    prefix: base.pathname.replace(/\/+$/, ''),
    apiKey: readApiKey(config.apiKey),
    timeout: readTimeout(config.timeout),
    attemptTimeout: readNumber('attemptTimeout', config.attemptTimeout, { min: 1, max: LONGEST_TIMER }) ?? null,
    maxRetries: readNumber('maxRetries', config.maxRetries, RETRIES) ?? 2,
    idempotency: readChoice('idempotency', config.idempotency, ['auto', 'server', 'off']) ?? defaults.idempotency,
    transport: readChoice('transport', config.transport, ['auto', 'node', 'fetch']) ?? 'auto',
    fetch: fetch ?? null,
    maxConnections: readNumber('maxConnections', config.maxConnections, { min: 1, max: 65_535 }) ?? 64,
    idleTimeout: readNumber('idleTimeout', config.idleTimeout, { min: 1, max: LONGEST_TIMER }) ?? 4000,
    maxResponseBytes:
      readNumber('maxResponseBytes', config.maxResponseBytes, { min: 1, max: Number.MAX_SAFE_INTEGER }) ?? 16_777_216,
    headers: config.headers ?? {},
  };
}

const RETRIES = { min: 0, max: 10, whole: true };

/** Checks the part of a call's options that the configuration has, too. */
export function readCallLimits(
  options: CallOptions,
  settings: Settings,
): { readonly timeout: number; readonly maxRetries: number } {
  return {
    timeout: readNumber('timeout', options.timeout, { min: 1, max: LONGEST_TIMER }) ?? settings.timeout,
    maxRetries: readNumber('maxRetries', options.maxRetries, RETRIES) ?? settings.maxRetries,
  };
}

function readBaseUrl(given: string | undefined): URL {
  const name = given === undefined ? 'WORKER_BACKEND_URL' : 'baseUrl';
  const text = (given ?? readEnvironment('WORKER_BACKEND_URL'))?.trim();
  if (!text) throw new ConfigurationError('baseUrl is missing: give it, or set WORKER_BACKEND_URL');
  // The text itself is not shown: it can hold a password.
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) throw wrong(name, 'is not an http or https URL');
  const url = new URL(text);
  if (url.username || url.password) throw wrong(name, 'holds credentials: use apiKey or headers');
  if (text.includes('?') || text.includes('#')) throw wrong(name, 'has a query or a hash');
  return url;
}

function readApiKey(given: WorkerClientConfig['apiKey']): ApiKey | null {
  if (typeof given === 'function') return given;
  const name = given === undefined ? 'WORKER_BACKEND_API_KEY' : 'apiKey';
  return checkApiKey(given === undefined ? readEnvironment('WORKER_BACKEND_API_KEY') : given, name);
}

/** Blanks around a key are cut; what else no header can carry is refused, and not shown. */
export function checkApiKey(given: unknown, name = 'apiKey'): string | null {
  if (given === undefined || given === null) return null;
  if (typeof given !== 'string') throw wrong(name, 'is not a string');
  const key = given.trim();
  if (!/^[\x21-\x7e]*$/.test(key)) throw wrong(name, 'has characters that no header can carry');
  return key || null;
}

function readTimeout(given: number | undefined): number {
  const range = { min: 1, max: LONGEST_TIMER };
  const seconds = given === undefined ? readEnvironment('WORKER_BACKEND_TIMEOUT')?.trim() : undefined;
  if (!seconds) return readNumber('timeout', given, range) ?? 30_000;
  const milliseconds = Number(seconds) * 1000;
  if (milliseconds >= range.min && milliseconds <= range.max) return milliseconds;
  throw wrong('WORKER_BACKEND_TIMEOUT', 'is not a number of seconds from 0.001 to 2147483');
}

interface Range {
  readonly min: number;
  readonly max: number;
  readonly whole?: boolean;
}

function readNumber(name: string, given: unknown, { min, max, whole = false }: Range): number | undefined {
  if (given === undefined) return undefined;
  const fits = typeof given === 'number' && given >= min && given <= max && (!whole || Number.isInteger(given));
  if (!fits) throw wrong(name, `is not a${whole ? ' whole' : ''} number from ${min} to ${max}`);
  return given;
}

function readChoice<Choice extends string>(
  name: string,
  given: Choice | undefined,
  choices: readonly Choice[],
): Choice | undefined {
  if (given !== undefined && !choices.includes(given)) throw wrong(name, `is none of ${choices.join(', ')}`);
  return given;
}

const wrong = (name: string, fault: string): ConfigurationError => new ConfigurationError(`${name} ${fault}`);

/** Some platforms have no environment, some refuse to show it. */
function readEnvironment(name: string): string | undefined {
  const { process } = globalThis as { process?: { env?: Readonly<Record<string, string | undefined>> } };
  try {
    return process?.env?.[name];
  } catch {
    return undefined;
  }
}
