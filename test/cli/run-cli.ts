/** Runs the built CLI as a child process, as a user's shell does. */
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** A busy machine takes its time. */
const PATIENCE = 25_000;

export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliPlace {
  /** Working directory. */
  readonly cwd: string;
  /** On top of the environment of the tests, which has nothing in it that shapes the output. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the CLI to its end. */
export function runCli(args: readonly string[], { cwd, env }: CliPlace): CliRun {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    cwd,
    env: { ...plainEnv(), ...env },
    encoding: 'utf8',
    maxBuffer: 1024 ** 3,
  });
  return { code: status, stdout, stderr };
}

export interface RunningCli {
  readonly child: ChildProcessWithoutNullStreams;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Waits until both streams together say something for the nth time. */
  says(text: string | RegExp, times?: number): Promise<void>;
  /** Waits for its end; `null` when a signal ended it. */
  readonly ended: Promise<number | null>;
}

/** Starts the CLI and lets it run; it is gone after the test. */
export function startCli(args: readonly string[], { cwd, env }: CliPlace): RunningCli {
  const child = spawn(process.execPath, [CLI, ...args], { cwd, env: { ...plainEnv(), ...env } });
  onTestFinished(() => void child.kill('SIGKILL'));
  const text = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text.stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text.stderr += chunk));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const count = (wanted: string | RegExp): number => `${text.stdout}${text.stderr}`.split(wanted).length - 1;
  return {
    child,
    stdout: () => text.stdout,
    stderr: () => text.stderr,
    ended,
    says: (wanted, times = 1) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (count(wanted) < times) return;
          for (const stream of [child.stdout, child.stderr]) stream.off('data', look);
          resolve();
        };
        for (const stream of [child.stdout, child.stderr]) stream.on('data', look);
        const fail = (): void =>
          reject(new Error(`it never said ${String(wanted)}, but this:\n${text.stdout}${text.stderr}`));
        void ended.then(fail);
        setTimeout(fail, PATIENCE).unref();
        look();
      }),
  };
}

/** The environment without what shapes the output. */
export function plainEnv(): NodeJS.ProcessEnv {
  const { NO_COLOR: _, FORCE_COLOR: __, CI: ___, NODE_OPTIONS: ____, ...rest } = process.env;
  return rest;
}

/** A message with one field, as the text of its schema file. */
export const schemaText = (field = 'modelId', more: Readonly<Record<string, unknown>> = {}): string =>
  `${JSON.stringify(
    {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      description: 'Asks for work.',
      type: 'object',
      properties: { [field]: { type: 'string', description: 'What it is about.' } },
      required: [field],
      ...more,
    },
    null,
    2,
  )}\n`;
