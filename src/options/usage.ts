/** Words of the command line that mean nothing, and what was probably meant. */
import type { Diagnostic } from '../report/diagnostic.js';
import { diagnostic } from '../report/report.js';
import { nearest } from '../text/nearest.js';
import { COMMANDS, type CommandName, FORMATS } from './commands.js';
import { shortly } from './rules.js';

const SEE_HELP = 'gen-worker-client --help shows what there is';

/** A first word that is no command. */
export function unknownCommand(word: string): Diagnostic {
  const meant = nearest(word, COMMANDS);
  return diagnostic('usage/unknown-command', {
    message: `there is no command ${shortly(word)}`,
    help:
      meant === undefined
        ? (pathHelp(word) ?? flagHelp(word) ?? `the commands are ${COMMANDS.join(', ')}`)
        : `did you mean ${meant}?`,
  });
}

/** A word that no command takes. */
export const excessArgument = (word: string, command: CommandName | null): Diagnostic =>
  diagnostic('usage/extra-argument', {
    message: `${command ?? 'gen-worker-client'} takes no argument ${shortly(word)}`,
    help: pathHelp(word) ?? flagHelp(word) ?? 'leave it out',
  });

const pathHelp = (word: string): string | undefined =>
  /[./\\]/.test(word) ? `a schemas folder is named with --schemas ${word}` : undefined;

const flagHelp = (word: string): string | undefined =>
  ['watch', 'help', 'version', 'force'].includes(word) ? `did you mean --${word}?` : undefined;

interface KnownFlags {
  readonly command: CommandName | null;
  readonly flags: readonly { readonly word: string; readonly commands?: readonly CommandName[] }[];
}

/** An argument that looks like a flag and is none. */
export function unknownFlag(argument: string, { command, flags }: KnownFlags): Diagnostic {
  const name = argument.split('=')[0] ?? argument;
  if (flags.some(({ word }) => word === name)) {
    return diagnostic('usage/value', { message: `${name} takes no value`, help: `say ${name} alone` });
  }
  const own = flags.filter(({ commands }) => command === null || (commands?.includes(command) ?? true));
  return diagnostic('usage/unknown-option', {
    message: `there is no flag ${shortly(name).slice(1, -1)}`,
    help:
      meantFlag(
        name,
        own.map(({ word }) => word),
      ) ?? SEE_HELP,
  });
}

function meantFlag(name: string, known: readonly string[]): string | undefined {
  const word = name.replace(/^-+/, '');
  if (COMMANDS.some((command) => command === word)) return `it is a command: gen-worker-client ${word}`;
  if (FORMATS.some((format) => format === word)) return `did you mean --format ${word}?`;
  const candidates = known.filter((flag) => isPart(flag.slice(2), word));
  const near = nearest(
    word,
    known.map((flag) => flag.slice(2)),
  );
  const meant = near === undefined ? candidates : [`--${near}`];
  return meant.length === 0 ? undefined : `did you mean ${meant.join(' or ')}?`;
}

/** `o` and `output-dir` for `out`. */
const isPart = (flag: string, word: string): boolean => word !== '' && (flag.startsWith(word) || word.startsWith(flag));
