/** What every command does around its work: options in, expected trouble as diagnostics, a run's report out. */
import path from 'node:path';
import { type LoadedOptions, loadOptions, type OptionsRequest } from '../options/load.js';
import type { CommandName } from '../options/commands.js';
import type { Options } from '../options/options.js';
import type { RunAnswer } from '../report/answer.js';
import type { Diagnostic } from '../report/diagnostic.js';
import type { FileReport } from '../report/json.js';
import { Report, ReportedError, UsageError } from '../report/report.js';

export interface RunRequest extends OptionsRequest {
  /** Faults of the command line, reported together with those of the config. */
  readonly usageFaults?: readonly Diagnostic[];
  /** Options that are known already, in place of those that would be read. */
  readonly loaded?: LoadedOptions;
  /** Told what the run is at, in a few words. */
  readonly onStage?: (stage: string) => void;
}

/** What a command's work comes to. */
export interface Work {
  readonly files: readonly FileReport[];
  /** Unified diff of what is out of date. */
  readonly patch?: string;
}

export interface RunResult extends RunAnswer {
  /** Options of the run, or `null` when there are none that could be used. */
  readonly loaded: LoadedOptions | null;
}

type Worker = (options: Options, report: Report) => Promise<Work>;

/**
 * Runs a command. Only a bug makes it throw.
 *
 * @param command - goes into the report
 * @param request - where the options come from
 * @param work - what the command does
 */
export async function runCommand(command: CommandName | null, request: RunRequest, work: Worker): Promise<RunResult> {
  const report = new Report();
  const loaded = await findOptions(request, report);
  const done = loaded === null ? undefined : await doWork(work, loaded.options, report);
  const { diagnostics, hasErrors } = report;
  const { files = [], patch = '' } = done ?? {};
  const out = loaded === null ? '' : shownPath(loaded.options.root, loaded.options.out);
  return { command, ok: !hasErrors, files, diagnostics, patch, out, loaded };
}

async function findOptions(request: RunRequest, report: Report): Promise<LoadedOptions | null> {
  report.addAll(request.usageFaults ?? []);
  try {
    const loaded = request.loaded ?? (await loadOptions(request));
    return report.hasErrors ? null : loaded;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    report.addAll(error.diagnostics);
    return null;
  }
}

async function doWork(work: Worker, options: Options, report: Report): Promise<Work | undefined> {
  try {
    return await work(options, report);
  } catch (error) {
    if (error instanceof ReportedError) return undefined;
    throw error;
  }
}

/** A path relative to the working directory, with `/`. */
export const shownPath = (root: string, full: string): string =>
  path.relative(root, full).split(path.sep).join('/') || '.';

/** What stands before the paths of the output, so that they are relative to the working directory: `generated/`. */
export const outPrefix = ({ root, out }: Options): string => (out === root ? '' : `${shownPath(root, out)}/`);
