/** The commands as functions: they print nothing, read no argument, and say in a report what came of it. */
import path from 'node:path';
import { check as runCheck } from './commands/check.js';
import { generate as runGenerate } from './commands/generate.js';
import type { RunRequest, RunResult } from './commands/run.js';
import type { Config } from './options/config.js';
import type { RunReport } from './report/json.js';

export { type Config, defineConfig, type PackageConfig } from './options/config.js';
export type { Code } from './report/codes.js';
export type { Diagnostic, Place, Severity } from './report/diagnostic.js';
export type { FileReport, RunReport } from './report/json.js';

/** What a call says beside the config. */
export interface CheckSettings {
  /** Folder that paths are relative to, and where a config is looked for. Default: the working directory. */
  readonly root?: string;
  /** Config file in place of the one that is looked for, relative to `root`. */
  readonly configFile?: string;
  /** Stronger than the config file. Its paths are relative to `root`. */
  readonly config?: Config;
}

export interface GenerateSettings extends CheckSettings {
  /** Only say what would be written. */
  readonly dryRun?: boolean;
  /** Write over files that the generator does not own. */
  readonly force?: boolean;
}

/**
 * Writes the packages. Whatever is wrong with schemas, config or files stands in the report; only a bug throws.
 *
 * @example
 * const { ok, files } = await generate({ config: { schemas: 'messages' } });
 */
export async function generate(settings: GenerateSettings = {}): Promise<RunReport> {
  const { dryRun = false, force = false } = settings;
  return reportOf(await runGenerate({ ...requestOf(settings), dryRun, force }));
}

/** Compares the output with what the schemas say, and writes nothing. `ok` means that it is up to date. */
export async function check(settings: CheckSettings = {}): Promise<RunReport> {
  return reportOf(await runCheck(requestOf(settings)));
}

/** Code may change between two calls of one process, so a config is run anew. */
const requestOf = ({ root = '.', configFile, config = {} }: CheckSettings): RunRequest => ({
  root: path.resolve(root),
  kind: 'caller',
  given: config,
  configFile,
  fresh: true,
});

const reportOf = ({ command, ok, files, diagnostics }: RunResult): RunReport => ({ command, ok, files, diagnostics });
