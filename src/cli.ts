#!/usr/bin/env node
/** argv in, exit code out: the only door of commander, and of the process. */
import type { Option } from 'commander';
import { check } from './commands/check.js';
import { generate } from './commands/generate.js';
import { runCommand, type RunRequest, type RunResult } from './commands/run.js';
import type { Build } from './commands/watch.js';
import {
  checkCommandLine,
  type CommandLine,
  type FlagRow,
  FLAGS,
  flagsOf,
  type FlagValue,
  type ReadArguments,
  repairCommand,
} from './options/command-line.js';
import { COMMAND_HELP, type CommandName, COMMANDS, EXIT_CODES } from './options/commands.js';
import { diagnostic } from './report/report.js';
import { type Display, type Said, showBuild, showReady, showRun } from './report/show.js';

const EXIT = { done: 0, findings: 1, failed: 2, interrupted: 130 } as const;
const NAME = 'gen-worker-client';

async function main(argv: readonly string[]): Promise<number> {
  const { line, faults } = await checkCommandLine(await readArguments(argv));
  if (line.help && line.command !== null) return say(answer(await helpText(line.command)));
  if (line.version) return say(answer(`${await ownVersion()}\n`));
  const progress = progressLine(line);
  const root = workingFolder();
  const request: RunRequest = {
    root: root ?? '/',
    kind: 'flags',
    given: line.given,
    configFile: line.configFile,
    usageFaults: root === undefined ? [...faults, NO_WORKING_FOLDER] : faults,
    onStage: progress.show,
  };
  const result = await run(line, request, progress).catch((error: unknown) => bugResult(line, error));
  progress.clear();
  say(await showRun(result, displayOf(line)));
  return exitCode(result);
}

const NO_WORKING_FOLDER = diagnostic('input/no-folder', {
  message: 'the working directory is not there any more',
  help: 'change to a directory that is there',
});

function workingFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

async function run(line: CommandLine, request: RunRequest, progress: ProgressLine): Promise<RunResult> {
  const { command, dryRun, force } = line;
  if (command === 'check') return check({ ...request, repair: repairCommand(line) });
  if (command === 'generate' && line.watch && request.usageFaults?.length === 0) {
    const { watch } = await import('./commands/watch.js');
    const display = displayOf(line);
    const onBuild = async ({ result, ...facts }: Build): Promise<void> => {
      progress.clear();
      say(await showBuild(result, facts, display));
    };
    return watch({ ...request, dryRun, force, onBuild, onReady: () => say(showReady(display)) });
  }
  if (command === 'generate') return generate({ ...request, dryRun, force });
  return runCommand(null, request, async () => ({ files: [] }));
}

const stackOf = (error: unknown): string => (error instanceof Error && error.stack) || String(error);

/** The document of a run that broke off, for programs; its stack, for those who mend it. */
function bugResult({ command }: CommandLine, error: unknown): RunResult {
  process.stderr.write(`${stackOf(error)}\n\n`);
  const found = diagnostic('internal/bug', {
    message: error instanceof Error ? error.message : String(error),
    help: 'please report it, with the stack and, if you can, the schemas',
  });
  return { command, ok: false, files: [], diagnostics: [found], patch: '', out: '', loaded: null };
}

/** 1 when drift is all that is wrong. */
function exitCode({ ok, diagnostics }: RunResult): number {
  if (ok) return EXIT.done;
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return errors.every(({ code }) => code === 'output/drift') ? EXIT.findings : EXIT.failed;
}

function say(said: readonly Said[]): number {
  for (const { stream, text } of said) process[stream].write(text);
  return EXIT.done;
}

const answer = (text: string): readonly Said[] => [{ stream: 'stdout', text }];

/** `--no-color`, then `NO_COLOR`, then `FORCE_COLOR`, then what the stream is. */
function hasColor(stream: NodeJS.WriteStream, { color }: CommandLine): boolean {
  const { NO_COLOR = '', FORCE_COLOR = '', TERM } = process.env;
  if (!color || NO_COLOR !== '') return false;
  if (FORCE_COLOR !== '') return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return stream.isTTY && TERM !== 'dumb';
}

const displayOf = (line: CommandLine): Display => ({
  format: line.format,
  quiet: line.quiet,
  dryRun: line.dryRun,
  color: { stdout: hasColor(process.stdout, line), stderr: hasColor(process.stderr, line) },
  terminal: process.stdout.isTTY,
  folder: checkoutFolder(),
});

