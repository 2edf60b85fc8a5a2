/** What the tests of the output room share: a folder, and the one way to write into it. */
import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { readOutput, writePlan } from '../../../src/output/disk.js';
import { type Plan, planOutput } from '../../../src/output/plan.js';
import type { Diagnostic } from '../../../src/report/diagnostic.js';
import { Report } from '../../../src/report/report.js';

/** Path to text. */
export type Files = Readonly<Record<string, string>>;

export interface Wishes {
  readonly otherTargets?: readonly string[];
  readonly force?: boolean;
  readonly reviewed?: readonly string[];
}

/** Plans files for a folder, as a command does. */
export async function plan(
  out: string,
  files: Files,
  { otherTargets = [], force = false, reviewed = [] }: Wishes = {},
): Promise<{
  readonly plan: Plan;
  readonly report: Report;
}> {
  const report = new Report();
  const rendered = Object.entries(files).map(([file, text]) => ({ path: file, text }));
  const onDisk = await readOutput({ out, root: path.dirname(out) }, Object.keys(files), report);
  return { plan: planOutput({ rendered, onDisk, otherTargets, force, reviewed }, report), report };
}

export interface Written {
  /** `create typescript/a.ts`, without the two files that the output room adds, and without what is kept. */
  readonly changes: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Plans and writes; writes nothing when there are errors. */
export async function write(out: string, files: Files, wishes: Wishes = {}): Promise<Written> {
  const { plan: planned, report } = await plan(out, files, wishes);
  const done = report.hasErrors ? planned : await writePlan(planned, { out, root: path.dirname(out) }, report);
  return { changes: changesOf(done), diagnostics: report.diagnostics };
}

export const changesOf = ({ files }: Plan): readonly string[] =>
  files
    .filter(({ action, path: file }) => action !== 'keep' && file !== '.gitattributes' && file !== '.gen-worker-client')
    .map(({ action, path: file }) => `${action} ${file}`);

/** Everything below a folder, path to text; links as `-> where`. */
export function read(folder: string): Files {
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();
  return Object.fromEntries(
    names.flatMap((name) => {
      const full = path.join(folder, name);
      const stat = fs.lstatSync(full);
      if (stat.isSymbolicLink()) return [[name, `-> ${fs.readlinkSync(full)}`]];
      return stat.isDirectory() ? [] : [[name.replaceAll('\\', '/'), fs.readFileSync(full, 'utf8')]];
    }),
  );
}

/** The same without the two files that the output room adds. */
export const readFiles = (folder: string): Files =>
  Object.fromEntries(
    Object.entries(read(folder)).filter(([name]) => name !== '.gitattributes' && name !== '.gen-worker-client'),
  );

/** Two versions of one set, path to line: most files differ, and each has some that the other has not. */
const LINES = ['first', 'second'].map((name) =>
  ['a.ts', 'src/b.ts', 'src/deep/c.ts', 'd.md', `only/${name}.ts`, `${name}.ts`].map(
    (file) => [file, `${file} of the ${name} version\n`] as const,
  ),
);

/** What `writer.mjs` writes in turns. */
export const versions: readonly Files[] = LINES.map((lines) =>
  Object.fromEntries(lines.map(([file, line]) => [file, line.repeat(2_000)])),
);

/** Starts `writer.mjs`. */
export function startWriter(out: string, turns = ''): ChildProcess {
  const writer = fileURLToPath(new URL('writer.mjs', import.meta.url));
  const args = [writer, out, JSON.stringify(LINES), ...(turns === '' ? [] : [turns])];
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}
