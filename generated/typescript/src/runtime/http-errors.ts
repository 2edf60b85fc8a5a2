/** Answers that are no success, as errors: the class by the status, the text from whatever the answer says. */
import * as errors from './errors.js';
import { cutText, isObject, isText, type JsonObject, parseJson } from './json.js';
import { readRetryAfter } from './retry-after.js';
import type { TransportAnswer } from './transport.js';

const MESSAGE_LENGTH = 300;
export const SNIPPET_LENGTH = 1024;

const BY_STATUS: Readonly<Record<number, typeof errors.HttpError>> = {
  400: errors.BadRequestError,
  401: errors.AuthenticationError,
  403: errors.PermissionDeniedError,
  404: errors.NotFoundError,
  409: errors.ConflictError,
  413: errors.PayloadTooLargeError,
  422: errors.UnprocessableEntityError,
  429: errors.RateLimitError,
};

/** Of the job route, a 404 is about the job. */
function classOf(status: number, ofJob: boolean): typeof errors.HttpError {
  if (status === 404 && ofJob) return errors.JobNotFoundError;
  if (status >= 300 && status < 400) return errors.RedirectError;
  return BY_STATUS[status] ?? (status >= 500 ? errors.ServerError : errors.HttpError);
}

export function makeHttpError(
  answer: TransportAnswer,
  { ofJob, maybeEnqueued }: { readonly ofJob: boolean; readonly maybeEnqueued: boolean },
): errors.HttpError {
  const { status, headers } = answer;
  const body = parseJson(answer.text);
  const problem = isProblem(body, headers) ? body : undefined;
  const said = cutText(describe(body, problem) ?? plainText(answer.text, body), MESSAGE_LENGTH);
  const wait = readRetryAfter(headers);
  return new (classOf(status, ofJob))(`HTTP ${status}: ${said || answer.statusText || 'no reason given'}`, {
    status,
    headers,
    body: body === undefined ? answer.text.slice(0, SNIPPET_LENGTH) : body,
    maybeEnqueued,
    ...optional('requestId', findRequestId(headers)),
    ...optional('problem', problem),
    ...optional('retryAfter', wait === undefined ? undefined : wait / 1000),
    ...optional('location', headers['location']),
  });
}

const optional = <Name extends string, Value>(name: Name, value: Value | undefined): { [name in Name]?: Value } =>
  value === undefined ? {} : ({ [name]: value } as { [name in Name]?: Value });

/** JSON that says nothing in the usual places, or breaks off, may be the payload again. */
const plainText = (text: string, body: unknown): string => (body === undefined && !/^\s*[[{]/.test(text) ? text : '');

const isProblem = (body: unknown, headers: TransportAnswer['headers']): body is JsonObject =>
  isObject(body) && (/problem\+json/i.test(headers['content-type'] ?? '') || typeof body['detail'] === 'string');

const findRequestId = (headers: TransportAnswer['headers']): string | undefined =>
  headers['x-request-id'] || headers['request-id'] || headers['x-correlation-id'] || headers['traceparent'];

/** The first that is a text: the answer itself, problem details, `error`, `message`, the first of `errors`. */
export function describe(body: unknown, problem?: JsonObject): string | undefined {
  if (!isObject(body)) return isText(body) ? body : undefined;
  const { error, message, errors: list } = body;
  const first: unknown = Array.isArray(list) ? list[0] : undefined;
  return [
    problem && [problem['title'], problem['detail']].filter(isText).join(': '),
    isObject(error) ? error['message'] : error,
    isObject(message) ? message['message'] : message,
    isObject(first) ? first['message'] : first,
  ].find(isText);
}
