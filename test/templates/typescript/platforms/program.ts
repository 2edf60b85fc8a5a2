/** The fault table as a program: reads its job from a file, and prints what it found as JSON. */
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { WorkerClient } from '@mesh-sync/worker-backend-client';
import { type ClientClass, type Job, runCases } from './run.js';

const job = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Job;
process.stdout.write(JSON.stringify(await runCases(WorkerClient as unknown as ClientClass, job)));
process.exit();
