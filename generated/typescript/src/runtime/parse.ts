/** Answers that are a success, read without trust: what is no job and no status is an error. */
import { JobRejectedError, ResponseError, type ResponseFacts } from './errors.js';
import { describe, SNIPPET_LENGTH } from './http-errors.js';
import { isObject, type JsonObject, parseJson } from './json.js';
import type { JobResponse, JobStatus } from './responses.js';
import type { TransportAnswer } from './transport.js';

/** The answer to a send. */
export function parseJobResponse<T extends string>(answer: TransportAnswer, messageType: T): JobResponse<T> {
  const body = parseBody(answer);
  if (body['success'] === false) {
    throw new JobRejectedError(describe(body) ?? 'the backend rejected the job', factsOf(answer));
  }
  const jobId = readJobId(body['jobId']);
  if (jobId === undefined) throw unusable(answer, 'has no jobId', true);
  const { messageName, queue } = body;
  return {
    ...body,
    success: true,
    jobId,
    messageName: typeof messageName === 'string' ? messageName : messageType,
    queue: typeof queue === 'string' ? queue : '',
  };
}

/** The answer to a question for a job. */
export function parseJobStatus(answer: TransportAnswer, jobId: string): JobStatus {
  const body = parseBody(answer);
  if (!isStatus(body)) throw unusable(answer, 'has no job state', false);
  return { ...body, jobId: readJobId(body['jobId']) ?? jobId };
}

const isStatus = (body: JsonObject): body is JsonObject & JobStatus => typeof body['state'] === 'string';

/** Some backends number their jobs. */
function readJobId(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function parseBody(answer: TransportAnswer): JsonObject {
  if (!answer.whole) throw unusable(answer, 'is larger than maxResponseBytes', true);
  if (answer.text.trim() === '') throw unusable(answer, 'is empty', true);
  const body = parseJson(answer.text);
  if (body === undefined) throw unusable(answer, 'is not JSON', true);
  if (!isObject(body)) throw unusable(answer, 'is not a JSON object', true);
  return body;
}

const unusable = (answer: TransportAnswer, fault: string, maybeEnqueued: boolean): ResponseError =>
  new ResponseError(`the answer (HTTP ${answer.status}) ${fault}`, { ...factsOf(answer), maybeEnqueued });

const factsOf = ({ status, headers, text }: TransportAnswer): ResponseFacts => ({
  status,
  contentType: headers['content-type'] ?? '',
  snippet: text.slice(0, SNIPPET_LENGTH),
});
