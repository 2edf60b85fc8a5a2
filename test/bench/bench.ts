/** `npm run bench`: what a run costs, beside what it is held against, and whether it meets its bar. */
import fs from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Command, inTurns, measure, median, time, type Usage } from './measure.js';
import { messageType, writeSet } from './sets.js';
import { measureWatch } from './watch.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CLI = path.join(ROOT, 'dist/cli.js');
const QUICKTYPE = path.join(ROOT, 'node_modules/quicktype/dist/index.js');
const OURS = 11;

const { values } = parseArgs({
  options: {
    sets: { type: 'string', default: '11,70,1000,10000' },
    rounds: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const sizes = values.sets.split(',').map(Number);

/** One line of the table. */
interface Row {
  readonly what: string;
  readonly ours: string;
  readonly against: string;
  /** What the bar is about: a ratio, or a value with its unit. */
  readonly value: number;
  readonly shown: string;
  /** At most this much; `null` where there is no bar. */
  readonly bar: number | null;
}

const folder = fs.mkdtempSync(path.join(tmpdir(), 'bench-'));
const rounds = (usual: number): number => (values.rounds === undefined ? usual : Number(values.rounds));

/** A folder with the schemas of a set; the eleven are those of this repository. */
function makeSet(size: number, name: string): string {
  const cwd = path.join(folder, `${name}-${size}`);
  if (size === OURS) fs.cpSync(path.join(ROOT, 'schemas'), path.join(cwd, 'schemas'), { recursive: true });
  else writeSet(path.join(cwd, 'schemas'), size);
  return cwd;
}

const cold = (cwd: string): Command => ({
  args: [CLI, 'generate', '--quiet'],
  cwd,
  prepare: () => fs.rmSync(path.join(cwd, 'generated'), { recursive: true, force: true }),
});

/** Types of TypeScript alone, from the same files. */
const quicktype = (cwd: string): Command => ({
  args: [
    QUICKTYPE,
    '--src-lang',
    'schema',
    '--src',
    'schemas',
    '--lang',
    'ts',
    '--just-types',
    '--out',
    'quicktype.ts',
  ],
  cwd,
});

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;
const milliseconds = (value: number): string => `${value.toFixed(0)} ms`;
const middle = (usages: readonly Usage[], fact: keyof Usage): number => median(usages.map((usage) => usage[fact]));

interface Cold {
  readonly size: number;
  readonly bar: number | null;
  readonly rounds: number;
}

async function coldRows({ size, bar, rounds: count }: Cold): Promise<Row[]> {
  const cwd = makeSet(size, 'cold');
  const [ours = [], theirs = []] = await inTurns([cold(cwd), quicktype(cwd)], count, measure);
  const ratio = middle(ours, 'wallMs') / middle(theirs, 'wallMs');
  const cpu = middle(ours, 'cpuMs') / middle(theirs, 'cpuMs');
  return [
    {
      what: `${size} messages, cold: both packages / quicktype, TypeScript types alone`,
      ours: seconds(middle(ours, 'wallMs')),
      against: seconds(middle(theirs, 'wallMs')),
      value: ratio,
      shown: `${ratio.toFixed(2)}x`,
      bar,
    },
    {
      what: `${size} messages, cold: the same in time of the processor`,
      ours: seconds(middle(ours, 'cpuMs')),
      against: seconds(middle(theirs, 'cpuMs')),
      value: cpu,
      shown: `${cpu.toFixed(2)}x`,
      bar: null,
    },
  ];
}

async function unchangedRow(size: number): Promise<Row> {
  const cwd = makeSet(size, 'unchanged');
  fs.mkdirSync(path.join(cwd, 'node_modules'));
  await time(cold(cwd));
  const commands = [
    { args: [CLI], cwd },
    { args: ['-e', '0'], cwd },
  ];
  const [ours = [], theirs = []] = await inTurns(commands, rounds(41), time);
  const ratio = median(ours) / median(theirs);
  return {
    what: `${size} messages, nothing to do / node -e 0`,
    ours: milliseconds(median(ours)),
    against: milliseconds(median(theirs)),
    value: ratio,
    shown: `${ratio.toFixed(2)}x`,
    bar: 2,
  };
}

async function watchRow(size: number, bar: number | null): Promise<Row> {
  const cwd = makeSet(size, 'watch');
  const message = size === OURS ? 'file-download-request' : messageType(Math.floor(size / 2));
  const file = path.join(cwd, 'schemas', `${message}.schema.json`);
  const value = median(await measureWatch({ cwd, cli: CLI, file, rounds: rounds(15) }));
  return {
    what: `${size} messages, --watch: one saved, until all is written`,
    ours: milliseconds(value),
    against: '',
    value,
    shown: milliseconds(value),
    bar,
  };
}

/** What a message costs in a large set, beside what it costs in a smaller one; and the memory of the large set. */
async function growthRows({ small, large }: { readonly small: number; readonly large: number }): Promise<Row[]> {
  const sets = [small, large].map((size) => cold(makeSet(size, 'growth')));
  const [few = [], many = []] = await inTurns(sets, rounds(3), measure);
  const each = (usages: readonly Usage[], size: number): number => middle(usages, 'wallMs') / size;
  const ratio = each(many, large) / each(few, small);
  const gigabytes = middle(many, 'peakBytes') / 1e9;
  return [
    {
      what: `a message of ${large} / of ${small}`,
      ours: `${each(many, large).toFixed(2)} ms`,
      against: `${each(few, small).toFixed(2)} ms`,
      value: ratio,
      shown: `${ratio.toFixed(2)}x`,
      bar: 1.15,
    },
    {
      what: `${large} messages, cold: peak memory`,
      ours: `${gigabytes.toFixed(2)} GB`,
      against: '',
      value: gigabytes,
      shown: `${gigabytes.toFixed(2)} GB`,
      bar: 1.5,
    },
  ];
}

const verdict = ({ value, bar }: Row): string => (bar === null ? '' : value <= bar ? 'met' : 'MISSED');

function printRows(rows: readonly Row[]): void {
  const head = ['', 'ours', 'against', 'result', 'bar', ''];
  const cells = rows.map((row) => [
    row.what,
    row.ours,
    row.against,
    row.shown,
    row.bar === null ? '' : `≤ ${row.bar}`,
    verdict(row),
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...cells].map((line) => line[column]?.length ?? 0)));
  for (const line of [head, ...cells]) {
    console.log(
      line
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    );
  }
}

async function main(): Promise<void> {
  console.log(`medians, runs in turns; Node.js ${process.versions.node}, ${availableParallelism()} processors\n`);
  const rows: Row[] = [];
  const has = (size: number): boolean => sizes.includes(size);
  for (const size of sizes.filter((one) => one <= 1_000)) {
    const isLarge = size > 100;
    // quicktype takes minutes for a thousand.
    rows.push(
      ...(await coldRows({ size, bar: size === OURS ? null : isLarge ? 1 : 1.2, rounds: rounds(isLarge ? 1 : 9) })),
    );
    if (!isLarge) rows.push(await unchangedRow(size));
    rows.push(await watchRow(size, isLarge ? null : 150));
  }
  if (has(1_000) && has(10_000)) rows.push(...(await growthRows({ small: 1_000, large: 10_000 })));
  printRows(rows);
  if (rows.some((row) => verdict(row) === 'MISSED')) process.exitCode = 1;
}

const HELP = `npm run bench -- [--sets 11,70,1000,10000] [--rounds N]

The whole takes about ten minutes, most of them quicktype's on a thousand messages.
`;

if (values.help) console.log(HELP);
else {
  try {
    await main();
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
