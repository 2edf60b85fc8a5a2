/** Remembers what the last run made of which input, so that a run with nothing to do finds that out by hashes alone. */
import { createHash, type Hash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Options } from '../options/options.js';
import type { Diagnostic } from '../report/diagnostic.js';
import { Report } from '../report/report.js';
import type { SchemaText } from '../schemas/schema-file.js';
import { readOutput } from './disk.js';
import type { Plan, PlannedFile } from './plan.js';

/** Everything that the output depends on, but for the generator itself. */
export interface Inputs {
  readonly options: Options;
  readonly schemas: readonly SchemaText[];
}

/** What a run made that ended well, and that still stands. */
export interface Memory {
  /** Keeps every file. */
  readonly plan: Plan;
  /** What the run warned of; what reading the input and writing the output warn of, every run finds anew. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface MemoryPlace {
  /** What the last run with this input made, if it stands in the output as it was; `null`: the run has to be made. */
  readonly recall: () => Promise<Memory | null>;
  /** Keeps what a run made, now that its plan is written, or had nothing to write. */
  readonly remember: (plan: Plan, diagnostics: readonly Diagnostic[]) => void;
}

/** How a memory lies on the disk. */
interface Remembered {
  readonly inputs: string;
  /** Path and hash. */
  readonly files: readonly (readonly [string, string])[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Memories of so many output folders and targets are kept. */
const MAX_MEMORIES = 32;

const CODE = fileURLToPath(new URL('../', import.meta.url));
const HOME = path.dirname(CODE);

const NOWHERE: MemoryPlace = { recall: async () => null, remember: () => undefined };

/**
 * Finds the memory of a run. It lies in the nearest `node_modules` folder; where there is none, nothing is remembered,
 * and a memory that cannot be read or written is none.
 */
export function openMemory({ options, schemas }: Inputs): MemoryPlace {
  const folder = findFolder(options.root);
  const inputs = folder === undefined ? undefined : hashInputs({ options, schemas });
  if (folder === undefined || inputs === undefined) return NOWHERE;
  const { root, out, targets } = options;
  const name = hashText(JSON.stringify([path.relative(folder, root), path.relative(root, out), targets])).slice(0, 32);
  const file = path.join(folder, `${name}.txt`);
  return {
    recall: async () => {
      const record = readRecord(file);
      const plan = record?.inputs === inputs ? await planOf(record, options) : null;
      return record === undefined || plan === null ? null : { plan, diagnostics: record.diagnostics };
    },
    remember: (plan, diagnostics) =>
      writeRecord(file, { inputs, files: hashesOf(plan), diagnostics: diagnostics.filter(isOfRun) }),
  };
}

const isOfRun = ({ code }: Diagnostic): boolean => !/^(input|output)\//.test(code);

function findFolder(root: string): string | undefined {
  for (let folder = root; ; folder = path.dirname(folder)) {
    const modules = path.join(folder, 'node_modules');
    if (fs.statSync(modules, { throwIfNoEntry: false })?.isDirectory()) {
      return path.join(modules, '.cache', 'gen-worker-client');
    }
    if (folder === path.dirname(folder)) return undefined;
  }
}

/** One hash of schemas, options, overriding templates, and the generator. */
function hashInputs({ options, schemas }: Inputs): string | undefined {
  const { root, out, schemas: folder, templates } = options;
  const hash = createHash('sha256');
  const inRoot = (full: string | null): string | null => (full === null ? null : path.relative(root, full));
  addPart(
    hash,
    JSON.stringify({ ...options, root: '', out: inRoot(out), schemas: inRoot(folder), templates: inRoot(templates) }),
  );
  for (const { name, bytes } of schemas) {
    addPart(hash, name);
    addPart(hash, bytes);
  }
  try {
    for (const own of [CODE, path.join(HOME, 'templates')]) addPart(hash, JSON.stringify(statsOf(own)));
    addPart(hash, fs.readFileSync(path.join(HOME, 'package.json')));
    if (templates !== null) addFiles(hash, templates);
  } catch {
    return undefined;
  }
  return hash.digest('hex');
}

/** Files of the user go by what they hold. */
function addFiles(hash: Hash, folder: string): void {
  for (const file of filesIn(folder)) {
    addPart(hash, path.relative(folder, file));
    addPart(hash, fs.readFileSync(file));
  }
}

/** The generator's own files go by the time of their last change, which nobody can set. */
const statsOf = (folder: string): readonly unknown[] =>
  filesIn(folder)
    .filter((file) => !/\.(d\.ts|map)$/.test(file))
    .map((file) => {
      const { size, ctimeMs, ino } = fs.statSync(file);
      return [file.slice(folder.length), size, ctimeMs, ino];
    });

/** Sorted; files below a folder as the system names them. */
const filesIn = (folder: string): readonly string[] =>
  fs
    .readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const full = folder + path.sep + entry.name;
      return entry.isDirectory() ? filesIn(full) : [full];
    })
    .toSorted();

/** With its length in front, so that no two lists of parts are one text. */
function addPart(hash: Hash, part: string | Uint8Array): void {
  hash.update(`${Buffer.byteLength(part)}\n`);
  hash.update(part);
}

const hashText = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');

const hashesOf = ({ files }: Plan): Remembered['files'] =>
  files
    .filter(({ action }) => action !== 'delete')
    .map(({ path: file, action, before, wanted }) => [file, hashText((action === 'keep' ? before : wanted) ?? '')]);

/** The plan of a run with nothing to do, if the output is what the last run left, by the rules of every other look at it. */
async function planOf({ files }: Remembered, { out, root }: Options): Promise<Plan | null> {
  const report = new Report();
  const paths = files.map(([file]) => file);
  const onDisk = await readOutput({ out, root }, paths, report);
  if (report.diagnostics.length > 0 || onDisk.leftovers.length > 0) return null;
  const kept = files.flatMap(([file, hash]): readonly PlannedFile[] => {
    const before = onDisk.files.get(file);
    if (before === undefined || hashText(before) !== hash) return [];
    return [{ path: file, action: 'keep', wanted: null, before }];
  });
  if (kept.length < files.length) return null;
  return {
    files: kept,
    hasWork: false,
    request: { rendered: [], onDisk, otherTargets: [], reviewed: [], force: false },
  };
}

/** The first line is the hash of the rest: what is damaged in any way is not believed. */
function readRecord(file: string): Remembered | undefined {
  try {
    const text = fs.readFileSync(file, 'utf8');
    const end = text.indexOf('\n');
    const json = text.slice(end + 1);
    return hashText(json) === text.slice(0, end) ? (JSON.parse(json) as Remembered) : undefined;
  } catch {
    return undefined;
  }
}

function writeRecord(file: string, record: Remembered): void {
  const json = JSON.stringify(record);
  const staged = `${file}.${Math.random().toString(36).slice(2)}`;
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(staged, `${hashText(json)}\n${json}`);
    fs.renameSync(staged, file);
    forgetOldest(path.dirname(file));
  } catch {
    // A folder that cannot be written has no memory, and that is all.
  }
}

/** Staged files of runs that died are the oldest in the end, too. */
function forgetOldest(folder: string): void {
  const files = fs.readdirSync(folder).map((name) => path.join(folder, name));
  if (files.length <= MAX_MEMORIES) return;
  const byAge = files.map((file) => ({ file, time: fs.statSync(file).mtimeMs })).toSorted((a, b) => b.time - a.time);
  for (const { file } of byAge.slice(MAX_MEMORIES)) fs.rmSync(file, { force: true });
}
