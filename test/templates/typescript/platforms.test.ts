/** The packed package on every platform that it is for: the fault table, over the transport of the platform. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Case } from '../../faults/case.js';
import type { FaultServer } from '../../faults/server.js';
import { cases, startTableServer } from '../../faults/table.js';
import { installPackedPackage, type Project } from './packed-package.js';
import { bundlePage, bundleProgram } from './platforms/bundle.js';
import { findChromium, findPlatform, platformNames } from './platforms/install.js';
import type { Job } from './platforms/run.js';

/** What `fetch` cannot do: all cases share its pool, and it does not say how far a connection had come. */
const NOT_OVER_FETCH =
  /^(reset|close|one-connection|half-a-head|no-http|a-head-that-never-ends|no-tls|no-such-host|refused)/;

/** What a page cannot do: read an environment, see a redirect, send a key unasked. Chromium repeats a 408 by itself. */
const NOT_IN_A_PAGE =
  /408|environment|redirect|^30\d|not-modified|headers?-|-key|^no-key|a-header-taken-away|the-same-key|send-that-the-backend-knows|a-conflict|slow-try|cut-body/;

/** Deno does not count the bytes of a connection. */
const NOT_ON: Readonly<Record<string, RegExp>> = { deno: /^half-a-head-on/ };

let server: FaultServer;
let project: Project;
beforeAll(async () => {
  project = installPackedPackage();
  server = await startTableServer();
});
afterAll(async () => {
  await server.close();
  project.remove();
});

const makeJob = (platform: string, transport: Job['transport'], chosen: readonly Case[]): Job => ({
  cases: chosen,
  platform,
  transport,
  atOnce: 8,
  port: server.port,
  otherPort: server.otherPort,
  refused: server.refusedPort,
});

describe.each(platformNames)('%s', (name) => {
  it.for(['auto', 'fetch'] as const)('over %s', async (transport, { skip }) => {
    const platform = findPlatform(name);
    if (!platform) return skip('not installed here');
    const left = transport === 'fetch' ? NOT_OVER_FETCH : NOT_ON[name];
    const job = makeJob(
      name,
      transport,
      cases.filter((entry) => !left?.test(entry.name)),
    );
    const file = path.join(project.folder, `${name}-${transport}.json`);
    writeFileSync(file, JSON.stringify(job));
    const program = await bundleProgram(project);
    const { stdout } = await promisify(execFile)(platform.command, [...platform.args, program, file], {
      cwd: project.folder,
      maxBuffer: 1e8,
    });
    expect(JSON.parse(stdout)).toEqual({});
  });
});

describe('chromium', () => {
  const chosen = cases.filter(({ name }) => !NOT_OVER_FETCH.test(name) && !NOT_IN_A_PAGE.test(name));
  let browser: Browser | undefined;
  beforeAll(async () => {
    const executablePath = findChromium();
    if (executablePath === undefined) return;
    // The server of the table is no page's origin; what a page may ask of other origins is not what is tested here.
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-web-security'] });
  });
  afterAll(() => browser?.close());

  it.for(['page', 'worker'] as const)('in a %s', async (place, { skip }) => {
    if (!browser) return skip('no Chromium here');
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.otherPort}/-/seen/nothing`);
    const script = await bundlePage(project);
    await page.addScriptTag({ content: script, type: 'module' });
    // A browser opens six connections to a host.
    const job = { ...makeJob(place, 'auto', chosen), atOnce: 3 };
    const faults = await page.evaluate(place === 'page' ? runInPage : runInWorker, { script, job });
    expect(faults).toEqual({});
    const [request] = server.seen(`${place}-auto-a-job`);
    expect(request?.headers['idempotency-key']).toBeUndefined();
    expect(request?.headers['user-agent']).toContain('Chrome');
  });
});

/** The part of a page's `Worker` that is used here. */
interface PageWorker {
  addEventListener(type: 'message', listener: (message: { readonly data: unknown }) => void): void;
  postMessage(message: unknown, transfer: readonly unknown[]): void;
}

interface PageWork {
  readonly script: string;
  readonly job: Job;
}

/** Runs in the page, after the script. */
const runInPage = ({ job }: PageWork): Promise<unknown> =>
  (globalThis as unknown as { runJob: (job: Job) => Promise<unknown> }).runJob(job);

/** Runs in the page, and has a worker do the work. */
async function runInWorker({ script, job }: PageWork): Promise<unknown> {
  const listen = '\nonmessage = async ({ data }) => postMessage(await runJob(data));';
  const url = URL.createObjectURL(new Blob([script + listen], { type: 'text/javascript' }));
  const { Worker } = globalThis as unknown as { Worker: new (url: string, options: object) => PageWorker };
  const worker = new Worker(url, { type: 'module' });
  const answer = new Promise((resolve) => {
    worker.addEventListener('message', (message) => resolve(message.data));
  });
  worker.postMessage(job, []);
  return answer;
}
