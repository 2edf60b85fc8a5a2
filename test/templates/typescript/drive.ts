/** Drives a client through one case of the fault table, and tells everything that differs from what is expected. */
import { inspect } from 'node:util';
import type { Case, CaseCall, CaseConfig, Expected, ExpectedError } from '../../faults/case.js';
import type { Seen } from '../../faults/script.js';
import type { BaseClient } from '../../../templates/typescript/src/runtime/base-client.js';
import type { WorkerClientConfig } from '../../../templates/typescript/src/runtime/config.js';

export type AnyClient = BaseClient<Record<string, unknown>, object>;

/** Where the server of the table is. */
export interface Places {
  readonly base: string;
  readonly port: number;
  readonly refused: number;
}

export interface Outcome {
  readonly result?: unknown;
  readonly error?: unknown;
  /** The client could not be made. */
  readonly refused?: true;
  readonly reason?: unknown;
  readonly elapsedMs: number;
}

/** Makes the client, makes the calls, and gives back what came of the last one. */
export async function drive(
  { config = {}, before = [], call }: Case,
  places: Places,
  makeClient: (config: WorkerClientConfig) => AnyClient,
): Promise<Outcome> {
  const startedAt = performance.now();
  const client = construct(config, places, makeClient);
  if ('refused' in client) return { ...client, elapsedMs: performance.now() - startedAt };
  try {
    for (const earlier of before) {
      await runCall(client, earlier);
      // The connection is back in the pool a moment after the answer.
      await new Promise((resolve) => {
        setTimeout(resolve, 5);
      });
    }
    if (!call) return { elapsedMs: 0 };
    return await runCall(client, call);
  } finally {
    await client.close();
  }
}

function construct(
  config: CaseConfig,
  places: Places,
  makeClient: (config: WorkerClientConfig) => AnyClient,
): AnyClient | { readonly refused: true; readonly error: unknown } {
  const { environment = {} } = config;
  const set = Object.entries(environment).map(([name, value]) => [name, fill(value, places)] as const);
  for (const [name, value] of set) process.env[name] = value;
  try {
    return makeClient(readConfig(config, places));
  } catch (error) {
    return { refused: true, error };
  } finally {
    for (const [name] of set) delete process.env[name];
  }
}

const fill = (text: string, { base, port, refused }: Places): string =>
  text.replace('{base}', base).replace('{port}', String(port)).replace('{refused}', String(refused));

function readConfig(config: CaseConfig, places: Places): WorkerClientConfig {
  const { baseUrl = '{base}', timeoutMs = 1000, attemptTimeoutMs, apiKeys, environment, ...rest } = config;
  const keys = [...(apiKeys ?? [])];
  const isTimed = environment?.['WORKER_BACKEND_TIMEOUT'] !== undefined;
  return {
    ...rest,
    baseUrl: baseUrl === null ? undefined : fill(baseUrl, places),
    timeout: isTimed ? undefined : Number(timeoutMs),
    attemptTimeout: attemptTimeoutMs,
    ...(apiKeys && { apiKey: () => (keys.length > 1 ? keys.shift() : keys[0]) }),
  };
}

async function runCall(client: AnyClient, call: CaseCall): Promise<Outcome> {
  const { abortAfterMs, timeoutMs, maxRetries, headers } = call;
  const controller = new AbortController();
  const reason = new Error('given up');
  if (abortAfterMs === 0) controller.abort(reason);
  if (abortAfterMs !== undefined && abortAfterMs > 0) setTimeout(() => controller.abort(reason), abortAfterMs);
  const options = { signal: controller.signal, timeout: timeoutMs, maxRetries, headers };
  const startedAt = performance.now();
  const work =
    'send' in call
      ? client.sendToQueue(call.send, call.payload, {
          ...options,
          idempotencyKey: call.idempotencyKey,
          traceparent: call.traceparent,
        })
      : client.getJobStatus(call.status, options);
  return work.then(
    (result) => ({ result, reason, elapsedMs: performance.now() - startedAt }),
    (error: unknown) => ({ error, reason, elapsedMs: performance.now() - startedAt }),
  );
}

