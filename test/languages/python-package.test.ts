/** The Python package as its user meets it: built, checked, installed into an empty environment, run and type-checked. */
import { execFile, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeBlocks } from '../markdown.js';
import { askPythonAside } from '../python/ask.js';
import { findPython } from '../python/environment.js';
import { loadRepository, renderRepository } from '../repository.js';
import { keepFolder, writeFiles } from '../temp-folder.js';
import { type Backend, startBackend } from './backend.js';
import { findWithMypy, findWithPyright, findWithRuff, shownFinding } from './python-checks.js';

const execute = promisify(execFile);
const python = findPython();
const isWindows = process.platform === 'win32';

/** Without the variables that would change what the package does. */
const ENVIRONMENT = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('WORKER_')));

/** Runs a program and gives what it prints; a failure shows all of it. */
function run(program: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${path.basename(program)} ${args.join(' ')}\n${stdout}${stderr}`);
  return stdout;
}

describe.skipIf(python === null)('the Python package', () => {
  const { folder, remove } = keepFolder();
  const place = path.join(folder, 'package/generated/python');
  const installed = path.join(folder, 'environment', isWindows ? 'Scripts/python.exe' : 'bin/python');
  let files: ReadonlyMap<string, string> = new Map();
  let distributions: readonly string[] = [];
  let backend: Backend;

  beforeAll(async () => {
    files = await renderRepository('python');
    writeFiles(path.join(folder, 'package/generated'), Object.fromEntries(files));
    run(python ?? '', ['-m', 'build', '--no-isolation', '--outdir', path.join(folder, 'dist')], place);
    distributions = fs.readdirSync(path.join(folder, 'dist')).map((name) => path.join(folder, 'dist', name));
    run(python ?? '', ['-m', 'venv', path.join(folder, 'environment')], folder);
    const wheel = distributions.find((file) => file.endsWith('.whl')) ?? '';
    run(installed, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', wheel], folder);
    backend = await startBackend();
  }, 300_000);
  afterAll(async () => {
    await backend.close();
    remove();
  });

  it('passes the checks of an index', () => {
    expect(run(python ?? '', ['-m', 'twine', 'check', '--strict', ...distributions], folder)).toContain('PASSED');
  });

  it('is laid out and written as ruff wants it', () => expect(findWithRuff(place)).toBe(''));

  it('says in its metadata what it is', () => {
    const script = "import importlib.metadata as m; print(m.metadata('mesh-sync-worker-backend-client'))";
    const lines = run(installed, ['-c', script], folder).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'Name: mesh-sync-worker-backend-client',
        'Version: 5.0.0',
        'License-Expression: ISC',
        'License-File: LICENSE',
        'Requires-Python: >=3.11',
        'Classifier: Typing :: Typed',
        'Project-URL: Repository, https://github.com/Mesh-Sync/worker-backend',
        'Description-Content-Type: text/markdown',
      ]),
    );
    const required = lines.filter((line) => line.startsWith('Requires-Dist:') && !line.includes('extra =='));
    expect(required).toEqual(['Requires-Dist: httpx2<3,>=2.16']);
  });

  it('installs every file of the module, and no other', () => {
    const script = `
import importlib.metadata as m
print('\\n'.join(sorted(str(f).replace('\\\\', '/') for f in m.files('mesh-sync-worker-backend-client') if '__pycache__' not in str(f))))`;
    const names = run(installed, ['-c', script], folder)
      .split('\n')
      .filter((name) => name.startsWith('worker_client/'));
    const expected = [...files.keys()].filter((name) => name.startsWith('python/worker_client/'));
    expect(names).toEqual(expected.map((name) => name.replace('python/', '')).toSorted());
  });

  it('exports what it says, and loads no HTTP before the first call', () => {
    const script = `
import sys, worker_client
assert all(hasattr(worker_client, name) for name in worker_client.__all__)
assert worker_client.MessageTypes.FILE_DOWNLOAD_REQUEST == 'file-download-request'
print('httpx2' in sys.modules)`;
    expect(run(installed, ['-W', 'error', '-c', script], folder).trim()).toBe('False');
  });

  it('reserves the names of all members of its clients', async () => {
    const { RESERVED_METHODS } = await import('../../src/targets/python/names.js');
    const script = `
from worker_client._runtime.async_client import AsyncBaseClient
from worker_client._runtime.client import BaseClient
print('\\n'.join({n.replace('_', '-') for c in (BaseClient, AsyncBaseClient) for n in dir(c) if not n.startswith('_')}))`;
    const members = run(installed, ['-c', script], folder).trim().split(/\s+/);
    expect(members.filter((name) => !RESERVED_METHODS.has(name))).toEqual([]);
  });

  it('checks payloads by the schemas that it carries', async () => {
    const { model } = await loadRepository();
    const examples = model.messages.map(({ type, examples: payloads }) => [type, payloads] as const);
    const script = `
sys.path.insert(0, given["place"])
from worker_client import PayloadValidationError, WorkerClient
answer = []
for message_type, payloads in given["examples"]:
    with WorkerClient(given["url"], validate=True) as client:
        for payload in payloads:
            client.send_to_queue(message_type, payload)
        try:
            client.send_to_queue(message_type, "no object")
        except PayloadValidationError as error:
            answer.append(error.message_type)
`;
    const own = await startBackend();
    const given = { place, examples, url: own.url };
    try {
      expect(await askPythonAside(python ?? '', script, given)).toEqual(examples.map(([type]) => type));
      expect(own.requests.length).toBe(examples.flatMap(([, payloads]) => payloads).length);
    } finally {
      await own.close();
    }
  });

  describe('the blocks of its README', () => {
    const blocks = () =>
      codeBlocks(files.get('python/README.md') ?? '')
        .filter(({ language }) => language === 'python')
        .map(({ line, text }) => ({ line, text: text.replaceAll('http://localhost:3000', backend.url) }));

    it('run, and print no warning', async () => {
      for (const { line, text } of blocks()) {
        const options = { cwd: folder, env: ENVIRONMENT };
        const { stderr } = await execute(installed, ['-W', 'error', '-c', text], options).catch((error: unknown) => {
          throw new Error(`README.md:${line} ${String(error)}`);
        });
        expect(stderr, `README.md:${line}`).toBe('');
      }
      expect(blocks().length).toBeGreaterThan(10);
    });

    it('send what they show', () => {
      const sent = backend.requests.filter(({ path: target }) => target === '/api/jobs/file-download-request');
      const payload = {
        modelId: 'model-benchy-01',
        storageLocation: { storageConnectionId: 'conn-garage-nas', path: '/models/benchy/benchy.stl' },
      };
      expect(sent.length).toBeGreaterThanOrEqual(8);
      for (const { body } of sent) expect(body.toString()).toBe(JSON.stringify(payload));
      expect(sent[0]?.headers).toMatchObject({
        authorization: 'Bearer your_api_key',
        'content-type': 'application/json',
        'user-agent': expect.stringMatching(/^mesh-sync-worker-backend-client\/5\.0\.0 /),
      });
    });

    it.each([
      ['mypy', findWithMypy],
      ['pyright', findWithPyright],
    ])('pass %s', (name, find) => {
      const programs = path.join(folder, `blocks-${name}`);
      writeFiles(programs, Object.fromEntries(blocks().map(({ line, text }) => [`line_${line}.py`, text])));
      expect(find(programs, installed).map(shownFinding)).toEqual([]);
    });
  });

  it.each([
    ['mypy', findWithMypy],
    ['pyright', findWithPyright],
  ])('passes %s itself', (name, find) => {
    const copy = path.join(folder, `copy-${name}`);
    fs.cpSync(path.join(place, 'worker_client'), path.join(copy, 'worker_client'), { recursive: true });
    expect(find(copy, python ?? '').map(shownFinding)).toEqual([]);
  });

  it('can be installed from its folder, editable', () => {
    run(installed, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '-e', '.'], place);
    const where = run(installed, ['-c', 'import worker_client; print(worker_client.__file__)'], folder).trim();
    expect(fs.realpathSync(where)).toBe(fs.realpathSync(path.join(place, 'worker_client/__init__.py')));
  });
});
