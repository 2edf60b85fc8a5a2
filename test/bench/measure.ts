/** Runs other processes and measures them: time on the clock, time of the processor, peak memory. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export interface Command {
  readonly args: readonly string[];
  readonly cwd: string;
  /** Makes the run that follows start from the same state as every other one. */
  readonly prepare?: () => void;
}

export interface Usage {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakBytes: number;
}

/** The child writes down what it used. Costs about a millisecond, so what lasts less than a second is only timed. */
const REPORT_USAGE = `data:text/javascript,${encodeURIComponent(
  "import fs from 'node:fs'; process.on('exit', () => { const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage(); fs.writeFileSync(process.env.USAGE_FILE, JSON.stringify([(userCPUTime + systemCPUTime) / 1000, maxRSS * 1024])); });",
)}`;

/** Runs a program of Node.js to its end, and says what it took. */
export async function measure({ args, cwd, prepare }: Command): Promise<Usage> {
  prepare?.();
  const file = path.join(os.tmpdir(), `usage-${Math.random().toString(36).slice(2)}.json`);
  const wallMs = await time({ args: ['--import', REPORT_USAGE, ...args], cwd }, { USAGE_FILE: file });
  const [cpuMs, peakBytes] = JSON.parse(fs.readFileSync(file, 'utf8')) as [number, number];
  fs.rmSync(file);
  return { wallMs, cpuMs, peakBytes };
}

/** Runs a program of Node.js to its end, in milliseconds on the clock. */
export async function time(
  { args, cwd, prepare }: Command,
  env: Readonly<Record<string, string>> = {},
): Promise<number> {
  prepare?.();
  const started = performance.now();
  const child = spawn(process.execPath, args, {
    cwd,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env },
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  const milliseconds = performance.now() - started;
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${code}\n${complaint}`);
  return milliseconds;
}

/** The value in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

/**
 * Runs the commands in turns, so that what else the machine does hits all alike.
 *
 * @returns for each command what its runs gave, in the order of the commands
 */
export async function inTurns<Result>(
  commands: readonly Command[],
  rounds: number,
  run: (command: Command) => Promise<Result>,
): Promise<readonly (readonly Result[])[]> {
  const results: Result[][] = commands.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, command] of commands.entries()) results[index]?.push(await run(command));
  }
  return results;
}
