/** The configuration of a client: given values, else the environment, else defaults; checked once, before anything is sent. */
import type { BatchOptions } from './batch.js';
import type { ApiKey, AppInfo, CallOptions, HeaderValues, Idempotency, WorkerClientConfig } from './config.js';
import { ConfigurationError } from './errors.js';
import { checkApiKey, layHeaders } from './headers.js';
import { type Hooks, LOG_LEVELS, type Logger, type LogLevel } from './observe.js';
import { isPage, readEnvironment } from './platform.js';
import type { Fetch } from './transport-fetch.js';
import type { Validators } from './validate.js';
import type { WaitOptions } from './wait.js';

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
  readonly retryOn: readonly number[];
  readonly validate: Validators;
  readonly hooks: Hooks;
  readonly logger: Logger;
  readonly logLevel: LogLevel;
  readonly logBodies: boolean;
  /** As the `User-Agent` has it. */
  readonly appInfo: string | null;
}

const LONGEST_TIMER = 2_147_483_647;

/** Checks a configuration. */
export function readConfig(config: WorkerClientConfig, defaults: { readonly idempotency: Idempotency }): Settings {
  const base = readBaseUrl(config.baseUrl);
  const { fetch } = config;
  if (fetch !== undefined && typeof fetch !== 'function') throw wrong('fetch', 'is not a function');
  if (fetch && config.transport === 'node') throw wrong('transport', 'is node, and a fetch is given');
  return {
    base,
    prefix: base.pathname.replace(/\/+$/, ''),
    apiKey: readApiKey(config.apiKey),
    timeout: readTimeout(config.timeout),
    attemptTimeout: readNumber('attemptTimeout', config.attemptTimeout, { min: 1, max: LONGEST_TIMER }) ?? null,
    maxRetries: readNumber('maxRetries', config.maxRetries, RETRIES) ?? 2,
    idempotency: readChoice('idempotency', config.idempotency, ['auto', 'server', 'off']) ?? readDefault(defaults),
    transport: readChoice('transport', config.transport, ['auto', 'node', 'fetch']) ?? 'auto',
    fetch: fetch ?? null,
    maxConnections: readNumber('maxConnections', config.maxConnections, { min: 1, max: 65_535 }) ?? 64,
    idleTimeout: readNumber('idleTimeout', config.idleTimeout, { min: 1, max: LONGEST_TIMER }) ?? 4000,
    maxResponseBytes:
      readNumber('maxResponseBytes', config.maxResponseBytes, { min: 1, max: Number.MAX_SAFE_INTEGER }) ?? 16_777_216,
    headers: readHeaders(config.headers),
    retryOn: config.retryOn ?? [408, 425, 429, 500, 502, 503, 504],
    validate: config.validate ?? {},
    hooks: config.hooks ?? {},
    logger: config.logger ?? console,
    logLevel: readLogLevel(config.logLevel),
    logBodies: config.logBodies ?? false,
    appInfo: readAppInfo(config.appInfo),
  };
}

function readHeaders(given: HeaderValues = {}): HeaderValues {
  layHeaders({}, given);
  return given;
}

function readLogLevel(given: LogLevel | undefined): LogLevel {
  const name = given === undefined ? 'WORKER_BACKEND_LOG' : 'logLevel';
  const text: unknown = given ?? (readEnvironment('WORKER_BACKEND_LOG')?.trim().toLowerCase() || 'warn');
  const level = LOG_LEVELS.find((level) => level === text);
  if (!level) throw wrong(name, `is none of ${LOG_LEVELS.join(', ')}`);
  return level;
}

/** A page would need the consent of the other origin for the header. */
const readDefault = ({ idempotency }: { readonly idempotency: Idempotency }): Idempotency =>
  isPage && idempotency === 'auto' ? 'off' : idempotency;

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

export const readWaitLimits = (options: WaitOptions): { timeout: number; interval: number | undefined } => ({
  timeout: readNumber('timeout', options.timeout, { min: 1, max: LONGEST_TIMER }) ?? 300_000,
  interval: readNumber('interval', options.interval, { min: 1, max: LONGEST_TIMER }),
});

export const readBatchLimits = (options: BatchOptions): { concurrency: number } => ({
  concurrency: readNumber('concurrency', options.concurrency, { min: 1, max: 65_535, whole: true }) ?? 16,
});

/** Whether the key travels where others can read it. */
export const isExposed = ({ apiKey, base }: Settings): boolean =>
  apiKey !== null &&
  base.protocol === 'http:' &&
  !/^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(base.hostname);

function readAppInfo(given: AppInfo | undefined): string | null {
  if (given === undefined) return null;
  const text = given.version === undefined ? given.name : `${given.name}/${given.version}`;
  if (!/^[\x21-\x7e]+$/.test(text)) throw wrong('appInfo', 'has characters that are not visible ASCII');
  return text;
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
