/** The answer of a run as text: the files that changed, and one line that sums them up. */
import { styleText } from 'node:util';
import { visible } from '../text/visible.js';
import type { FileReport, RunReport } from './json.js';

/** A run's report, and what only its text form shows. */
export interface RunAnswer extends RunReport {
  /** Unified diff of what is out of date; `''` when there is none. */
  readonly patch: string;
  /** Output folder, relative to the working directory; `''` when the options are at fault. */
  readonly out: string;
}

export interface AnswerSettings {
  /** Nothing was written, only said. */
  readonly dryRun: boolean;
  readonly color: boolean;
}

/** What made a watching run build again. */
export interface BuildFacts {
  readonly isFirst: boolean;
  /** Paths that changed, relative to the working directory, sorted; none when nobody was watching yet. */
  readonly causes: readonly string[];
  readonly milliseconds: number;
  /** The diagnostics are those of the build before it. */
  readonly isRepeated: boolean;
}

/** Longest state, so that the paths stand in one column. */
const STATE_WIDTH = 'created'.length;
const STYLES = {
  created: 'green',
  missing: 'green',
  updated: 'yellow',
  deleted: 'red',
  orphan: 'red',
  unchanged: 'dim',
} as const satisfies Record<FileReport['state'], string>;
/** So many files are named in one line. */
const MAX_NAMED = 3;

/** Prints what a run found or did, but for its diff, as text that ends in a newline; `''` when it failed before it had an answer. */
export function printAnswer(answer: RunAnswer, { dryRun, color }: AnswerSettings): string {
  const paint = (state: FileReport['state']): string => {
    const text = state.padEnd(STATE_WIDTH);
    return color ? styleText(STYLES[state], text, { validateStream: false }) : text;
  };
  const lines = answer.files
    .filter(({ state }) => state !== 'unchanged' && !(answer.command === 'check' && state === 'updated'))
    .map(({ state, path }) => `${paint(state)}  ${visible(path)}\n`);
  return [...lines, answer.ok ? `${summaryOf(answer, dryRun)}\n` : ''].join('');
}

function summaryOf({ command, files, out }: RunAnswer, dryRun: boolean): string {
  const changes = (['created', 'updated', 'deleted', 'unchanged'] as const)
    .map((state) => ({ state, count: files.filter((file) => file.state === state).length }))
    .filter(({ count }) => count > 0);
  const total = `${files.length} ${files.length === 1 ? 'file' : 'files'}`;
  if (command === 'check') return `${visible(out)} is up to date: ${total}`;
  if (isUnchanged({ files })) return `${visible(out)} is up to date: ${total}, nothing changed`;
  const parts = changes.map(({ state, count }) => `${count} ${state}`).join(', ');
  return `${visible(out)}${dryRun ? ' (dry run, nothing written)' : ''}: ${parts}`;
}

/** One line about a build that followed a change. */
export function printBuildLine({ files, ok }: RunAnswer, { causes, milliseconds }: BuildFacts): string {
  const changed = files.filter(({ state }) => state !== 'unchanged');
  const done = changed.length === 0 ? 'nothing changed' : namedFiles(changed);
  const outcome = ok ? done : 'the output stays as it was';
  return `${causes.length === 0 ? 'meanwhile' : listed(causes)}: ${outcome} (${Math.round(milliseconds)} ms)\n`;
}

const namedFiles = (files: readonly FileReport[]): string =>
  files.length <= MAX_NAMED
    ? files.map(({ state, path }) => `${state} ${visible(path)}`).join(', ')
    : (['created', 'updated', 'deleted'] as const)
        .map((state) => ({ state, count: files.filter((file) => file.state === state).length }))
        .filter(({ count }) => count > 0)
        .map(({ state, count }) => `${count} ${state}`)
        .join(', ');

function listed(paths: readonly string[]): string {
  const [first = '', ...others] = paths.map(visible);
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

/** Whether a run left every file as it was. */
export const isUnchanged = ({ files }: Pick<RunReport, 'files'>): boolean =>
  files.every(({ state }) => state === 'unchanged');
