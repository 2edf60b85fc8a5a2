/** Typed consumers: a function for each message type becomes one processor for a BullMQ `Worker`. */
import type { PayloadIssue } from './errors.js';
import { PayloadValidationError } from './errors.js';
import type { JobValue } from './responses.js';
import { validatePayload, ValidatorCache, type Validation } from './validate.js';

/** The part of BullMQ's `Job` that a handler needs most. */
export interface WorkerJob<Payload = JobValue> {
  readonly id?: string | undefined;
  /** The message type. */
  readonly name: string;
  readonly data: Payload;
  readonly attemptsMade: number;
  updateProgress(progress: string | boolean | number | object): Promise<void>;
  log(row: string): Promise<number>;
}

type Result<Results, T> = T extends keyof Results ? Results[T] : JobValue;

/** A message whose schema allows no payload has no jobs. */
type MessageTypeOf<Payloads> = { [T in keyof Payloads]: [Payloads[T]] extends [never] ? never : T }[keyof Payloads];

/** What a worker does with the jobs of each message type; what it returns is the job's `returnvalue`. */
export type Handlers<Payloads, Results> = {
  readonly [T in MessageTypeOf<Payloads>]?: (
    payload: Payloads[T],
    job: WorkerJob<Payloads[T]>,
  ) => Result<Results, T> | Promise<Result<Results, T>>;
};

export interface ProcessorOptions {
  /** Payloads are checked before a handler sees them. */
  readonly validate?: Validation | undefined;
}

export type Processor = (job: WorkerJob) => Promise<JobValue>;

/** Another try would fail the same; BullMQ knows it by its name. */
export class UnrecoverableError extends Error {
  /** Faults of the payload, when it is that. */
  readonly issues: readonly PayloadIssue[];

  constructor(message: string, issues: readonly PayloadIssue[] = []) {
    super(message);
    this.name = 'UnrecoverableError';
    this.issues = issues;
  }
}

/** For `new Worker(queue, processor)`. */
export function makeProcessor(
  handlers: Readonly<Record<string, ((payload: JobValue, job: WorkerJob) => JobValue) | undefined>>,
  { validate = {} }: ProcessorOptions = {},
): Processor {
  const validators = new ValidatorCache(validate);
  return async (job) => {
    const handler = Object.hasOwn(handlers, job.name) ? handlers[job.name] : undefined;
    if (!handler) throw new UnrecoverableError(`this worker has no handler for ${job.name}`);
    const schema = validators.find(job.name);
    if (!schema) return handler(job.data, job);
    return handler(await readPayload(job, schema), job);
  };
}

async function readPayload(
  { name, data }: WorkerJob,
  schema: NonNullable<ReturnType<ValidatorCache['find']>>,
): Promise<JobValue> {
  try {
    return await validatePayload({ messageType: name, payload: data, schema });
  } catch (error) {
    if (error instanceof PayloadValidationError) throw new UnrecoverableError(error.message, error.issues);
    throw error;
  }
}
