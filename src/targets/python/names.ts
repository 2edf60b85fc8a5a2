/** Names that the client, its package and Python use themselves. */
import { snakeCase } from '../../text/words.js';
import { KEYWORDS } from './print.js';

/** Message types whose method would hide a member of the client or a name that its class uses, or is a keyword. */
export const RESERVED_METHODS: ReadonlySet<string> = new Set([
  ...[...KEYWORDS].filter((word) => word === word.toLowerCase()),
  'aclose',
  'close',
  'deprecated',
  'get-job-status',
  'object',
  'overload',
  'send-batch',
  'send-many',
  'send-to-queue',
  'str',
  'wait-for-job',
]);

/** What `types.py` imports from `typing`, where it uses it. */
export const TYPING: readonly string[] = [
  'Final',
  'Literal',
  'Never',
  'NotRequired',
  'TypeAlias',
  'TypedDict',
  'Union',
];

/** Names that no shared type can have: those that `types.py` uses or defines itself. */
export const RESERVED_TYPES: ReadonlySet<string> = new Set([
  ...TYPING,
  ...KEYWORDS,
  'Mapping',
  'MessageType',
  'MessageTypes',
]);

/** What the module exports beside the payload types; `__init__.py` is where it does. */
export const EXPORTS: readonly string[] = [
  'AsyncWorkerClient',
  'AuthenticationError',
  'BadRequestError',
  'BatchError',
  'BatchItem',
  'BatchOptions',
  'BatchResult',
  'CallOptions',
  'ConfigurationError',
  'ConflictError',
  'ConnectionError',
  'HookEvent',
  'Hooks',
  'HttpError',
  'Issue',
  'JobFailedError',
  'JobNotFoundError',
  'JobOptions',
  'JobRejectedError',
  'JobResponse',
  'JobState',
  'JobStatus',
  'MessageType',
  'MessageTypes',
  'NotFoundError',
  'PayloadTooLargeError',
  'PayloadValidationError',
  'PermissionDeniedError',
  'RateLimitError',
  'RedirectError',
  'ResponseError',
  'SendOptions',
  'ServerError',
  'TimeoutError',
  'TransportError',
  'UnprocessableEntityError',
  'WaitOptions',
  'WaitTimeoutError',
  'WorkerClient',
  'WorkerClientError',
];

/** The method of a message: `file_download_request`; `close_message` where `close` is the client's own. */
export const methodName = (words: readonly string[]): string =>
  snakeCase(RESERVED_METHODS.has(words.join('-')) ? [...words, 'message'] : words);
