/** The fault table in a page or a worker: takes its job from whoever opened it. */
import { WorkerClient } from '@mesh-sync/worker-backend-client';
import { type ClientClass, type Job, runCases } from './run.js';

Object.assign(globalThis, { runJob: (job: Job) => runCases(WorkerClient as unknown as ClientClass, job) });
