/**
 * The generated client against the published one, in the same run: jobs a second and CPU time a job on loopback.
 * `--json` prints the figures; `--rounds 5` and `--ms 1000` say how often and how long.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { installPackedPackage, PACKAGE } from '../../templates/typescript/packed-package.js';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.join(here, '../../..');
const IN_FLIGHT = [1, 16, 64] as const;
const CLIENTS = ['ours', 'published'] as const;

interface Figures {
  readonly jobsPerSecond: number;
  readonly cpuPerJob: number;
}

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    rounds: { type: 'string', default: '5' },
    ms: { type: 'string', default: '1000' },
  },
});

const project = installPackedPackage();
const entries = {
  ours: path.join(project.folder, 'node_modules', PACKAGE, 'dist/index.js'),
  published: path.join(root, 'node_modules', PACKAGE, 'dist/index.js'),
};

const backend = spawn(process.execPath, [path.join(here, 'backend.mjs')], { stdio: ['pipe', 'pipe', 'inherit'] });
const [port] = (await once(backend.stdout, 'data')) as [Buffer];
const url = `http://127.0.0.1:${port.toString().trim()}`;

const measure = (client: (typeof CLIENTS)[number], inFlight: number): Figures => {
  const args = [path.join(here, 'load.mjs'), entries[client], url, String(inFlight), values.ms];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Figures;
};

/** Clients take turns within a round, so that a busy machine is busy for both. */
const rows = IN_FLIGHT.map((inFlight) => {
  const rounds = Array.from({ length: Number(values.rounds) }, () => ({
    ours: measure('ours', inFlight),
    published: measure('published', inFlight),
  }));
  const of = (client: (typeof CLIENTS)[number], figure: keyof Figures): number =>
    median(rounds.map((round) => round[client][figure]));
  return {
    inFlight,
    ours: Math.round(of('ours', 'jobsPerSecond')),
    published: Math.round(of('published', 'jobsPerSecond')),
    speed: of('ours', 'jobsPerSecond') / of('published', 'jobsPerSecond'),
    cpu: of('ours', 'cpuPerJob') / of('published', 'cpuPerJob'),
    cpuPerJob: Math.round(of('ours', 'cpuPerJob')),
  };
});

backend.stdin.end();
project.remove();
process.stdout.write(values.json ? `${JSON.stringify(rows, null, 2)}\n` : printTable());

function printTable(): string {
  const lines = rows.map(
    ({ inFlight, ours, published, speed, cpu }) =>
      `| ${inFlight} | ${ours} | ${published} | ${speed.toFixed(2)}x | ${cpu.toFixed(2)}x |`,
  );
  return [
    `node ${process.versions.node}, medians of ${values.rounds} rounds`,
    '| in flight | jobs/s | published | speed | CPU per job |',
    '|---|---|---|---|---|',
    ...lines,
    '',
  ].join('\n');
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
