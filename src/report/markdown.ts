/** A run as Markdown, for a job summary or a comment on a pull request. */
import { visible } from '../text/visible.js';
import type { RunAnswer } from './answer.js';
import type { Diagnostic, Place } from './diagnostic.js';
import type { FileReport } from './json.js';

/** Comments on pull requests are cut off at 65,536 characters. */
const MAX_PATCH = 50_000;

/** Prints what is wrong, which files changed, and the diff, folded. */
export function printMarkdown({ command, ok, files, diagnostics, patch }: RunAnswer): string {
  const changed = files.filter(({ state }) => state !== 'unchanged');
  const parts = [
    `### gen-worker-client${command === null ? '' : ` ${command}`}: ${headline({ ok, changed, diagnostics })}`,
    ...diagnostics.map(finding),
    ...(changed.length === 0 ? [] : [fileTable(changed)]),
    ...(patch === '' ? [] : [foldedPatch(patch)]),
  ];
  return `${parts.join('\n\n')}\n`;
}

interface Outcome extends Pick<RunAnswer, 'ok' | 'diagnostics'> {
  readonly changed: readonly FileReport[];
}

function headline({ ok, changed, diagnostics }: Outcome): string {
  if (!ok) return diagnostics.some(({ code }) => code === 'output/drift') ? 'out of date' : 'failed';
  return changed.length === 0 ? 'up to date' : `${changed.length} ${changed.length === 1 ? 'file' : 'files'}`;
}

function finding({ severity, code, message, places, details, help }: Diagnostic): string {
  const items = [
    ...places.map((place) => codeSpan(positionOf(place))),
    // The files of a drift stand in the table.
    ...(code === 'output/drift' ? [] : (details ?? [])).map(codeSpan),
    ...(help === undefined ? [] : [`help: ${escaped(help)}`]),
  ];
  return [`**${severity}** ${codeSpan(code)} ${escaped(message)}`, ...items.map((item) => `- ${item}`)].join('\n');
}

const positionOf = ({ file, line, column }: Place): string =>
  [file, line, column].filter((part) => part !== undefined).join(':');

const fileTable = (files: readonly FileReport[]): string =>
  ['| file | state |', '| --- | --- |', ...files.map(({ path, state }) => `| ${cell(path)} | ${state} |`)].join('\n');

const cell = (text: string): string => codeSpan(text).replaceAll('|', String.raw`\|`);

function foldedPatch(patch: string): string {
  const text = patch.length <= MAX_PATCH ? patch : `${patch.slice(0, patch.lastIndexOf('\n', MAX_PATCH))}\n(cut)\n`;
  const fence = '`'.repeat(longestRun(text) + 3);
  return `<details>\n<summary>diff</summary>\n\n${fence}diff\n${text}${fence}\n\n</details>`;
}

/** A span whose fence is longer than every run of backticks in it. */
function codeSpan(text: string): string {
  const shown = visible(text);
  const fence = '`'.repeat(longestRun(shown) + 1);
  const pad = shown.includes('`') ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

const longestRun = (text: string): number => Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));

/** Text that is to mean nothing but itself. */
const escaped = (text: string): string =>
  visible(text)
    .replace(/[\\`*_[\]<>#|~$]/g, (sign) => (sign === '<' ? '&lt;' : sign === '>' ? '&gt;' : `\\${sign}`))
    .replaceAll('@', '@\u200b');
