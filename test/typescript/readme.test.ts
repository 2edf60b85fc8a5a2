/** Every block of the generated README compiles for a caller, and does what it shows against a backend. */
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { ts } from 'ts-morph';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeBlocks } from '../markdown.js';
import { writeFiles } from '../temp-folder.js';
import { installPackedPackage, PACKAGE, type Project } from '../templates/typescript/packed-package.js';
import { compile } from './built-package.js';

const run = promisify(execFile);
const SCHEMA = new URL('../../schemas/file-download-request.schema.json', import.meta.url);

interface Received {
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
}

let project: Project;
let blocks: readonly string[];
let server: http.Server;
const received: Received[] = [];

/** A backend that takes every job, and has finished every job that it is asked for. */
function answer(request: http.IncomingMessage, body: string): unknown {
  const [, , , name = ''] = (request.url ?? '').split('/');
  if (request.method === 'POST')
    return { success: true, jobId: 'job-1', messageName: name, queue: `${name}-queue`, body };
  return { jobId: name, name: 'message', queue: 'queue', state: 'completed', data: {}, returnvalue: {}, timestamp: 1 };
}

beforeAll(async () => {
  project = installPackedPackage();
  const readme = fs.readFileSync(path.join(project.folder, 'node_modules', PACKAGE, 'README.md'), 'utf8');
  blocks = codeBlocks(readme)
    .filter(({ language }) => language === 'ts')
    .map(({ text }) => text);
  server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      received.push({
        method: request.method ?? '',
        url: request.url ?? '',
        body: body && (JSON.parse(body) as unknown),
      });
      response.end(JSON.stringify(answer(request, body)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.close();
  project.remove();
});

const isProgram = (block: string): boolean => /^import /m.test(block);

/** Runs a block as a program; gives back what it prints. */
async function runBlock(block: string): Promise<string> {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { outputText } = ts.transpileModule(block.replaceAll('http://localhost:3000', url), {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  writeFiles(project.folder, { 'block.mjs': outputText });
  const env = { ...process.env, WORKER_BACKEND_URL: url };
  const { stdout, stderr } = await run(process.execPath, ['block.mjs'], { cwd: project.folder, env });
  return stdout + stderr;
}

describe('the README of the package', () => {
  it('has blocks for all that the client does', () => {
    expect(blocks.filter(isProgram).length).toBeGreaterThanOrEqual(12);
  });

  it('has blocks that compile', () => {
    const files = Object.fromEntries(blocks.map((block, index) => [`block-${index}.ts`, `${block}\nexport {};\n`]));
    const compilerOptions = {
      target: 'es2022',
      lib: ['es2022', 'dom'],
      module: 'nodenext',
      types: [],
      noEmit: true,
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
    };
    const config = { compilerOptions, files: Object.keys(files) };
    writeFiles(project.folder, { ...files, 'tsconfig.json': JSON.stringify(config) });
    expect(compile(project.folder)).toEqual([]);
  });

  it('has blocks that run, and send the example of the schema', async () => {
    const example = JSON.parse(fs.readFileSync(SCHEMA, 'utf8')) as {
      readonly examples: readonly unknown[];
    };
    const printed: string[] = [];
    for (const block of blocks.filter(isProgram)) printed.push(await runBlock(block));
    const sent = received.filter(({ method }) => method === 'POST');
    expect(sent.length).toBeGreaterThanOrEqual(9);
    for (const { url, body } of sent) {
      expect(url).toBe('/api/jobs/file-download-request');
      expect(body).toEqual(example.examples[0]);
    }
    expect(printed.join('')).toContain('Job created: job-1\nJob state: completed\n');
  });
});
