/** What the checkers of Python say of a folder: ruff of its layout, mypy and pyright of its types, as strict as they are. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { LINE_LENGTH } from '../../src/targets/python/layout.js';
import { programOf } from '../python/environment.js';

const MAX_BUFFER = 256 * 1024 * 1024;
const pyright = fileURLToPath(import.meta.resolve('pyright/index.js'));
const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Finding {
  /** Relative to the folder, with `/`. */
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

export const shownFinding = ({ file, line, message }: Finding): string => `${file}:${line} ${message}`;

/** What is not laid out as ruff lays it out, or is not to its liking; `''` for nothing. */
export function findWithRuff(folder: string): string {
  const length = ['--line-length', String(LINE_LENGTH)];
  const format = run(programOf('ruff'), ['format', '--no-cache', '--diff', ...length, '.'], folder);
  const check = run(programOf('ruff'), ['check', '--no-cache', '--quiet', ...length, '.'], folder);
  return (format.status === 0 ? '' : format.text) + (check.status === 0 ? '' : check.text);
}

/** @param python - of the environment whose packages are known */
export function findWithMypy(folder: string, python = programOf('python')): readonly Finding[] {
  const cache = path.join(root, '.venv/.cache/mypy-languages');
  const settings = ['--strict', '--no-error-summary', '--hide-error-context', '--python-executable', python];
  const { text } = run(programOf('mypy'), [...settings, '--config-file=', '--cache-dir', cache, '.'], folder);
  return text.split('\n').flatMap((line): Finding[] => {
    const [, file = '', at, message = ''] = /^(.+?):(\d+): error: (.*)$/.exec(line) ?? [];
    if (at !== undefined) return [{ file: file.replaceAll('\\', '/'), line: Number(at), message }];
    return /: note: |^$/.test(line) ? [] : [{ file: '', line: 0, message: line }];
  });
}

interface PyrightReport {
  readonly generalDiagnostics: readonly {
    readonly file: string;
    readonly message: string;
    readonly range?: { readonly start: { readonly line: number } };
  }[];
}

/** @param python - of the environment whose packages are known */
export function findWithPyright(folder: string, python = programOf('python')): readonly Finding[] {
  const config = path.join(folder, 'pyrightconfig.json');
  fs.writeFileSync(config, JSON.stringify({ typeCheckingMode: 'strict', pythonVersion: '3.11', include: ['.'] }));
  const args = [pyright, '--outputjson', '--pythonpath', python, '-p', config];
  const { stdout, text } = run(process.execPath, args, folder);
  if (!stdout.trimStart().startsWith('{')) throw new Error(text);
  const { generalDiagnostics } = JSON.parse(stdout) as PyrightReport;
  return generalDiagnostics.map(({ file, message, range }) => ({
    file: path.relative(folder, file).replaceAll('\\', '/'),
    line: (range?.start.line ?? -1) + 1,
    message,
  }));
}

function run(program: string, args: readonly string[], cwd: string) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8', maxBuffer: MAX_BUFFER });
  return { status, stdout, text: stdout + stderr };
}
