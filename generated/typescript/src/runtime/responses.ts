/** What the backend answers: the job that was enqueued, and how a job stands. */

/** Whatever JSON a job holds: nothing is promised of it, so nothing is checked. */
export type JobValue = ReturnType<JSON['parse']>;

declare const messageType: unique symbol;

/** A job that the backend has taken. */
export interface JobResponse<T extends string = string> {
  success: boolean;
  jobId: string;
  messageName: string;
  queue: string;
  /** Never there: carries the message type for `waitForJob`. */
  readonly [messageType]?: T;
}

interface JobFacts<Data> {
  jobId: string;
  name: string;
  queue: string;
  data: Data;
  /** When the job was enqueued, in milliseconds since 1970. */
  timestamp: number;
  progress?: JobValue;
  attemptsMade?: number;
  finishedOn?: number;
}

export interface CompletedJob<Data = JobValue, Result = JobValue> extends JobFacts<Data> {
  state: 'completed';
  returnvalue: Result;
}

/** Failed for good: while tries are left, the state is `delayed` or `waiting`. */
export interface FailedJob<Data = JobValue> extends JobFacts<Data> {
  state: 'failed';
  failedReason?: string;
  returnvalue?: JobValue;
}

export interface UnfinishedJob<Data = JobValue> extends JobFacts<Data> {
  state: 'waiting' | 'active' | 'delayed' | 'prioritized' | 'waiting-children' | 'unknown';
  returnvalue?: JobValue;
}

/** How a job stands: narrow it by `state`. */
export type JobStatus<Data = JobValue, Result = JobValue> =
  CompletedJob<Data, Result> | FailedJob<Data> | UnfinishedJob<Data>;

export type JobState = JobStatus['state'];
