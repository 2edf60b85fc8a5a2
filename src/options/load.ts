/** Defaults < config file < flags; checked once, frozen. */
import fs from 'node:fs';
import path from 'node:path';
import type { Code } from '../report/codes.js';
import type { Diagnostic, Place } from '../report/diagnostic.js';
import { type DiagnosticFacts, diagnostic, UsageError } from '../report/report.js';
import { isObject, type JsonObject, type JsonValue, ownValue } from '../text/json.js';
import { nearest } from '../text/nearest.js';
import type { Config } from './config.js';
import type { Options } from './options.js';
import { shortly } from './rules.js';
import { type Origin, type OriginFault, settleOptions } from './settle.js';

const NAME = 'gen-worker-client';
const MANIFEST = 'package.json';

/** File names that are looked for in the working directory. */
export const CONFIG_FILES: readonly string[] = ['ts', 'js', 'mjs', 'json'].map((ending) => `${NAME}.config.${ending}`);

/** What other tools would read. */
const OTHER_KINDS: readonly string[] = [
  ...['mts', 'cts', 'cjs', 'jsonc', 'json5', 'yaml', 'yml', 'toml'].map((ending) => `${NAME}.config.${ending}`),
  ...['json', 'yaml', 'yml'].map((ending) => `${NAME}.${ending}`),
  `.${NAME}rc`,
  `.${NAME}rc.json`,
];

export interface OptionsRequest {
  /** Absolute working directory. */
  readonly root: string;
  /** Where `given` comes from: it shapes the diagnostics. */
  readonly kind: 'flags' | 'caller';
  /** What is stronger than the config file. */
  readonly given: Config;
  /** Config file in place of the one that is looked for, relative to `root`. */
  readonly configFile?: string | undefined;
  /** Run the config file anew, though it ran in this process already. */
  readonly fresh?: boolean;
}

export interface LoadedOptions {
  readonly options: Options;
  /** Absolute path of the config file, or `null`. */
  readonly configFile: string | null;
}

/**
 * Finds and reads the config, and settles the options.
 *
 * @throws UsageError with every fault of config and flags
 */
export async function loadOptions(request: OptionsRequest): Promise<LoadedOptions> {
  const { root, kind, given } = request;
  const config = await loadConfig(request);
  const origins: Origin[] = [
    ...(config === undefined ? [] : [config.origin]),
    { kind, values: given as JsonObject, folder: root },
  ];
  const { options, faults } = settleOptions(root, origins);
  if (faults.length > 0) throw new UsageError(await describeFaults(faults, config));
  return { options, configFile: config?.full ?? null };
}

/** A config that was read: its values, and where in which text they stand. */
interface LoadedConfig {
  readonly full: string;
  /** Relative to the working directory, with `/`. */
  readonly file: string;
  readonly origin: Origin;
  /** The text, where places in it can be told, and the steps to the values in it. */
  readonly json?: ConfigJson;
}

interface ConfigJson {
  readonly text: string;
  readonly steps: readonly string[];
}

async function loadConfig(request: OptionsRequest): Promise<LoadedConfig | undefined> {
  const { root, configFile } = request;
  if (configFile !== undefined) return readConfig(checkedPath(root, configFile), request);
  const found = CONFIG_FILES.map((name) => path.join(root, name)).filter((file) => fs.existsSync(file));
  const manifest = await readManifest(path.join(root, MANIFEST), root);
  const all = [...found.map((file) => shown(root, file)), ...(manifest === undefined ? [] : [MANIFEST])];
  if (all.length > 1) {
    fail('config/ambiguous', {
      message: 'there is more than one config',
      at: all.map((file) => ({ file })),
      help: `keep one of them, or name one with --config FILE`,
    });
  }
  if (all.length === 0) refuseOtherKinds(root);
  return found[0] === undefined ? manifest : readConfig(found[0], request);
}

/** Somebody who wrote a config would wait in vain for it to be read. */
function refuseOtherKinds(root: string): void {
  const name = filesIn(root).find((file) => OTHER_KINDS.includes(file));
  if (name === undefined) return;
  fail('config/unreadable', {
    message: 'a config of this kind is not read',
    at: { file: name },
    help: `call it ${CONFIG_FILES.join(', ').replace(/, ([^,]*)$/, ' or $1')}`,
  });
}

function checkedPath(root: string, configFile: string): string {
  const full = path.resolve(root, configFile);
  if (fs.existsSync(full)) return full;
  const meant = nearest(path.basename(full), filesIn(path.dirname(full)));
  return fail('config/not-found', {
    message: 'the config file is not there',
    at: { file: shown(root, full) },
    help:
      meant === undefined
        ? 'check the path; it is relative to the working directory'
        : `did you mean ${shown(root, path.join(path.dirname(full), meant))}?`,
  });
}

function filesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}

async function readConfig(full: string, request: OptionsRequest): Promise<LoadedConfig | undefined> {
  const { root } = request;
  if (path.basename(full) === MANIFEST) return (await readManifest(full, root)) ?? noKey(shown(root, full));
  const file = shown(root, full);
  if (full.endsWith('.json')) {
    const text = readText(full, file);
    return configOf({ full, file, values: await parseJson({ file, text }), json: { text, steps: [] } });
  }
  if (!/\.(ts|mts|js|mjs)$/.test(full)) {
    fail('config/unreadable', {
      message: `a config file ends in .ts, .js, .mjs or .json, not ${shortly(path.extname(full))}`,
      at: { file },
      help: `call it ${CONFIG_FILES[0] ?? ''}`,
    });
  }
  const { runConfig } = await import('./run-config.js');
  const ran = await runConfig({ full, file, text: readText(full, file) }, request.fresh === true);
  if ('values' in ran) return configOf({ full, file, values: ran.values });
  return fail('config/unreadable', {
    message: `the config cannot be run: ${ran.message.replaceAll(root + path.sep, '')}`,
    at: ran.at,
    help: 'repair it; a config that is code is run before anything else',
  });
}

const noKey = (file: string): never =>
  fail('config/value', {
    message: `there is no key ${NAME}`,
    at: { file },
    help: `say "${NAME}": { … }, or leave --config out`,
  });

/** The key in package.json; a package.json without it is nobody's config, whatever else is wrong with it. */
async function readManifest(full: string, root: string): Promise<LoadedConfig | undefined> {
  if (!fs.existsSync(full)) return undefined;
  const file = shown(root, full);
  const text = readText(full, file);
  if (!text.includes(`"${NAME}"`)) return undefined;
  const manifest = await parseJson({ file, text });
  const values = isObject(manifest) ? ownValue(manifest, NAME) : undefined;
  if (values === undefined) return undefined;
  return configOf({ full, file, values, json: { text, steps: [NAME] } });
}

interface ConfigValues {
  readonly full: string;
  readonly file: string;
  readonly values: JsonValue | undefined;
  readonly json?: ConfigJson;
}

async function configOf({ full, file, values, json }: ConfigValues): Promise<LoadedConfig> {
  const origin = (inner: JsonObject): Origin => ({
    kind: 'config',
    values: withoutUndefined(inner),
    folder: path.dirname(full),
  });
  if (isObject(values)) return { full, file, origin: origin(values), ...(json === undefined ? {} : { json }) };
  const { placeOf } = await import('./place.js');
  return fail('config/value', {
    message: values === undefined ? 'the file has no default export' : `a config is an object, not ${shortly(values)}`,
    at: json === undefined ? { file } : placeOf({ file, text: json.text }, { steps: json.steps, part: 'value' }),
    help: json === undefined ? 'say export default defineConfig({ … })' : 'say { "schemas": "schemas" }',
  });
}

/** In code, a key without a value is as good as no key. */
const withoutUndefined = (values: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, isObject(value) ? withoutUndefined(value) : value]),
  );

function readText(full: string, file: string): string {
  try {
    return fs.readFileSync(full, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    return fail('config/unreadable', {
      message: `the config cannot be read: ${reasonOf(error)}`,
      at: { file },
      help: 'check its permissions',
    });
  }
}

async function parseJson({ file, text }: { readonly file: string; readonly text: string }): Promise<JsonValue> {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    const { syntaxPlace } = await import('./place.js');
    const at = syntaxPlace({ file, text });
    return fail('config/unreadable', { message: 'the config is not valid JSON', at, help: 'repair the JSON here' });
  }
}

function fail(code: Code, facts: DiagnosticFacts): never {
  throw new UsageError([diagnostic(code, facts)]);
}

async function describeFaults(
  faults: readonly OriginFault[],
  config: LoadedConfig | undefined,
): Promise<readonly Diagnostic[]> {
  const { placeOf } = await import('./place.js');
  const placeIn = ({ origin, steps, part }: OriginFault): Place | undefined => {
    if (config === undefined || origin !== config.origin) return undefined;
    if (config.json === undefined) return { file: config.file };
    return placeOf({ file: config.file, text: config.json.text }, { steps: [...config.json.steps, ...steps], part });
  };
  return faults.map((fault) => {
    const at = placeIn(fault);
    const { code, message, help } = fault;
    return diagnostic(code, { message, help, ...(at === undefined ? {} : { at }) });
  });
}

const reasonOf = (error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0] ?? message;
};

/** A path as diagnostics show it: relative to the working directory, with `/`. */
const shown = (root: string, full: string): string => path.relative(root, full).split(path.sep).join('/') || '.';
