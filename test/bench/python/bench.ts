/** `npm run bench:python`: jobs a second of the Python clients beside `requests.Session`, in turns, in one run. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { findPython } from '../../python/environment.js';
import { median } from '../measure.js';

const ROUNDS = 5;
const JOBS = 1920;
const FLIGHTS = [1, 16, 64];
const KINDS = ['requests', 'blocking', 'async'] as const;
/** The least that our clients do of what `requests.Session` does. */
const BAR = 1.5;

interface Load {
  readonly perSecond: number;
  /** Microseconds of CPU time a job. */
  readonly cpu: number;
}

const fileOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const python = findPython();

function measure(kind: string, url: string, flights: number): Load {
  const places = [fileOf('../../../templates/python'), fileOf('../../python')].join(path.delimiter);
  const text = execFileSync(python ?? 'python3', [fileOf('load.py'), kind, url, String(flights), String(JOBS)], {
    encoding: 'utf8',
    env: { ...process.env, PYTHONPATH: places, PYTHONDONTWRITEBYTECODE: '1' },
  });
  return JSON.parse(text) as Load;
}

const backend = spawn(process.execPath, [fileOf('../client/backend.mjs')], { stdio: ['pipe', 'pipe', 'inherit'] });
const [port] = (await once(backend.stdout, 'data')) as [Buffer];
const url = `http://127.0.0.1:${String(port).trim()}`;

let isMet = true;
for (const flights of FLIGHTS) {
  const rounds = Array.from({ length: ROUNDS }, () =>
    Object.fromEntries(KINDS.map((kind) => [kind, measure(kind, url, flights)])),
  );
  for (const kind of KINDS) {
    const of = (pick: (load: Load) => number, which: string): number =>
      median(rounds.flatMap((round) => (round[which] ? [pick(round[which])] : [])));
    const jobs = of(({ perSecond }) => perSecond, kind);
    const ratio = jobs / of(({ perSecond }) => perSecond, 'requests');
    const cpu = of((load) => load.cpu, kind);
    if (kind !== 'requests' && ratio < BAR) isMet = false;
    console.log(
      `${kind.padEnd(9)} ${String(flights).padStart(2)} at a time: ${jobs.toFixed(0).padStart(5)} jobs/s, ` +
        `${cpu.toFixed(0).padStart(4)} µs CPU a job, ${ratio.toFixed(2)} of requests.Session`,
    );
  }
}
backend.stdin.end();
console.log(isMet ? `all at least ${BAR}` : `not all at least ${BAR}`);
process.exitCode = isMet ? 0 : 1;
