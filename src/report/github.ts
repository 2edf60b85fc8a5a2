/** A run as workflow commands of GitHub Actions: each finding becomes an annotation at its line. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { visible } from '../text/visible.js';
import { printAnswer, type RunAnswer } from './answer.js';
import type { Diagnostic } from './diagnostic.js';

export interface GitHubSettings {
  readonly dryRun: boolean;
  /** The working directory, relative to the checkout, with `/`: annotations count from there. */
  readonly folder: string;
}

/** Prints annotations, then what changed; a diff stands in a group whose lines the runner does not obey. */
export function printGitHub(answer: RunAnswer, { dryRun, folder }: GitHubSettings): string {
  const text = printAnswer(answer, { dryRun, color: false });
  return [...answer.diagnostics.map((found) => annotation(found, folder)), fenced(text), group(answer.patch)].join('');
}

function annotation({ severity, code, message, places, details, help }: Diagnostic, folder: string): string {
  const { line, column } = places[0] ?? {};
  const file = places[0] === undefined ? undefined : path.posix.join(folder, places[0].file);
  const properties = Object.entries({ file, line, col: column, title: code })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${escapedProperty(String(value))}`);
  const others = places.slice(1).map((place) => [place.file, place.line, place.column].filter(Boolean).join(':'));
  const lines = [message, ...others, ...(details ?? []), ...(help === undefined ? [] : [`help: ${help}`])];
  return `::${severity} ${properties.join(',')}::${escapedData(lines.map(visible).join('\n'))}\n`;
}

const group = (patch: string): string => (patch === '' ? '' : `::group::diff\n${fenced(patch)}::endgroup::\n`);

/** The token is the text's own hash, so no text can hold it. */
function fenced(text: string): string {
  if (!/::|##\[/.test(text)) return text;
  const token = createHash('sha256').update(text).digest('hex');
  return `::stop-commands::${token}\n${text}::${token}::\n`;
}

const escapedData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapedProperty = (text: string): string =>
  escapedData(visible(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