/** Where the run is in the checkout of a workflow. */
function checkoutFolder(): string {
  const { GITHUB_WORKSPACE = '' } = process.env;
  const folder = workingFolder() ?? '';
  return GITHUB_WORKSPACE !== '' && folder.startsWith(`${GITHUB_WORKSPACE}/`)
    ? folder.slice(GITHUB_WORKSPACE.length + 1)
    : '';
}

/** Back to the start of the line, and empty it. */
const WIPE = '\r\u001b[2K';

interface ProgressLine {
  show(stage: string): void;
  clear(): void;
}

/** One line that is written over; only people at a terminal see it. */
function progressLine({ format, quiet }: CommandLine): ProgressLine {
  const { CI = '', TERM } = process.env;
  const isShown = process.stderr.isTTY && CI === '' && TERM !== 'dumb' && format === 'text' && !quiet;
  const put = (text: string): void => void (isShown && process.stderr.write(`${WIPE}${text}`));
  return { show: (stage) => put(`${stage} …`), clear: () => put('') };
}

/** Words without a flag need no parser, which is a quarter of what a run with nothing to do would cost. */
async function readArguments(argv: readonly string[]): Promise<ReadArguments> {
  if (!argv.some((word) => word.startsWith('-'))) return { operands: argv, unknown: [], values: {} };
  const { Command } = await import('commander');
  const program = new Command().helpOption(false);
  const options = FLAGS.map((row) => ({ row, option: parsedOption(program.createOption(parsedFlag(row)), row) }));
  for (const { option } of options) program.addOption(option);
  const { operands, unknown } = program.parseOptions([...argv]);
  const given = options.filter(({ option }) => program.getOptionValueSource(option.attributeName()) === 'cli');
  const valueOf = (option: Option): FlagValue => program.getOptionValue(option.attributeName()) as FlagValue;
  return {
    operands,
    unknown,
    values: Object.fromEntries(given.map(({ row, option }) => [row.name, valueOf(option)])),
  };
}

/** A value may be missing here, so that a flag that misses it does not swallow the next flag. */
const parsedFlag = ({ flag }: FlagRow): string => flag.replace(/<(.*)>/, '[$1]');

const parsedOption = (option: Option, row: FlagRow): Option =>
  isList(row)
    ? option.argParser((words: string, before: readonly string[] | undefined) => [
        ...(before ?? []),
        ...words.split(',').map((word) => word.trim()),
      ])
    : option;

const isList = ({ rule }: FlagRow): boolean => rule.schema['type'] === 'array';

async function helpText(command: CommandName): Promise<string> {
  const { Command } = await import('commander');
  const { usage, description, examples } = COMMAND_HELP[command];
  const width = Math.min(process.stdout.columns ?? 100, 100);
  const program = new Command(NAME)
    .usage(usage)
    .description(description)
    .helpOption(false)
    .helpCommand(false)
    .configureHelp({ helpWidth: width, subcommandTerm: (inner) => inner.name() });
  for (const row of flagsOf(command)) program.addOption(program.createOption(row.flag, row.help));
  if (command === 'generate') {
    for (const name of COMMANDS) program.command(name).summary(COMMAND_HELP[name].summary);
  }
  return `${program.helpInformation()}\nExamples:\n${table(examples)}\nExit codes:\n${table(EXIT_CODES)}`;
}

function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}\n`).join('');
}

async function ownVersion(): Promise<string> {
  const { createRequire } = await import('node:module');
  const manifest = createRequire(import.meta.url)('../package.json') as { readonly version: string };
  return manifest.version;
}

/** A reader that has seen enough, such as `head`, is no fault; the run goes on and ends as it would have. */
function watchStreams(): void {
  for (const name of ['stdout', 'stderr'] as const) {
    process[name].on('error', ({ code = '' }: NodeJS.ErrnoException) => {
      if (code === 'EPIPE') return;
      process.exitCode = EXIT.failed;
      if (name === 'stdout') process.stderr.write(`the answer cannot be written to ${name}: ${code}\n`);
    });
  }
}

/** Files are written in one go, so no signal comes between two of them. */
function endOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      if (process.stderr.isTTY) process.stderr.write(WIPE);
      process.exit(EXIT.interrupted);
    });
  }
}

watchStreams();
endOnSignals();
const code = await main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${stackOf(error)}\n`);
  return EXIT.failed;
});
process.exitCode ??= code;
