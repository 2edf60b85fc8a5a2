/** What stands on the command line, checked: every fault of it in one run, with what was probably meant. */
import type { Diagnostic } from '../report/diagnostic.js';
import { diagnostic } from '../report/report.js';
import { type JsonObject, type JsonValue, ownValue } from '../text/json.js';
import { COMMANDS, type CommandName, type FormatName } from './commands.js';
import type { Config } from './config.js';
import { OPTIONS, type RunFlagRow, RUN_FLAGS } from './options.js';

/** `true` of a flag that asks for a value says that it has none. */
export type FlagValue = boolean | string | readonly string[];

/** Arguments, sorted by what they look like. */
export interface ReadArguments {
  readonly operands: readonly string[];
  /** From the first argument that looks like a flag and is none; known flags are not here. */
  readonly unknown: readonly string[];
  /** Flags that are given, by the names of their rows. */
  readonly values: Readonly<Record<string, FlagValue>>;
}

export interface CommandLine {
  /** `null` when it names none that exists. */
  readonly command: CommandName | null;
  /** The flags that a config can hold, too. */
  readonly given: Config;
  readonly configFile: string | undefined;
  readonly format: FormatName;
  readonly quiet: boolean;
  readonly color: boolean;
  readonly watch: boolean;
  readonly dryRun: boolean;
  readonly force: boolean;
  readonly help: boolean;
  readonly version: boolean;
}

export interface CheckedCommandLine {
  readonly line: CommandLine;
  readonly faults: readonly Diagnostic[];
}

/** A flag of the option table, wherever it stands there. */
export type FlagRow = Pick<RunFlagRow, 'name' | 'flag' | 'help' | 'rule' | 'commands'>;

/** Every flag, in the order of the help. */
export const FLAGS: readonly FlagRow[] = [
  ...OPTIONS.flatMap((row) => (row.flag === undefined ? [] : [{ ...row, flag: row.flag }])),
  ...RUN_FLAGS,
];

/** `--out` of `--out <dir>`; of a flag with a short form, the long one. */
const wordOf = (flag: string): string => /--[a-z-]+/.exec(flag)?.[0] ?? flag;

/** Whether a flag asks for a value: `--out <dir>`. */
export const takesValue = ({ flag }: FlagRow): boolean => flag.includes('<');

/** The flags of a command; of all commands when it is not known. */
export const flagsOf = (command: CommandName | null): readonly FlagRow[] =>
  FLAGS.filter(({ commands }) => command === null || (commands?.includes(command) ?? true));

/** Checks what was read. Values of flags that a config can hold, too, are checked where the config's are. */
export async function checkCommandLine({ operands, unknown, values }: ReadArguments): Promise<CheckedCommandLine> {
  const { words, strangers } = sortUnknown(operands, unknown);
  const [name = 'generate', ...excess] = words;
  const command = COMMANDS.find((known) => known === name) ?? null;
  const faults = [
    ...(await strangeWords({ name, command, excess, strangers })),
    ...foreignFlags(values, command),
    ...missingValues(values),
    ...wrongValues(values),
  ];
  const line = commandLine(command, values);
  return { line, faults: [...faults, ...conflicts(line)] };
}

interface Words extends Pick<SortedArguments, 'strangers'> {
  readonly name: string;
  readonly command: CommandName | null;
  readonly excess: readonly string[];
}

/** Words that mean nothing. What knows what was meant is loaded when there are any. */
async function strangeWords({ name, command, excess, strangers }: Words): Promise<readonly Diagnostic[]> {
  if (command !== null && excess.length + strangers.length === 0) return [];
  const { excessArgument, unknownCommand, unknownFlag } = await import('./usage.js');
  const flags = FLAGS.map((row) => ({ ...row, word: wordOf(row.flag) }));
  return [
    ...(command === null ? [unknownCommand(name)] : []),
    ...strangers.map((flag) => unknownFlag(flag, { command, flags })),
    ...excess.map((word) => excessArgument(word, command)),
  ];
}

/** The other forms are documents about one run. */
const conflicts = ({ watch, format }: CommandLine): Diagnostic[] =>
  !watch || format === 'text' || format === 'json'
    ? []
    : [diagnostic('usage/value', { message: `--watch cannot answer as ${format}`, help: 'say --format text or json' })];

