/** What goes where: answers to stdout, diagnostics to stderr, colours and progress only where people look. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder } from '../temp-folder.js';
import { generatedProject, SCHEMA, TYPES } from './generated-project.js';
import { CLI, plainEnv, runCli, schemaText } from './run-cli.js';

const project = (files: Readonly<Record<string, string>> = {}): string =>
  makeFolder({ [SCHEMA]: schemaText(), ...files });

/** Runs the CLI in a shell, with `gen` as its name. */
function shell(
  script: string,
  cwd: string,
): { readonly code: number | null; readonly stdout: string; readonly stderr: string } {
  const gen = `gen() { '${process.execPath}' '${CLI}' "$@"; }`;
  const { status, stdout, stderr } = spawnSync('sh', ['-c', `${gen}\n${script}`], {
    cwd,
    encoding: 'utf8',
    env: plainEnv(),
  });
  return { code: status, stdout, stderr };
}

/** Runs the CLI at a terminal, and gives all that it shows there. */
function atTerminal(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): { readonly code: number | null; readonly screen: string } {
  const spawn = 'import os, pty, sys\nsys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))';
  const { status, stdout } = spawnSync('python3', ['-c', spawn, process.execPath, CLI, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...plainEnv(), TERM: 'xterm', ...env },
  });
  return { code: status, screen: stdout };
}

const COLORS = new RegExp(String.raw`\u001b\[\d+m`);
const PROGRESS = '\r\u001b[2K';

describe('stdout', () => {
  it('may be closed by a reader that has seen enough', () => {
    const cwd = project();
    expect(shell('gen | head -n 1', cwd)).toEqual({
      code: 0,
      stdout: 'created  generated/.gen-worker-client\n',
      stderr: '',
    });
    expect(fs.existsSync(path.join(cwd, TYPES))).toBe(true);
    expect(shell('gen check --format json | true; gen --help | true', cwd)).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    });
  });
  it('may be closed from the start', () => {
    const cwd = project();
    expect(shell('gen >&-', cwd).stderr).not.toMatch(/^ {4}at /m);
    expect(fs.existsSync(path.join(cwd, TYPES))).toBe(true);
  });
  it('says so when it cannot be written', () => {
    expect(shell('gen --help > /dev/full', project())).toEqual({
      code: 2,
      stdout: '',
      stderr: 'the answer cannot be written to stdout: ENOSPC\n',
    });
  });
});

describe('--quiet', () => {
  it('leaves errors only', () => {
    const cwd = project({ [SCHEMA]: schemaText('a', { typo: 1 }) });
    expect(runCli(['--quiet'], { cwd })).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(runCli(['check', '--quiet'], { cwd })).toEqual({ code: 0, stdout: '', stderr: '' });
    fs.rmSync(path.join(cwd, TYPES));
    const { code, stdout, stderr } = runCli(['check', '--quiet'], { cwd });
    expect([code, stdout, stderr]).toEqual([1, '', expect.stringMatching(/^error output\/drift/)]);
  });
});

describe('colours', () => {
  const cwd = (): string => project({ [SCHEMA]: '{' });
  const stderr = (args: readonly string[], env: Readonly<Record<string, string>>): string =>
    runCli(args, { cwd: cwd(), env }).stderr;

  it('are not in a pipe, unless they are forced', () => {
    expect(stderr([], {})).not.toMatch(COLORS);
    expect(stderr([], { FORCE_COLOR: '1' })).toMatch(COLORS);
    expect(stderr([], { FORCE_COLOR: '0' })).not.toMatch(COLORS);
  });
  it('are off with NO_COLOR and with --no-color, whatever is forced', () => {
    expect(stderr([], { FORCE_COLOR: '1', NO_COLOR: '1' })).not.toMatch(COLORS);
    expect(stderr(['--no-color'], { FORCE_COLOR: '1' })).not.toMatch(COLORS);
    expect(stderr([], { FORCE_COLOR: '1', NO_COLOR: '' })).toMatch(COLORS);
  });
  it('are in the list of files, and end with the word', () => {
    const { stdout } = runCli(['--dry-run'], { cwd: project(), env: { FORCE_COLOR: '1' } });
    expect(stdout).toMatch(/^\S*created\S* {2}generated\/\.gen-worker-client\n/);
    expect(stdout.replaceAll('\u001b[32mcreated\u001b[39m', 'created')).not.toMatch(COLORS);
  });
  it('are in the diff of check, too', () => {
    const folder = generatedProject();
    fs.appendFileSync(path.join(folder, TYPES), '// mine\n');
    const { stdout } = runCli(['check'], { cwd: folder, env: { FORCE_COLOR: '1' } });
    expect(stdout).toContain('\u001b[31m-// mine\u001b[39m\n');
  });
});

