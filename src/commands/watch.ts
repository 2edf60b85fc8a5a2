/** Generates again whenever a schema, the config or a template changes; broken input leaves the last output. */
import path from 'node:path';
import { CONFIG_FILES, type LoadedOptions } from '../options/load.js';
import { type BuildFacts, isUnchanged } from '../report/answer.js';
import { collectChanges, type WatchedPlaces, WatchError } from './changes.js';
import { generate, type GenerateRequest } from './generate.js';
import { runCommand, type RunResult, shownPath } from './run.js';

/** One run of `generate`, and what led to it. */
export interface Build extends BuildFacts {
  readonly result: RunResult;
}

export interface WatchRequest extends GenerateRequest {
  readonly onBuild: (build: Build) => Promise<void>;
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
  let loaded: LoadedOptions | null = null;
  let causes: readonly string[] = [];
  for (;;) {
    const started = performance.now();
    const result: RunResult = await generate({ ...request, ...optionsFor(request, { loaded, causes }) });
    const facts: BuildFacts = {
      causes: causes.map((file) => shownPath(request.root, file)),
      milliseconds: performance.now() - started,
      isRepeated: JSON.stringify(result.diagnostics) === JSON.stringify(last?.diagnostics),
    };
    if (isNews(result, { last, causes })) await request.onBuild({ result, ...facts });
    last = result;
    loaded = result.loaded;
    const isMoved = await changes.follow(placesOf(request, loaded));
    // What changed before the watcher stood there is not lost: build again.
    causes = isMoved ? [] : await changes.next();
  }
}

/** A build that nobody asked for speaks only when it found something. */
const isNews = (result: RunResult, { last, causes }: { last: RunResult | null; causes: readonly string[] }): boolean =>
  last === null || causes.length > 0 || result.ok !== last.ok || !isUnchanged(result);

interface LastBuild {
  readonly loaded: LoadedOptions | null;
  readonly causes: readonly string[];
}

/** The options of the last build, unless their config changed or could not be used. */
function optionsFor(request: WatchRequest, { loaded, causes }: LastBuild): Pick<WatchRequest, 'loaded' | 'fresh'> {
  const configs = configFiles(request);
  const isStale = causes.some((file) => configs.includes(file));
  return loaded === null || isStale ? { fresh: causes.length > 0 } : { loaded };
}

/** Where a config is, or could be. */
const configFiles = ({ root, configFile }: WatchRequest): readonly string[] =>
  configFile === undefined
    ? [...CONFIG_FILES, 'package.json'].map((name) => path.join(root, name))
    : [path.resolve(root, configFile)];

/** Without usable options, only the config can change anything. */
function placesOf(request: WatchRequest, loaded: LoadedOptions | null): WatchedPlaces {
  const { schemas, templates } = loaded?.options ?? { schemas: null, templates: null };
  return {
    files: configFiles(request),
    folders: [schemas, templates].filter((folder) => folder !== null),
  };
}