/**
 * Everything that differs, one line each.
 *
 * @param busyMs - how much later than on an idle machine something may come
 */
export function findDifferences(outcome: Outcome, seen: readonly Seen[], expected: Expected, busyMs = 1000): string[] {
  const { result, error, aborted, refused, elapsedMs } = expected;
  const main = seen.filter(({ server }) => server === 'main');
  const faults: string[] = [];
  const check = (name: string, actual: unknown, wanted: unknown): void => {
    if (wanted !== undefined && JSON.stringify(actual) !== JSON.stringify(wanted)) {
      faults.push(`${name} is ${inspect(actual)}, not ${inspect(wanted)}`);
    }
  };
  if (!result && !error && !aborted) throw new Error('the case expects nothing');
  if (result) {
    if (outcome.error !== undefined) faults.push(`fails with ${inspect(outcome.error)}`);
    for (const [key, value] of Object.entries(result)) check(key, readFact(outcome.result, key), value);
  }
  if (error) faults.push(...findErrorDifferences(outcome.error, error));
  if (aborted && outcome.error !== outcome.reason) faults.push(`rejects with ${inspect(outcome.error)}`);
  check('refused', outcome.refused, refused);
  if (elapsedMs && (outcome.elapsedMs < elapsedMs[0] || outcome.elapsedMs > elapsedMs[1] + busyMs)) {
    faults.push(`took ${Math.round(outcome.elapsedMs)} ms, not ${elapsedMs.join(' to ')}`);
  }
  check('requests', main.length, expected.requests);
  check('other requests', seen.length - main.length, expected.otherRequests ?? 0);
  check(
    'paths',
    main.map(({ path }) => path),
    expected.paths,
  );
  check(
    'bodies',
    main.map(({ body }) => body),
    expected.bodies,
  );
  check('connections', new Set(main.map(({ connection }) => connection)).size, expected.connections);
  for (const [index, headers] of (expected.headers ?? []).entries()) {
    for (const [name, value] of Object.entries(headers)) {
      const actual = main[index]?.headers[name];
      if (value === '*' ? actual === undefined : actual !== (value ?? undefined)) {
        faults.push(`header ${name} of request ${index + 1} is ${actual}, not ${value}`);
      }
    }
  }
  for (const name of expected.constant ?? []) {
    if (new Set(main.map(({ headers }) => headers[name])).size > 1) faults.push(`header ${name} changes`);
  }
  return faults;
}

function findErrorDifferences(error: unknown, expected: ExpectedError): string[] {
  if (!(error instanceof Error)) return [`does not fail with an Error but ${inspect(error)}`];
  const { type, says = [], hides = [], problem, ...facts } = expected;
  const printed = [error.message, error.stack, inspect(error, { depth: 9, showHidden: true }), JSON.stringify(error)];
  const shown = Object.entries(facts).filter(([name, value]) => readFact(error, name) !== value);
  return [
    ...(error.name === type && error.constructor.name === type ? [] : [`is ${inspect(error)}, not ${type}`]),
    ...shown.map(([name, value]) => `${name} is ${inspect(readFact(error, name))}, not ${inspect(value)}`),
    ...Object.entries(problem ?? {})
      .filter(([name, value]) => readFact(readFact(error, 'problem'), name) !== value)
      .map(([name]) => `problem.${name} is ${inspect(readFact(error, 'problem'))}`),
    ...says.filter((text) => !error.message.includes(text)).map((text) => `does not say ${text}: ${error.message}`),
    ...hides.filter((text) => printed.some((print) => print?.includes(text))).map((text) => `shows ${inspect(text)}`),
  ];
}

const readFact = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
