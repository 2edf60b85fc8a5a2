/** What a backend in trouble does: the words of the fault table, the same for every language's client. */

/** One answer, or what comes instead of it. */
export interface Answer {
  /** Default 200. */
  readonly status?: number;
  /** `{base}`, `{port}`, `{other}` stand for the run's address, the server's port, and another server's address. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The body: a JSON value, a text, or so many bytes of a JSON text. `endless` never ends. */
  readonly json?: unknown;
  readonly text?: string;
  readonly bytes?: number | 'endless';
  /** Every byte of the answer, in place of all above. */
  readonly raw?: string;
  readonly delayMs?: number;
  /** Where the answer stops, and how: after the request, after the head, or after so many bytes of the body. */
  readonly stop?: {
    readonly after: 'request' | 'head' | number;
    /** `drip` goes on with one byte a quarter of a second; `silence` keeps the connection open. */
    readonly how: 'reset' | 'close' | 'silence' | 'drip';
  };
  /** Closes the connection so many milliseconds after the answer, without having said so. */
  readonly closeAfterMs?: number;
}

export interface Script {
  /** One by one; the last answers every further request. */
  readonly answers: readonly Answer[];
  /** In place of an answer, to a request that is not the first of its connection. */
  readonly reused?: Answer;
  /** Answers at the other address. Default: a job. */
  readonly other?: Answer;
}

/** A request as the server has read it. */
export interface Seen {
  readonly method: string;
  /** Below the run's address. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Number of the connection, and of the request on it. */
  readonly connection: number;
  readonly turn: number;
  readonly server: 'main' | 'other';
  /** Milliseconds since the server started. */
  readonly at: number;
}

export const JOB = { success: true, jobId: 'job-1', messageName: 'file-download-request', queue: 'files' };

export const STATUS = {
  jobId: 'job-1',
  name: 'file-download-request',
  queue: 'files',
  state: 'completed',
  data: { modelId: 'm' },
  returnvalue: { path: '/tmp/m' },
  progress: 100,
  timestamp: 1_700_000_000_000,
};
