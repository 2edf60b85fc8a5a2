/** The packed package before compilers of its users: old and new, with and without a DOM, in both ways to resolve modules. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { installPackedPackage, PACKAGE, type Project } from './packed-package.js';

const require = createRequire(import.meta.url);

/** The compiler that a package brings along, or our own. */
const findCompiler = (owner?: string): string => {
  const from = owner === undefined ? require : createRequire(require.resolve(owner));
  return path.join(path.dirname(from.resolve('typescript/package.json')), 'bin/tsc');
};

const COMPILERS = {
  5.6: findCompiler('@arethetypeswrong/core'),
  5.9: findCompiler('quicktype-typescript-input'),
  7: findCompiler(),
};

const PROGRAM = `
import { BatchError, type BatchResult, type Fetch, HttpError, isWorkerClientError, type JobResponse, type JobStatus, MessageTypes, WorkerClient } from '${PACKAGE}';
import { createProcessor, type JobHandlers, UnrecoverableError } from '${PACKAGE}/worker';

const payload = { modelId: 'm', storageLocation: { storageConnectionId: 'c', path: 'p' } };

export async function main(fetch: Fetch): Promise<readonly unknown[]> {
  const client = new WorkerClient({ baseUrl: 'http://host', apiKey: async () => 'key', timeout: 1000, fetch });
  const job = await client.sendToQueue(MessageTypes.FILE_DOWNLOAD_REQUEST, payload, { idempotencyKey: 'order-17' });
  const peers: { success: boolean; jobId: string; messageName: string; queue: string } = job;
  const any: JobResponse = await client.fileDownloadRequest(payload);
  const status: JobStatus = await client.getJobStatus(any.jobId);
  const reason: string | undefined = status.state === 'failed' ? status.failedReason : undefined;
  const progress: number = status.progress;
  const value: string = status.returnvalue;
  const done = await client.waitForJob(job, { onUpdate: ({ state }) => void state });
  const modelId: string = done.data.modelId;
  const results: readonly BatchResult[] = await client.sendBatch([{ type: 'file-download-request', payload }]);
  for await (const result of client.sendMany([])) if (!result.ok) throw result.error;
  try {
    await client.close();
  } catch (error) {
    if (error instanceof HttpError) return [error.status, error.problem?.detail, error.retryAfter];
    if (error instanceof BatchError) return [error.results];
    if (isWorkerClientError(error)) return [error.code, error.maybeEnqueued];
  }
  // @ts-expect-error a payload is what its schema says
  await client.sendToQueue('file-download-request', { modelId: 1 });
  // @ts-expect-error there is no such message
  await client.sendToQueue('file-download-requests', payload);
  const handlers: JobHandlers = {
    'file-download-request': async (payload, job) => {
      await job.updateProgress(50);
      if (payload.modelId === '') throw new UnrecoverableError('no model');
    },
  };
  return [peers, reason, progress, value, modelId, results, createProcessor(handlers)];
}
`;

const OPTIONS = {
  target: 'es2022',
  types: [],
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  noPropertyAccessFromIndexSignature: true,
  isolatedModules: true,
  verbatimModuleSyntax: true,
  skipLibCheck: false,
};

let project: Project;
beforeAll(() => {
  project = installPackedPackage();
  writeFileSync(path.join(project.folder, 'program.ts'), PROGRAM);
});
afterAll(() => project.remove());

/** The lines that the compiler prints; none when nothing is wrong. */
function compile(compiler: string, options: object): readonly string[] {
  const config = JSON.stringify({ compilerOptions: { ...OPTIONS, ...options }, files: ['program.ts'] });
  writeFileSync(path.join(project.folder, 'tsconfig.json'), config);
  try {
    execFileSync(process.execPath, [compiler, '--pretty', 'false'], { cwd: project.folder, encoding: 'utf8' });
    return [];
  } catch (error) {
    return (error as { readonly stdout: string }).stdout.split('\n').filter((line) => line !== '');
  }
}

const BARE = ['es2022'];
const DOM = ['esnext', 'dom', 'dom.iterable'];

it.each([
  ['5.6', 'nodenext', BARE],
  ['5.6', 'bundler', DOM],
  ['5.9', 'nodenext', BARE],
  ['7', 'nodenext', BARE],
  ['7', 'nodenext', DOM],
  ['7', 'bundler', BARE],
  ['7', 'bundler', DOM],
] as const)('TypeScript %s takes it, resolving by %s, with %j', (version, moduleResolution, lib) => {
  const module = moduleResolution === 'bundler' ? 'esnext' : moduleResolution;
  expect(compile(COMPILERS[version], { module, moduleResolution, lib })).toEqual([]);
});
