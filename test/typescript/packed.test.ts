/**
 * The package as its users get it, however they load it. Compilers that other packages bring along are asked in
 * `test/templates/typescript/consumer.test.ts`; the one that none brings comes from the registry.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installPackedPackage, PACKAGE, type Project } from '../templates/typescript/packed-package.js';
import { writeFiles } from '../temp-folder.js';
import { compile } from './built-package.js';

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));

/** How callers resolve modules; a program for Node.js may know nothing of the browser's types. */
const MODULES = [
  { module: 'nodenext', moduleResolution: 'nodenext', lib: ['es2022'] },
  { module: 'esnext', moduleResolution: 'bundler', lib: ['es2022', 'dom'] },
  { module: 'preserve', moduleResolution: 'bundler', lib: ['es2022', 'dom'] },
];

/** Every strict flag, and declaration files are checked, too. */
const STRICT = {
  target: 'es2022',
  types: [],
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  allowUnreachableCode: false,
  isolatedModules: true,
  verbatimModuleSyntax: true,
  skipLibCheck: false,
};

const PROGRAM = `
import { validators } from '${PACKAGE}/validators';
import isPayload from '${PACKAGE}/validators/file-download-request';
import { type FileDownloadRequestMessage, isWorkerClientError, type MessagePayloads, MessageTypes, WorkerClient } from '${PACKAGE}';

export const checked = new WorkerClient({ baseUrl: 'http://localhost:3000', validate: validators });
export const modelOf = (value: unknown): string => (isPayload(value) ? value.modelId : '');

export async function main(data: FileDownloadRequestMessage): Promise<string> {
  await using client = new WorkerClient({ baseUrl: 'http://localhost:3000' });
  const job = await client.fileDownloadRequest(data);
  const payload: MessagePayloads['file-download-request'] = data;
  await client.sendToQueue(MessageTypes.FILE_DOWNLOAD_REQUEST, payload);
  // @ts-expect-error a field is missing
  await client.fileDownloadRequest({ modelId: 'a' });
  try {
    const status = await client.getJobStatus(job.jobId);
    return status.state === 'failed' ? (status.failedReason ?? '') : status.queue;
  } catch (error) {
    if (isWorkerClientError(error)) return error.code;
    throw error;
  }
}
`;

/** A program that nothing answers: a payload that is sent fails in another way. */
const VALIDATED = `
import { WorkerClient } from '${PACKAGE}';
import { validators } from '${PACKAGE}/validators';
import isPayload from '${PACKAGE}/validators/file-download-request';

const fetch = () => Promise.reject(new TypeError('sent'));
const client = new WorkerClient({ baseUrl: 'http://localhost:1', validate: validators, maxRetries: 0, fetch });
const payload = { modelId: 'a', storageLocation: { storageConnectionId: 'b', path: '/c' } };
for (const data of [payload, { ...payload, storageLocation: { path: 5, storageConnectionId: 'b' } }]) {
  const error = await client.fileDownloadRequest(data).catch((error) => error);
  console.log(isPayload(data), error.name, JSON.stringify(error.issues));
}
`;

let project: Project;
/** TypeScript 6; `undefined` where the registry cannot be reached. */
let sixth: string | undefined;

beforeAll(() => {
  project = installPackedPackage();
  writeFiles(project.folder, { 'program.ts': PROGRAM });
  sixth = installCompiler(path.join(project.folder, '../compiler'));
});
afterAll(() => project.remove());

/** In CI the registry must be there. */
function installCompiler(folder: string): string | undefined {
  writeFiles(folder, { 'package.json': '{ "private": true }' });
  const flags = ['--no-audit', '--no-fund', '--prefer-offline', '--silent'];
  try {
    execFileSync('npm', ['install', ...flags, 'typescript@^6.0.0'], { cwd: folder, stdio: 'pipe' });
    return path.join(folder, 'node_modules/typescript/bin/tsc');
  } catch (error) {
    if (process.env['CI'] !== undefined) throw error;
    return undefined;
  }
}

describe('the packed package', () => {
  it.for(['6', '7'])('compiles for a caller with TypeScript %s', (version, context) => {
    const compiler = version === '6' ? sixth : path.join(modules, 'typescript/bin/tsc');
    if (compiler === undefined) return context.skip('the npm registry cannot be reached');
    const faults = MODULES.flatMap((module) => {
      const compilerOptions = { ...STRICT, ...module };
      writeFiles(project.folder, { 'tsconfig.json': JSON.stringify({ compilerOptions, files: ['program.ts'] }) });
      return compile(project.folder, { compiler }).map((line) => `${module.module}: ${line}`);
    });
    expect(faults).toEqual([]);
  });

  it('is loaded by import and by require', () => {
    const check = `console.log(typeof new WorkerClient({ baseUrl: 'http://localhost' }).fileDownloadRequest, MessageTypes.FILE_DOWNLOAD_REQUEST);`;
    writeFiles(project.folder, {
      'load.mjs': `import { MessageTypes, WorkerClient } from '${PACKAGE}';\n${check}`,
      'load.cjs': `const { MessageTypes, WorkerClient } = require('${PACKAGE}');\n${check}`,
    });
    const load = (file: string): string =>
      execFileSync(process.execPath, [file], {
        cwd: project.folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    expect(load('load.mjs')).toBe('function file-download-request\n');
    expect(load('load.cjs')).toBe('function file-download-request\n');
  });

  it('checks payloads by its own validators before anything is sent', () => {
    writeFiles(project.folder, { 'validated.mjs': VALIDATED });
    const printed = execFileSync(process.execPath, ['validated.mjs'], { cwd: project.folder, encoding: 'utf8' });
    const issues = [{ path: '/storageLocation/path', keyword: 'type', message: 'must be string' }];
    expect(printed.trim().split('\n')).toEqual([
      'true TransportError undefined',
      `false PayloadValidationError ${JSON.stringify(issues)}`,
    ]);
  });

  it('is found right by publint and by are-the-types-wrong', () => {
    const source = path.join(project.folder, '../source');
    const tarball = fs.readdirSync(source).find((file) => file.endsWith('.tgz')) ?? '';
    const run = (tool: string, ...args: string[]): string =>
      execFileSync(process.execPath, [path.join(modules, tool), ...args], { cwd: source, encoding: 'utf8' });
    expect(run('publint/src/cli.js', tarball)).toContain('All good!');
    // What the profile does not ask for is said to be ignored; anything else ends it with another code than 0.
    const judged = run('@arethetypeswrong/cli/dist/index.js', tarball, '--profile', 'esm-only').split('\n');
    expect(judged.filter((line) => /💀|❌|⚠️/u.test(line) && !line.includes('(ignored'))).toEqual([]);
  });

  it('holds what it needs and nothing else', () => {
    const folder = path.join(project.folder, 'node_modules', PACKAGE);
    expect(fs.readdirSync(folder).toSorted()).toEqual([
      'LICENSE',
      'README.md',
      'dist',
      'package.json',
      'src',
      'validators',
      'validators.d.ts',
      'validators.js',
    ]);
    const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as object;
    expect(manifest).not.toHaveProperty('dependencies');
  });
});