interface SortedArguments {
  readonly words: readonly string[];
  /** What looks like a flag and is none. */
  readonly strangers: readonly string[];
}

/** A word behind an unknown flag is taken for its value, unless it is a command that would be missing otherwise. */
function sortUnknown(operands: readonly string[], unknown: readonly string[]): SortedArguments {
  const isFlag = (word: string): boolean => word.startsWith('-') && word !== '-';
  const words = [...operands];
  for (const [index, word] of unknown.entries()) {
    const isCommand = COMMANDS.some((name) => name === word) && words.length === 0;
    const before = unknown[index - 1] ?? '';
    if (!isFlag(word) && (isCommand || !isFlag(before))) words.push(word);
  }
  return { words, strangers: unknown.filter((word) => isFlag(word) && word !== '--') };
}

/** Flags that exist, but not for this command. */
const foreignFlags = (values: ReadArguments['values'], command: CommandName | null): Diagnostic[] =>
  FLAGS.filter(({ name, commands }) => name in values && command !== null && commands?.includes(command) === false).map(
    ({ flag, commands }) =>
      diagnostic('usage/unknown-option', {
        message: `${command} has no flag ${wordOf(flag)}`,
        help: `it is a flag of ${(commands ?? []).join(' and ')}`,
      }),
  );

const missingValues = (values: ReadArguments['values']): Diagnostic[] =>
  FLAGS.filter((row) => takesValue(row) && values[row.name] === true).map((row) =>
    diagnostic('usage/value', { message: `${wordOf(row.flag)} needs a value`, help: `say ${row.flag}` }),
  );

const wrongValues = (values: ReadArguments['values']): Diagnostic[] =>
  RUN_FLAGS.filter((row) => takesValue(row)).flatMap((row) => {
    const value = givenValue(values, row);
    const found = value === undefined ? undefined : row.rule.fault(value);
    if (found === undefined) return [];
    return [diagnostic('usage/value', { message: `${wordOf(row.flag)} ${found.message}`, help: found.help })];
  });

/** The value that a flag was given with. */
function givenValue(values: ReadArguments['values'], row: FlagRow): JsonValue | undefined {
  const value = values[row.name];
  return takesValue(row) && value === true ? undefined : value;
}

function commandLine(command: CommandName | null, values: ReadArguments['values']): CommandLine {
  const valueOf = (name: string): JsonValue | undefined => {
    const row = FLAGS.find((flag) => flag.name === name);
    const value = row === undefined ? undefined : givenValue(values, row);
    return row === undefined || value === undefined || row.rule.fault(value) !== undefined ? undefined : value;
  };
  const isSet = (name: string): boolean => valueOf(name) === true;
  const configFile = valueOf('config');
  return {
    command,
    given: givenConfig(values),
    configFile: typeof configFile === 'string' ? configFile : undefined,
    // The rule of the row has let only names of formats through.
    format: (valueOf('format') ?? 'text') as FormatName,
    quiet: isSet('quiet'),
    color: valueOf('color') !== false,
    watch: isSet('watch'),
    dryRun: isSet('dryRun'),
    force: isSet('force'),
    help: isSet('help'),
    version: isSet('version'),
  };
}

/** Unchecked still: `loadOptions` says of each value what is wrong with it, as it does of a config's. */
function givenConfig(values: ReadArguments['values']): Config {
  const given = OPTIONS.flatMap((row) => {
    const value = row.flag === undefined ? undefined : givenValue(values, { ...row, flag: row.flag });
    return value === undefined ? [] : [[row.name, value] as const];
  });
  return Object.fromEntries(given) as Config;
}

/** The command that brings the output up to date for a run of `check` with the same flags. */
export function repairCommand({ given, configFile }: CommandLine): string {
  const flags = [
    ...OPTIONS.flatMap((row) => {
      const value = ownValue(given as JsonObject, row.name);
      return row.flag === undefined || value === undefined
        ? []
        : [wordOf(row.flag), shellWord([value].flat().join(','))];
    }),
    ...(configFile === undefined ? [] : ['--config', shellWord(configFile)]),
  ];
  return ['npx gen-worker-client', ...flags].join(' ');
}

/** A value as a shell reads it back. */
const shellWord = (value: string): string =>
  /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`;
