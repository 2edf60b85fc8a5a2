/** The configuration of a client: given values, else the environment, else defaults; checked once, before anything is sent. */
import type { ApiKey, AppInfo, Idempotency, Logger, LogLevel, WorkerClientConfig } from './config.js';
import { ConfigurationError } from './errors.js';
import { checkApiKey, layHeaders } from './header-rules.js';
import { readNumber } from './limits.js';
import { isPage, readEnvironment } from './platform.js';

/** A configuration that has passed every check. */
export type Settings = ReturnType<typeof readConfig>;

export const LOG_LEVELS: readonly LogLevel[] = ['off', 'error', 'warn', 'info', 'debug'];

/** Checks a configuration. */
export function readConfig(config: WorkerClientConfig, defaults: { readonly idempotency: Idempotency }) {
  const { fetch, headers = {}, retryOn = [408, 425, 429, 500, 502, 503, 504] } = config;
  const { validate = {}, hooks = {}, logBodies = false } = config;
  if (Object(validate) !== validate) throw wrong('validate', 'is no schema, and no record of them');
  const logger: Logger = config.logger ?? console;
  if (fetch !== undefined && typeof fetch !== 'function') throw wrong('fetch', 'is not a function');
  if (fetch && config.transport === 'node') throw wrong('transport', 'is node, and a fetch is given');
  const base = readBaseUrl(config.baseUrl);
  layHeaders({}, headers);
  const wish = config.idempotency ?? defaults.idempotency;
  const idempotency = readChoice(['auto', 'server', 'off'], 'idempotency', wish);
  const level = readEnvironment('WORKER_BACKEND_LOG')?.toLowerCase() ?? 'warn';
  return {
    base,
    /** Path of the base, without a slash at its end. */
    prefix: base.pathname.replace(/\/+$/, ''),
    apiKey: readApiKey(config.apiKey),
    timeout: readNumber(config, 'timeout', undefined) ?? readTimeout(),
    attemptTimeout: readNumber(config, 'attemptTimeout', null),
    maxRetries: readNumber(config, 'maxRetries', 2),
    maxConnections: readNumber(config, 'maxConnections', 64),
    idleTimeout: readNumber(config, 'idleTimeout', 4000),
    maxResponseBytes: readNumber(config, 'maxResponseBytes', 16_777_216),
    // A page would need the consent of the other origin for the header of the key.
    idempotency: isPage && idempotency === 'auto' ? 'off' : idempotency,
    transport: readChoice(['auto', 'node', 'fetch'], 'transport', config.transport ?? 'auto'),
    logLevel: config.logLevel
      ? readChoice(LOG_LEVELS, 'logLevel', config.logLevel)
      : readChoice(LOG_LEVELS, 'WORKER_BACKEND_LOG', level),
    appInfo: readAppInfo(config.appInfo),
    fetch,
    headers,
    retryOn,
    validate,
    hooks,
    logger,
    logBodies,
  };
}

function readBaseUrl(given: string | undefined): URL {
  const name = given === undefined ? 'WORKER_BACKEND_URL' : 'baseUrl';
  const text = given?.trim() ?? readEnvironment('WORKER_BACKEND_URL');
  if (!text) throw wrong('baseUrl', 'is missing: give it, or set WORKER_BACKEND_URL');
  // The text itself is not shown: it can hold a password.
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) throw wrong(name, 'is no http or https URL');
  const url = new URL(text);
  if (url.username || url.password) throw wrong(name, 'holds credentials: use apiKey or headers');
  if (/[?#]/.test(text)) throw wrong(name, 'has a query or a hash');
  return url;
}

function readApiKey(given: WorkerClientConfig['apiKey']): ApiKey | null {
  if (typeof given === 'function') return given;
  const name = 'WORKER_BACKEND_API_KEY';
  return given === undefined ? checkApiKey(readEnvironment(name), name) : checkApiKey(given);
}

function readTimeout(): number {
  const name = 'WORKER_BACKEND_TIMEOUT';
  const seconds = readEnvironment(name) ?? '30';
  try {
    return readNumber({ timeout: Number(seconds) * 1000 }, 'timeout', 0);
  } catch {
    throw wrong(name, 'is no number of seconds from 0.001 to 2147483');
  }
}

function readChoice<Choice extends string>(choices: readonly Choice[], name: string, given: string): Choice {
  const choice = choices.find((choice) => choice === given);
  if (choice === undefined) throw wrong(name, `is none of ${choices.join(', ')}`);
  return choice;
}

/** As the `User-Agent` has it. */
function readAppInfo(given: AppInfo | undefined): string | null {
  if (!given) return null;
  const text = given.version === undefined ? given.name : `${given.name}/${given.version}`;
  if (!/^[\x21-\x7e]+$/.test(text)) throw wrong('appInfo', 'is nothing that a header can carry');
  return text;
}

const wrong = (name: string, fault: string): ConfigurationError => new ConfigurationError(`${name} ${fault}`);