describe('a terminal', () => {
  it('shows colours, and progress that it wipes away', () => {
    const { code, screen } = atTerminal([], project({ 'schemas/b.schema.json': schemaText('a', { typo: 1 }) }));
    expect(code).toBe(0);
    expect(screen).toMatch(COLORS);
    const parts = screen.split(PROGRESS);
    expect(parts.slice(1, -1)).toEqual([
      'reading schemas …',
      'rendering typescript …',
      'rendering python …',
      'comparing …',
    ]);
    expect(parts.at(-1)).toMatch(/created\r\n$/);
  });
  it.each([
    ['in CI', [], { CI: 'true' }],
    ['when it is dumb', [], { TERM: 'dumb' }],
    ['with --quiet', ['--quiet'], {}],
    ['with --format json', ['--format', 'json'], {}],
  ])('shows no progress %s', (_name, args, env) => {
    const { screen } = atTerminal(args, project({ [SCHEMA]: '{' }), env);
    expect(screen).not.toContain(PROGRESS);
    expect(screen).toContain('json/syntax');
  });
  it('shows no colours with NO_COLOR', () => {
    expect(atTerminal([], project({ [SCHEMA]: '{' }), { NO_COLOR: '1' }).screen).not.toMatch(COLORS);
  });
  it('obeys no control character of a file', () => {
    const cwd = generatedProject();
    fs.appendFileSync(path.join(cwd, TYPES), '// \u001b]0;owned\u0007\n');
    expect(atTerminal(['check'], cwd).screen).toContain(String.raw`// \u001b]0;owned\u0007`);
  });
});

describe('an end before its time', () => {
  /** Ctrl-C at the moment when the run first calls a function of `node:fs`. */
  const interruptedAt = (name: string): { readonly cwd: string; readonly code: number | null } => {
    const cwd = project({
      'interrupt.mjs': `import fs from 'node:fs';
const real = fs.${name};
fs.${name} = (...given) => {
  fs.${name} = real;
  process.kill(process.pid, 'SIGINT');
  return real(...given);
};
`,
    });
    const { code } = runCli([], { cwd, env: { NODE_OPTIONS: `--import=${path.join(cwd, 'interrupt.mjs')}` } });
    return { cwd, code };
  };
  it('is told from others by its exit code when Ctrl-C made it, and nothing is written', () => {
    const { cwd, code } = interruptedAt('readdirSync');
    expect([code, fs.readdirSync(cwd).toSorted()]).toEqual([130, ['interrupt.mjs', 'schemas']]);
  });
  it('leaves whole files, also in the middle of writing', () => {
    const { cwd, code } = interruptedAt('renameSync');
    // The work may be done before anybody looks up.
    expect([0, 130]).toContain(code);
    expect(runCli(['check'], { cwd })).toMatchObject({ code: 0, stderr: '' });
  });

  /** A fault of our own, let in from outside: the first look at the schemas folder goes wrong. */
  const broken = (): { cwd: string; env: Record<string, string> } => {
    const cwd = project({
      'break.mjs': `import fs from 'node:fs';\nfs.statSync = () => { throw new TypeError('this cannot be'); };\n`,
    });
    return { cwd, env: { NODE_OPTIONS: `--import=${path.join(cwd, 'break.mjs')}` } };
  };
  it('shows its stack when it is a bug, and asks for a report', () => {
    const { code, stdout, stderr } = runCli([], broken());
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^TypeError: this cannot be\n {4}at /);
    expect(stderr).toMatch(
      /\n\nerror internal\/bug {2}this cannot be\n {2}help: please report it, with the stack[^\n]*\n$/,
    );
  });
  it('is a document all the same when one was asked for', () => {
    const { code, stdout, stderr } = runCli(['check', '--format', 'json'], broken());
    expect([code, JSON.parse(stdout)]).toMatchObject([
      2,
      { command: 'check', ok: false, files: [], diagnostics: [{ code: 'internal/bug', message: 'this cannot be' }] },
    ]);
    expect(stderr).toMatch(/^TypeError: this cannot be\n {4}at /);
  });
  it('is no bug when the working directory is gone', () => {
    const cwd = makeFolder({ 'inner/x': '' });
    expect(shell('mkdir gone && cd gone && rmdir ../gone && gen', cwd)).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'error input/no-folder  the working directory is not there any more\n  help: change to a directory that is there\n',
    });
  });
});
