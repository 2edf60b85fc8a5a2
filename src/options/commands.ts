/** The commands and the forms of their answers: names, and what the help says of them. */

/** The command that needs no name comes first. */
export const COMMANDS = ['generate', 'check'] as const;
export type CommandName = (typeof COMMANDS)[number];

/** Forms of an answer. */
export const FORMATS = ['text', 'json', 'github', 'markdown', 'sarif'] as const;
export type FormatName = (typeof FORMATS)[number];

export interface CommandHelp {
  readonly usage: string;
  /** One line, for the list of commands. */
  readonly summary: string;
  readonly description: string;
  /** Command line to what it does. */
  readonly examples: readonly (readonly [line: string, does: string])[];
}

export const COMMAND_HELP: Readonly<Record<CommandName, CommandHelp>> = {
  generate: {
    usage: '[generate] [options]',
    summary: 'write the packages; the command that needs no name',
    description:
      'Writes typed client packages for a worker backend, from one JSON Schema per job message. ' +
      'Names each file that it created, updated or deleted.',
    examples: [
      ['gen-worker-client', 'read schemas/, write generated/'],
      ['gen-worker-client --watch', 'and again whenever something changes'],
      ['gen-worker-client --dry-run', 'only say what would be written'],
      ['gen-worker-client --schemas messages --out clients', 'with folders of your own'],
    ],
  },
  check: {
    usage: 'check [options]',
    summary: 'compare the output with what the schemas say; write nothing',
    description:
      'Compares the output with what the schemas say, and writes nothing. ' +
      'Shows what is out of date as a unified diff, and the command that repairs it.',
    examples: [
      ['gen-worker-client check', 'exit code 1 when generated/ is out of date'],
      ['gen-worker-client check --format json', 'the same as one JSON document'],
      ['gen-worker-client check | git apply', 'take over what has changed in files that are there'],
    ],
  },
};

/** What the exit codes mean, for the help. */
export const EXIT_CODES: readonly (readonly [code: string, meaning: string])[] = [
  ['0', 'done; of check: the output is up to date'],
  ['1', 'check found the output out of date'],
  ['2', 'it could not be done: command line, config, schemas or files are at fault'],
  ['130', 'interrupted'],
];
