/** Checks the Python files where they stand: ruff, mypy and pyright find nothing, and every test of pytest passes. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findPython, programOf } from './python/environment.js';

interface PytestResult {
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly text: string;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const config = 'test/python/pyproject.toml';
const places = ['templates/python', 'test/python', 'test/bench/python'];
const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' };

/** Runs a program from the repository's root; what it prints. */
function run(program: string, args: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...env, ...more },
    maxBuffer: 64 * 1024 * 1024,
  });
  return { isClean: status === 0, text: `${stdout}${stderr}` };
}

/** Runs all tests of pytest at once, so that each can be a test of its own here. */
function runPytest(python: string): { readonly results: readonly PytestResult[]; readonly text: string } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gen-worker-client-'));
  const file = path.join(folder, 'results.jsonl');
  try {
    const { text } = run(python, ['-m', 'pytest', '-c', config, '-q', 'test/python'], { PYTEST_RESULTS: file });
    const lines = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim().split('\n') : [];
    return { results: lines.map((line) => JSON.parse(line) as PytestResult), text };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

const python = findPython();

describe.skipIf(python === null)('the Python files', () => {
  const pyright = fileURLToPath(import.meta.resolve('pyright/index.js'));
  it.each([
    ['are formatted', () => run(programOf('ruff'), ['format', '--check', '--config', config, ...places])],
    ['are linted', () => run(programOf('ruff'), ['check', '--config', config, ...places])],
    ['pass mypy', () => run(programOf('mypy'), ['--config-file', config, ...places])],
    ['pass pyright', () => run(process.execPath, [pyright, '-p', config])],
  ])(
    '%s',
    (_, check) => {
      const { isClean, text } = check();
      expect(isClean, text).toBe(true);
    },
    300_000,
  );
});

const { results, text } = python === null ? { results: [], text: '' } : runPytest(python);

describe.skipIf(python === null)('pytest', () => {
  it('finds tests', () => expect(results.length, text).toBeGreaterThan(20));
  it.each(results.map(({ name, ...result }) => [name, result] as const))('%s', (_, result) => {
    expect(result.outcome, result.text).toBe('passed');
  });
});
