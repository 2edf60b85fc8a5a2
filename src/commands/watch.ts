/** Generates again whenever a schema, the config or a template changes; broken input leaves the last output. */
import path from 'node:path';
import { CONFIG_FILES, type LoadedOptions } from '../options/load.js';
import type { Options } from '../options/options.js';
import { type BuildFacts, isUnchanged } from '../report/answer.js';
import { type Change, collectChanges, type WatchedPlaces, WatchError } from './changes.js';
import { generate, type GenerateRequest } from './generate.js';
import { runCommand, type RunResult, shownPath } from './run.js';

/** One run of `generate`, and what led to it. */
export interface Build extends BuildFacts {
  readonly result: RunResult;
}

export interface WatchRequest extends GenerateRequest {
  readonly onBuild: (build: Build) => Promise<void>;
  /** Is told once that from now on every change is noticed. */
  readonly onReady: () => void;
}

/** Builds, waits for changes, and builds again. Ends only when changes cannot be noticed. */
export async function watch(request: WatchRequest): Promise<RunResult> {
  try {
    return await buildAgain(request);
  } catch (error) {
    if (!(error instanceof WatchError)) throw error;
    return runCommand('generate', request, async (_options, report) => {
      report.add('input/unwatchable', {
        message: `changes cannot be noticed: ${error.message}`,
        help: 'the system limits how many files are watched at once; raise its limit, or run without --watch',
      });
      return { files: [] };
    });
  }
}

async function buildAgain(request: WatchRequest): Promise<never> {
  const changes = collectChanges();
  let last: RunResult | null = null;
  let change: Change = { files: [], isSure: false };
  let isReady = false;
  for (;;) {
    const started = performance.now();
    const result: RunResult = await generate({ ...request, ...optionsFor(request, { last, change }) });
    const facts: BuildFacts = {
      isFirst: last === null,
      causes: change.files.map((file) => shownPath(request.root, file)),
      milliseconds: performance.now() - started,
      isRepeated: JSON.stringify(result.diagnostics) === JSON.stringify(last?.diagnostics),
    };
    if (isNews(result, { last, change })) await request.onBuild({ result, ...facts });
    last = result;
    // What changed before the watcher stood there is not lost: build again.
    if (await changes.follow(placesOf(request, result.loaded))) change = { files: [], isSure: false };
    else {
      if (!isReady) request.onReady();
      isReady = true;
      change = await changes.next();
    }
  }
}

interface LastBuild {
  readonly last: RunResult | null;
  readonly change: Change;
}

/** A build that nobody asked for speaks only when it found something. */
const isNews = (result: RunResult, { last, change }: LastBuild): boolean =>
  last === null || change.isSure || result.ok !== last.ok || !isUnchanged(result);

/** The options of the last build, unless their config changed, could not be used, or was not watched yet. */
function optionsFor(request: WatchRequest, { last, change }: LastBuild): Pick<WatchRequest, 'loaded' | 'fresh'> {
  const configs = configFiles(request);
  const isStale = change.files.length === 0 || change.files.some((file) => configs.includes(file));
  const loaded = last?.loaded ?? null;
  return loaded === null || isStale ? { fresh: last !== null } : { loaded };
}

/** Where a config is, or could be. */
const configFiles = ({ root, configFile }: WatchRequest): readonly string[] =>
  configFile === undefined
    ? [...CONFIG_FILES, 'package.json'].map((name) => path.join(root, name))
    : [path.resolve(root, configFile)];

/** Without usable options, only the config can change anything. */
const placesOf = (request: WatchRequest, loaded: LoadedOptions | null): WatchedPlaces => ({
  files: configFiles(request),
  folders: loaded === null ? [] : inputFolders(loaded.options),
});

const inputFolders = ({ schemas, templates }: Options): WatchedPlaces['folders'] => [
  { folder: schemas, ending: '.schema.json' },
  ...(templates === null ? [] : [{ folder: templates, ending: '' }]),
];
